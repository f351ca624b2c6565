"""What stages side by side return, kept under names of their own, comes to the same whoever is first, for any values under any names.

Not covered: that stages write nowhere else, and that the code keeps what they return by name, which `the_outcome_is_determinate` says of
the explored scopes.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

NAME, VALUE = z3.DeclareSort("Name"), z3.DeclareSort("Value")
KEPT = z3.Const("kept", z3.ArraySort(NAME, VALUE))
ONE, OTHER = z3.Consts("one other", NAME)
MINE, YOURS = z3.Consts("mine yours", VALUE)


def _commute(*, disjoint: bool = True) -> tuple[list[Term], Term]:
    either, or_else = z3.Store(z3.Store(KEPT, ONE, MINE), OTHER, YOURS), z3.Store(z3.Store(KEPT, OTHER, YOURS), ONE, MINE)
    return [ONE != OTHER] if disjoint else [], either == or_else


RESULTS_COMMUTE = theorem(
    "parallel_execution.results_commute",
    "Two results under different names are kept as well in one order as in the other.",
    "all that is kept, all names and all values",
    _commute,
    why="neither is written where the other is; of more results any two that follow each other may change places.",
)
UNDER_ONE_NAME = theorem(
    "parallel_execution.results_under_one_name", "So are two under one name.", EXAMPLE, lambda: _commute(disjoint=False), holds=False
)
