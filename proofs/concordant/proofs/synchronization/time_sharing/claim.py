"""Rotations keep their promises for all real slots and guards, among up to five agents.

Claim: `rotation` keeps each of its clauses, however long a slot and a guard are.
Not covered: more agents than five; that agents keep to the rotation by their clocks, which is explored.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.synchronization.time_sharing import on
from concordant.spec.synchronization.time_sharing import RULE_CLAUSES

UP_TO_FIVE = tuple(
    by_running(f"time_sharing.{clause.name}", clause, on(5), "all real slots and guards that are not negative; one to five agents")
    for clause in RULE_CLAUSES
)
