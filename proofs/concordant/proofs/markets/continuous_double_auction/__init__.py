"""Proofs of `continuous_double_auction`."""
