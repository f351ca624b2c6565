"""Auctions: the proofs."""
