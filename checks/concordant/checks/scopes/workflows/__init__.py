"""Workflows: the scopes."""
