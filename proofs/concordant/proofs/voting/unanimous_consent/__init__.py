"""Proofs of `unanimous_consent`."""
