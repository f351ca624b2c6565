"""Proofs of `time_sharing`."""
