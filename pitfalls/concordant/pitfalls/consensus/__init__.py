"""Consensus: the wrong variants."""
