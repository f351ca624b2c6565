"""Proofs of `total_ordering`."""
