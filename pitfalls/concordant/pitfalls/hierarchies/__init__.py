"""Hierarchies: the wrong variants."""
