"""The engine keeps its promises for all real amounts, of one conflict that strategies answer by anything, and of two that share a ledger.

Claim: `resolve` keeps its clauses: of one conflict whatever both strategies answer, of two of one kind when they answer as they should or
find nothing. So whatever is given away in both is never more than there is.
Not covered: more conflicts, of which random batches show up to four; and what is no amount, which a grid shows.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.conflict_resolution_engine import engine
from concordant.spec.conflict.conflict_resolution_engine import CLAUSES, one_conflict, other_conflicts_do_not_matter, two_conflicts

OF_ONE = tuple(
    by_running(
        f"conflict_resolution_engine.{clause.name}",
        clause,
        engine(one_conflict),
        "all real values, shares and supplies that are not negative; one conflict of two agents, about a variable or a resource",
    )
    for clause in CLAUSES
    if clause is not other_conflicts_do_not_matter  # of which there are none
)
OF_TWO = tuple(
    by_running(
        f"conflict_resolution_engine.{clause.name}_of_two",
        clause,
        engine(two_conflicts),
        "all real values, shares and supplies that are not negative, the same supply of each thing; two conflicts of one kind, about one thing or two",
    )
    for clause in CLAUSES
)
