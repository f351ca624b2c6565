"""Judging rules: on every profile of a grid, on random ones, and on recorded ones."""
