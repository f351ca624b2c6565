"""Proofs of `conflict_resolution_engine`."""
