"""Proofs of `causal_ordering`."""
