"""Exploring models by columns of numbers: what is asked of Python is asked once for each distinct reading, and packed states are sorted by the answers."""
