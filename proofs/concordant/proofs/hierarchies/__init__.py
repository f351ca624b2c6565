"""Hierarchies: the proofs."""
