"""Room at hand, for any capacity, and what is least, for all real importances and ages.

Claim: if one key came, by being stored or promoted, and one is demoted where that is too much, there are never more at hand than there
may be, and as many as that wherever something was demoted. Of two keys, all else equal, what is less important, was used less often,
or longer ago, has the lower score.
Not covered: that the machine demotes one key with each that comes, the one with the lowest score, which
`exactly_what_is_too_much_is_demoted` and `the_least_is_demoted` say, and which is explored.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

KEYS, CAPACITY = z3.Ints("keys capacity")
IMPORTANCE, USES, AGE, MORE = z3.Reals("importance uses age more")


def _room(demoted: Term) -> tuple[list[Term], Term]:
    """State what is so after one more key has come, and so many were demoted."""
    left = KEYS + 1 - demoted
    return [CAPACITY >= 1, KEYS >= 0, KEYS <= CAPACITY], z3.And(left <= CAPACITY, z3.Implies(demoted > 0, left == CAPACITY))


def _scores() -> tuple[list[Term], Term]:
    """State that a score grows with importance and uses, and falls with age."""
    score = IMPORTANCE * USES / (AGE + 1)
    grows = [score < (IMPORTANCE + MORE) * USES / (AGE + 1), score < IMPORTANCE * (USES + MORE) / (AGE + 1)]
    return [IMPORTANCE > 0, USES > 0, AGE >= 0, MORE > 0], z3.And(*grows, score > IMPORTANCE * USES / (AGE + MORE + 1))


CAPACITY_IS_KEPT = theorem(
    "working_memory.capacity_is_kept",
    "One key came, and one is demoted where that is too much: no more are at hand than may be.",
    "any capacity and any number of requests, by induction",
    lambda: _room(z3.If(KEYS + 1 > CAPACITY, 1, 0)),
    why="there were no more than may be, so that there is one too many at most.",
)
A_FIFTH_IS_NOT_ENOUGH = theorem(
    "working_memory.a_fifth_is_not_enough",
    "To demote a fifth of the keys, rounded down, does not make room (WMM-1).",
    EXAMPLE,
    lambda: _room(z3.If(KEYS + 1 > CAPACITY, (KEYS + 1) / 5, 0)),
    holds=False,
)
SCORES_ARE_ORDERED = theorem(
    "working_memory.scores_are_ordered",
    "Of two keys, all else equal, the lower score is that of what is less important, was used less often, or longer ago.",
    "all real importances, uses and ages",
    _scores,
    why="a score is importance times uses, divided by the age and 1.",
)
