"""Consensus: the machines and rules."""
