"""Proofs of `borda_count`."""
