"""Fencing by tokens, for any number of assignments: what counts is of the last assignment of its stage, and of no earlier one.

Claim: where every assignment has a token that is greater than all before, of whatever stage, and a report counts only under the token that
is held for its stage, it is of no earlier assignment of that stage, by induction over assignments.
Not covered: that the orchestrator keeps the last token on its disk and compares reports so, which `tokens_grow` and
`a_result_is_of_the_current_assignment` say, and which is explored.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

EARLIER, HELD, LAST, REPORTED = z3.Ints("earlier held last reported")


def _fenced(token: Term) -> tuple[list[Term], Term]:
    """State it of any earlier assignment of a stage, before the stage is assigned under this token and after. `LAST`: the last token of all stages."""
    before = [EARLIER < HELD, HELD <= LAST, REPORTED == HELD]
    return before, z3.And(REPORTED > EARLIER, token > EARLIER, token > HELD)


FENCED = theorem(
    "orchestrator.reports_are_fenced",
    "A report that counts is of no earlier assignment of its stage, and the next assignment has a greater token than all of them.",
    "any number of stages and assignments, by induction",
    lambda: _fenced(LAST + 1),
    why="a token is greater than the last of all stages, and so than all before.",
)
NOT_BY_THE_SAME_TOKEN = theorem(
    "orchestrator.not_under_the_last_token_again",
    "Where the last token is used again, a report of an earlier assignment would count.",
    EXAMPLE,
    lambda: _fenced(LAST),
    holds=False,
)
