"""Proofs of `barrier`."""
