"""Auctions: the scopes."""
