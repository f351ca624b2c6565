"""The order of compensation, for any number of stages that have succeeded: each is undone once, what succeeded last first.

Claim: where what succeeded is undone from its end, one after the other, what is undone next was not undone before, all that succeeded
after it was, and nothing that succeeded before it; and when nothing is left all is undone. By induction over how many are undone.
Not covered: that the gatherer takes them so, which `is_undone_in_reverse` and `all_is_undone` say, and which is explored.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

SUCCEEDED, UNDONE, STAGE = z3.Ints("succeeded undone stage")


def _reversed(next_place: Term) -> tuple[list[Term], Term]:
    """State it of any stage, told by its place among those that succeeded, while something is left, and when nothing is."""

    def is_undone(undone: Term) -> Term:
        return SUCCEEDED - undone < STAGE

    step = z3.And(
        is_undone(UNDONE) == (next_place < STAGE),
        is_undone(UNDONE + 1) == z3.Or(is_undone(UNDONE), next_place == STAGE),
    )
    places = [STAGE >= 1, STAGE <= SUCCEEDED, UNDONE >= 0, UNDONE <= SUCCEEDED]
    return places, z3.And(z3.Not(is_undone(z3.IntVal(0))), z3.Implies(UNDONE < SUCCEEDED, step), is_undone(SUCCEEDED))


UNDONE_IN_REVERSE = theorem(
    "partial_failure.undone_in_reverse",
    "Before a stage is undone all that succeeded later is, and nothing else; in the end all is.",
    "any number of stages that succeeded, by induction",
    lambda: _reversed(SUCCEEDED - UNDONE),
    why="after so many are undone, they are the last so many, and the next is the one before them.",
)
NOT_IN_ORDER = theorem(
    "partial_failure.not_in_the_order_of_success",
    "Undone in the order in which they succeeded, a stage is undone before what succeeded later.",
    EXAMPLE,
    lambda: _reversed(UNDONE + 1),
    holds=False,
)
