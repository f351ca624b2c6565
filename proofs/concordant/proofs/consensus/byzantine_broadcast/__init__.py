"""Proofs of `byzantine_broadcast`."""
