"""Auctions: the wrong variants."""
