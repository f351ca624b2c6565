"""Proofs of `hierarchical_coordination`."""
