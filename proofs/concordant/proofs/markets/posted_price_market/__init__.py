"""Proofs of `posted_price_market`."""
