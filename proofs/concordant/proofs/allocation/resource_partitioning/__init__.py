"""Proofs of `resource_partitioning`."""
