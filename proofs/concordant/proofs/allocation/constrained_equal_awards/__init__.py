"""Proofs of `constrained_equal_awards`."""
