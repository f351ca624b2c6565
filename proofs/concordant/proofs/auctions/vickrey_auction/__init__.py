"""Proofs of `vickrey_auction`."""
