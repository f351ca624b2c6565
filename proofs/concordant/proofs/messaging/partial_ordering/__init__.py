"""Proofs of `partial_ordering`."""
