"""Exercise 5: a rule that elects whoever beats all others, where somebody does."""

from __future__ import annotations

from concordant.checks.lessons.voting.election import Ballots, borda


def my_rule(ballots: Ballots) -> str:
    """Elect somebody."""
    return borda(ballots)
