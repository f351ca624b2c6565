"""Proofs of `priority_override`."""
