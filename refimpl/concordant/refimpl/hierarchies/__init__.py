"""Hierarchies: the machines."""
