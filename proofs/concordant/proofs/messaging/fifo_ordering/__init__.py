"""Proofs of `fifo_ordering`."""
