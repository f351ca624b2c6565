"""Constrained equal awards keep their axioms, truthfulness among them, for all real claims and estates, among up to three claimants.

Claim: `equal_awards` keeps each of its clauses, whatever is claimed and whatever there is; and splitting a claim may pay.
Not covered: more claimants than three.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.allocation.constrained_equal_awards import EQUAL_AWARDS_RULE
from concordant.spec.allocation.constrained_equal_awards import CLAUSES
from concordant.spec.allocation.shared.claims import no_gain_by_splitting

UP_TO_THREE = tuple(
    by_running(
        f"constrained_equal_awards.{clause.name}",
        clause,
        EQUAL_AWARDS_RULE.on(3),
        "all real claims and estates that are not negative; one to three claimants",
    )
    for clause in CLAUSES
)
SPLITTING = by_running(
    "constrained_equal_awards.splitting_pays",
    no_gain_by_splitting,
    EQUAL_AWARDS_RULE.on(3),
    claim="Whoever appears as two may get twice as much.",
    holds=False,
)
