"""Theorems about no stem alone: what quorums share, and what no mechanism can do."""
