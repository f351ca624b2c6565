"""Proofs of `result_cache`."""
