"""Proofs of `parallel_execution`."""
