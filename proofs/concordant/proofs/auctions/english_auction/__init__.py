"""Proofs of `english_auction`."""
