"""Proofs of `centralized_coordinator`."""
