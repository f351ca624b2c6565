"""Proofs of `partial_failure`."""
