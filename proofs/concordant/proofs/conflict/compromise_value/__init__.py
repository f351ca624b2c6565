"""Proofs of `compromise_value`."""
