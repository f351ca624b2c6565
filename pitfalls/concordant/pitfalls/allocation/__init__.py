"""Allocation: the wrong variants."""
