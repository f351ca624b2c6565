"""Conflict: the scopes."""
