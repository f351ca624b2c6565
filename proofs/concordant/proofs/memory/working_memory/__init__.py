"""Proofs of `working_memory`."""
