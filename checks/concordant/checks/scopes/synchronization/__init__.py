"""Synchronization: the scopes."""
