"""Proofs of `adaptive_hierarchy`."""
