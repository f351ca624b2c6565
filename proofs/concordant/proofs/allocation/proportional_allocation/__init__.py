"""Proofs of `proportional_allocation`."""
