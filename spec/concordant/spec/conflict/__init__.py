"""Conflict: agents want what cannot all be had, and what is done about it."""
