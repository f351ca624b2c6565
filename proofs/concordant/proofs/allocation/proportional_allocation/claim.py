"""The proportional rule keeps its axioms for all real claims and estates, among up to three claimants.

Claim: `proportional` keeps each of its clauses, whatever is claimed and whatever there is; it is not truthful, and the numbers are shown.
Of up to four claimants of whole units: awards that are rounded down, and then up by one unit for the largest remainders until all is given,
are within one unit of what is proportional, and add up to the estate.
Not covered: more claimants; and that `largest_remainder` is what was proved so, since rounding down does not run on symbols: that is shown
on all small problems, and on random larger ones.
"""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
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

# ---- whole units

FOUR = range(4)


def _rounded(*, by_remainder: bool = True) -> tuple[list[Term], Term]:
    """State that awards are within a unit of what is proportional and add up. Who claims nothing has neither a floor nor a remainder: so of fewer, too."""
    floors, remainders = [z3.Int(f"floor {place}") for place in FOUR], [z3.Real(f"remainder {place}") for place in FOUR]
    estate = z3.Int("estate")
    facts = [floor >= 0 for floor in floors]
    facts += [z3.And(remainder >= 0, remainder < 1) for remainder in remainders]
    facts.append(z3.Sum([*floors, *remainders]) == estate)
    left, awards = estate - z3.Sum(floors), []
    for place in FOUR:
        larger = [remainders[other] > remainders[place] for other in FOUR if other != place]
        earlier = [remainders[other] == remainders[place] for other in range(place)]
        before = z3.Sum([z3.If(each, 1, 0) for each in (*larger, *earlier)]) if by_remainder else z3.IntVal(place)
        awards.append(floors[place] + z3.If(before < left, 1, 0))
    off = [award - floor - remainder for award, floor, remainder in zip(awards, floors, remainders, strict=True)]
    return facts, z3.And(z3.Sum(awards) == estate, *(z3.And(each > -1, each < 1) for each in off))


QUOTA_OF_FOUR = theorem(
    "proportional_allocation.largest_remainders_keep_to_the_quota",
    "Rounded by largest remainders, everybody has what is proportional to within one unit, and all is given.",
    "one to four claimants; all whole estates, all real shares that are not negative",
    _rounded,
    why="remainders are less than one each and add up to what is left: so fewer units are left than there are remainders above 0.",
)
NOT_IN_ANY_ORDER = theorem(
    "proportional_allocation.not_in_any_order",
    "Rounded up in the order of the list, one may have a whole unit more than is proportional.",
    EXAMPLE,
    lambda: _rounded(by_remainder=False),
    holds=False,
)
