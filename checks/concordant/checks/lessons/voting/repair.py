"""Exercise 5: a rule that elects whoever beats all others, where somebody does."""

from __future__ import annotations

from concordant.checks.lessons.voting.election import Ballots, borda, grid, nobody_gains_by_a_lie


def my_rule(ballots: Ballots) -> str:
    """Elect somebody."""
    return borda(ballots)


MINE = grid(my_rule, nobody_gains_by_a_lie)
"""For exercise 6."""
