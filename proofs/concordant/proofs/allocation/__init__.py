"""Allocation: the proofs."""
