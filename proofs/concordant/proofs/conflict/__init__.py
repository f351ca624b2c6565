"""Conflict: the proofs."""
