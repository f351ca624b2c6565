"""Proofs of `guaranteed_delivery`."""
