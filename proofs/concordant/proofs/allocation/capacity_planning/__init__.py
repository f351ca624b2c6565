"""Proofs of `capacity_planning`."""
