"""Allocation: the scopes."""
