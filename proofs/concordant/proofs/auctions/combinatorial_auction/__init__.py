"""Proofs of `combinatorial_auction`."""
