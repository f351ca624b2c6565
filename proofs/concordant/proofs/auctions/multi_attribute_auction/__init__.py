"""Proofs of `multi_attribute_auction`."""
