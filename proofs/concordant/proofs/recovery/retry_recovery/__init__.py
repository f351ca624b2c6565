"""Proofs of `retry_recovery`."""
