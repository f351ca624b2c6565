"""Proofs of `bargaining`."""
