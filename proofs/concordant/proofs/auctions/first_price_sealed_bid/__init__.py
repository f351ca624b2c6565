"""Proofs of `first_price_sealed_bid`."""
