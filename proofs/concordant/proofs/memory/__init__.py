"""Proofs about memory."""
