"""Proofs of `manager_worker`."""
