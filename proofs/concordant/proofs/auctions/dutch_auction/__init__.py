"""Proofs of `dutch_auction`."""
