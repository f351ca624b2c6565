"""Workflows: the wrong variants."""
