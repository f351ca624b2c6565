"""Trees of any size and degree: that the function which says whose parent is whose makes one.

Model: places are numbers, the coordinator's is 0, and the parent of a place from 1 on is what is left of the place before it when that
is divided by the degree, rounded down. That the shipped function is this quotient a test asks of many numbers, since no symbol is divided.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

DEGREE, PLACE, OTHER = z3.Ints("degree place other")
PARENT, OTHERS = z3.Ints("parent parent_of_the_other")


def is_parent(parent: Term, place: Term) -> Term:
    """Return that a place from 1 on has this parent: the quotient of which the remainder is less than the degree."""
    return z3.And(place >= 1, DEGREE * parent <= place - 1, place - 1 < DEGREE * parent + DEGREE)


def _of_two() -> list[Term]:
    return [DEGREE >= 1, is_parent(PARENT, PLACE), is_parent(OTHERS, OTHER)]


FOR_ALL = "for all degrees from 1 on, and all places"

PATHS_LEAD_UP = theorem(
    "hierarchical_coordination.every_path_leads_to_the_coordinator",
    "The parent of a place is a place before it; so every path comes to the place 0, and there is one tree.",
    FOR_ALL,
    lambda: ([DEGREE >= 1, is_parent(PARENT, PLACE)], z3.And(PARENT >= 0, PARENT < PLACE)),
)
FEW_CHILDREN = theorem(
    "hierarchical_coordination.nobody_has_more_children",
    "Two places with one parent are less than the degree apart; so nobody has more children than the degree.",
    FOR_ALL,
    lambda: ([*_of_two(), PARENT == OTHERS], z3.And(PLACE - OTHER < DEGREE, OTHER - PLACE < DEGREE)),
)
LEVEL_BY_LEVEL = theorem(
    "hierarchical_coordination.levels_are_filled_in_turn",
    "Of two places the later has no earlier parent; so no place is deeper than a later one.",
    FOR_ALL,
    lambda: ([*_of_two(), PLACE <= OTHER], PARENT <= OTHERS),
)
NO_FEWER = theorem(
    "hierarchical_coordination.somebody_has_as_many",
    "Two places with one parent may be one less than the degree apart.",
    EXAMPLE,
    lambda: ([*_of_two(), PARENT == OTHERS, DEGREE >= 2], PLACE - OTHER < DEGREE - 1),
    holds=False,
)
