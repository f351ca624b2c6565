"""Proofs of `alternating_offers`."""
