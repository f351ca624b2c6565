"""Proofs of `supervisor`."""
