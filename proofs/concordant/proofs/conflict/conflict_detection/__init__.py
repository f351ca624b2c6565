"""Proofs of `conflict_detection`."""
