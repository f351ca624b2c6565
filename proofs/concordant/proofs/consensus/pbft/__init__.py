"""Proofs of `pbft`."""
