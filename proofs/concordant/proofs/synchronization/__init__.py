"""Synchronization: proofs."""
