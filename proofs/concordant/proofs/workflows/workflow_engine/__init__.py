"""Proofs of `stage_executor`."""
