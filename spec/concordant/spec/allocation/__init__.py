"""Allocation: what is scarce is divided among those who claim it."""
