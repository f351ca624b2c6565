"""Proofs of `sequential_execution`."""
