"""Voting: the scopes."""
