"""Proofs of `resource_pool`."""
