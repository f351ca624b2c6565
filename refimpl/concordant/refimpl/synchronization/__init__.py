"""Synchronization: the machines."""
