"""Hierarchies: the scopes."""
