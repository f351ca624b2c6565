"""The choice among two proposals keeps its promises for all real worths and scores.

Claim: `choose` keeps its clauses, whatever two proposals are worth to two parties, and whatever they score.
Not covered: more parties and proposals, of which random negotiations show up to five and three.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.conflict.goal_negotiation import choosing
from concordant.spec.conflict.goal_negotiation import CLAUSES, negotiations

OF_TWO = tuple(
    by_running(
        f"goal_negotiation.{clause.name}",
        clause,
        choosing(negotiations),
        "all real worths and scores that are not negative; two parties, each of which proposes something of its own or nothing",
    )
    for clause in CLAUSES
)
