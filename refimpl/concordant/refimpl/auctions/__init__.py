"""Auctions: the machines and rules."""
