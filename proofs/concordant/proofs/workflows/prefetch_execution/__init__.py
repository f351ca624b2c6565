"""Proofs of `prefetch_execution`."""
