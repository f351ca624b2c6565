"""Fencing by epochs, for any number of epochs, leaders and decisions: nothing of an earlier epoch is entered after a later one.

Claim: a log that takes no decision of an epoch before the latest from which it has heard has entered nothing of a later epoch than the
decision that it takes, and so it stays, by induction over what it hears. Epochs are told by their places in their order.
Not covered: that the log keeps both on its disk and compares them so, which `a_deposed_leader_is_fenced`, `the_log_knows_the_latest` and
`the_log_never_goes_back` say, and which is explored.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import EXAMPLE

LATEST, ENTERED, HEARD = z3.Ints("latest entered heard")


def _fenced(*, compares: bool = True) -> tuple[list[Term], Term]:
    """State it of any decision `ENTERED` before: no later than the latest, nor than what is taken now, and then no later than that."""
    taken = HEARD >= LATEST if compares else z3.BoolVal(True)
    latest = z3.If(taken, HEARD, LATEST)
    return [ENTERED <= LATEST], z3.And(z3.Implies(taken, ENTERED <= HEARD), latest >= ENTERED)


FENCED = theorem(
    "leader_decision.nothing_earlier_is_entered_later",
    "Of whatever epoch a decision is taken, none of a later epoch was entered before.",
    "any number of epochs and decisions, by induction",
    _fenced,
    why="what was entered is of no later epoch than the latest, and what is taken is of no earlier one.",
)
NOT_WITHOUT_COMPARING = theorem(
    "leader_decision.not_without_comparing",
    "A log that takes what it hears enters something earlier after something later.",
    EXAMPLE,
    lambda: _fenced(compares=False),
    holds=False,
)
