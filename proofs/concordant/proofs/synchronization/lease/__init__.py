"""Proofs of `lease`."""
