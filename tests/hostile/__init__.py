"""Hostile conditions: what a search, and the command around it, do when they are stopped, starved, cut off or given nonsense."""
