"""The proportional rule keeps its axioms for all real claims and estates, among up to three claimants.

Claim: `proportional` keeps each of its clauses, whatever is claimed and whatever there is; it is not truthful, and the numbers are shown.
Not covered: more claimants than three; and `largest_remainder`, which rounds down and so does not run on symbols: it is shown on all
small problems, and on random larger ones.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.allocation.proportional_allocation import PROPORTIONAL_RULE
from concordant.spec.allocation.proportional_allocation import CLAUSES
from concordant.spec.allocation.shared.claims import truthful_claims

UP_TO_THREE = tuple(
    by_running(
        f"proportional_allocation.{clause.name}",
        clause,
        PROPORTIONAL_RULE.on(3),
        "all real claims and estates that are not negative; one to three claimants",
    )
    for clause in CLAUSES
)
INFLATION = by_running(
    "proportional_allocation.claiming_more_pays",
    truthful_claims,
    PROPORTIONAL_RULE.on(2),
    claim="Whoever claims more gets more (PRO-3).",
    holds=False,
)
