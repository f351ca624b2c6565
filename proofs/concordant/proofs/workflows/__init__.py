"""Workflows: the proofs."""
