"""Detection is sound and complete for all amounts, of up to two requests in any state and up to three where states do not matter.

Claim: `detect` keeps its clauses, whatever is asked for and whatever there is: what is granted fits, and what is in conflict does not.
Not covered: more requests, which grids and random situations show up to eight; and `as_trying_every_unit_finds`, which is about whole units.
"""

from __future__ import annotations

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
