"""Voting: the wrong variants."""
