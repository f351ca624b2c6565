"""Hierarchies: a task is divided among agents, and what they make of it is put together."""
