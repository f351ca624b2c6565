"""Allocation: the machines and rules."""
