"""Proofs of `orchestrator`."""
