"""Auctions: bids decide who gets what, and at which price."""
