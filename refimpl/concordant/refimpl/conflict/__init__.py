"""Conflict: the machines and rules."""
