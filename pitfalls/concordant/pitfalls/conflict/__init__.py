"""Conflict: the wrong variants."""
