"""Synchronization: what goes wrong."""
