"""Voting: a fixed electorate makes one choice."""
