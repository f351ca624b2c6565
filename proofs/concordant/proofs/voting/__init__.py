"""Voting: the proofs."""
