"""Consensus: the scopes."""
