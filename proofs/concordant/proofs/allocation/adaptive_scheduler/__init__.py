"""Proofs of `adaptive_scheduler`."""
