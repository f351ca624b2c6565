"""Synchronization: whoever comes waits for others, or for what they hold."""
