"""Proofs about messaging."""
