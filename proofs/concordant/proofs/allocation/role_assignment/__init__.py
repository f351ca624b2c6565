"""Proofs of `role_assignment`."""
