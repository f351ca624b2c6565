"""Voting: the machines and rules."""
