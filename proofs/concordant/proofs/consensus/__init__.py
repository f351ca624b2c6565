"""Consensus: the proofs."""
