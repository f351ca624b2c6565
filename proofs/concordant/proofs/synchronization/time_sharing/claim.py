"""Rotations keep their promises for all real slots and guards: the shipped rule among up to five agents, and what it computes among any number.

Claim: `rotation` keeps each of its clauses, however long a slot and a guard are. Of any number of agents: a use from `place * slot` on and
before `(place + 1) * slot - guard` ends the guard before each later one begins, in this period and in all others; and from the end of an
agent's use to its next one no more passes than the slots of the others and a guard.
Not covered: that the function computes these times among six agents and more; that agents keep to the rotation by their clocks, which is
explored.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.synchronization.time_sharing import on
from concordant.spec.synchronization.time_sharing import RULE_CLAUSES

UP_TO_FIVE = tuple(
    by_running(f"time_sharing.{clause.name}", clause, on(5), "all real slots and guards that are not negative; one to five agents")
    for clause in RULE_CLAUSES
)

# ---- any number of agents

ANY = "any number of agents and of periods; all real slots and guards"
AGENTS, PLACE, LATER, SLOT, GUARD = z3.Int("agents"), z3.Int("place"), z3.Int("later place"), z3.Real("slot"), z3.Real("guard")


def _times(place: Term) -> tuple[Term, Term]:
    """Return when the use at a place begins and ends; places are counted on through all periods."""
    return place * SLOT, (place + 1) * SLOT - GUARD


def _apart(*, guarded: bool = True) -> tuple[list[Term], Term]:
    (_, end), (start, _) = _times(PLACE), _times(LATER)
    return [PLACE >= 0, LATER > PLACE, SLOT > GUARD, GUARD >= 0], end + (GUARD if guarded else 2 * GUARD) <= start


def _waits() -> tuple[list[Term], Term]:
    (_, end), (start, _) = _times(PLACE), _times(PLACE + AGENTS)
    return [AGENTS >= 1, PLACE >= 0, SLOT > GUARD, GUARD >= 0], start - end == (AGENTS - 1) * SLOT + GUARD


USES_NEVER_MEET = theorem(
    "time_sharing.uses_are_a_guard_apart_of_any_number",
    "Every use ends the guard, at least, before each later one begins.",
    ANY,
    _apart,
    why="the later place is at least one more, and a slot is not negative.",
)
NO_MORE_THAN_A_GUARD = theorem(
    "time_sharing.no_more_than_a_guard_apart", "They are not two guards apart.", EXAMPLE, lambda: _apart(guarded=False), holds=False
)
WAITING_IS_BOUNDED = theorem(
    "time_sharing.waiting_is_bounded",
    "From the end of an agent's use to its next one there are the slots of all others and a guard.",
    ANY,
    _waits,
    why="its next place is one period on: as many places as there are agents.",
)
