"""Detection is sound and complete for all amounts, of up to two requests in any state and up to three where states do not matter.

Claim: `detect` keeps its clauses, whatever is asked for and whatever there is: what is granted fits, and what is in conflict does not.
Of any number of agents that want whole units, by induction over the exclusive requests: they have units of their own, beside those that
are shared, if, and only if, their sum and the largest of those that share are no more than there are.
Not covered: that the function adds this up of more requests, which grids and random situations show up to eight; and `as_trying_every_unit_finds`, which is about whole units.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import Sets, theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.conflict_detection import detection
from concordant.spec.conflict.conflict_detection import (
    CLAUSES,
    as_trying_every_unit_finds,
    what_is_granted_fits,
    what_is_in_conflict_cannot_be_met,
)

ANY_AMOUNT = "requests for all real amounts of 1 and more of one resource, exclusive or shared, and all real capacities"

OF_TWO = tuple(
    by_running(
        f"conflict_detection.{clause.name}",
        clause,
        detection(2, goals=True),
        f"zero to two {ANY_AMOUNT}; each in one of two states or in any",
    )
    for clause in CLAUSES
    if clause is not as_trying_every_unit_finds
)
OF_THREE = tuple(
    by_running(f"conflict_detection.{clause.name}_of_three", clause, detection(3), f"zero to three {ANY_AMOUNT}")
    for clause in (what_is_granted_fits, what_is_in_conflict_cannot_be_met)
)

# ---- any number of agents

ANY_NUMBER = "any number of agents and of units, by induction over the exclusive requests"


def _units() -> tuple[Sets, list[Term]]:
    """Divide all units: those of the earlier exclusive requests, those of one more, and those that are shared, the largest request of which they meet."""
    s = Sets("earlier", "one more", "shared")
    apart = [s.size(one, other) == 0 for one, other in (("earlier", "one more"), ("earlier", "shared"), ("one more", "shared"))]
    return s, [*s.facts, *apart]


def _sound() -> tuple[list[Term], Term]:
    s, facts = _units()
    return facts, s.size("earlier") + s.size("one more") + s.size("shared") <= s.size()


def _complete() -> tuple[list[Term], Term]:
    s, facts = _units()
    wanted = z3.Int("wanted")
    fits = [s.size("one more") == 0, wanted > 0, s.size("earlier") + wanted + s.size("shared") <= s.size()]
    return [*facts, *fits], s.size(outside=("earlier", "shared")) >= wanted


WHAT_IS_MET_FITS = theorem(
    "conflict_detection.what_is_met_fits",
    "Where each exclusive request has units of its own, beside those that are shared, all that is wanted is no more than there is.",
    ANY_NUMBER,
    _sound,
    why="no unit is counted twice.",
)
WHAT_FITS_CAN_BE_MET = theorem(
    "conflict_detection.what_fits_can_be_met",
    "Where one more request fits, there are as many units as it wants that are neither shared nor those of the others.",
    ANY_NUMBER,
    _complete,
    why="the others have exactly what they want.",
)
