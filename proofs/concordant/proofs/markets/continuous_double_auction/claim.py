"""Whatever orders come, money and units are all there, and go from who buys to who sells: the shipped exchange, by running it.

Claim: each request keeps what is promised of one, whatever the exchange held before, for all real amounts, prices and quantities at
once. The state before is not one that was reached, but any with so many orders that rest: so what is promised is an invariant, and
holds after any sequence of requests in which no more orders rest at a time.
Not covered: more than three orders that rest at a time; an order whose name its trader has used before, which changes nothing, as the
scopes show; and closed orders beside those that rest, of which nothing is moved.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.continuous_double_auction import step_by_step
from concordant.spec.markets.continuous_double_auction.steps import CLAUSES, all_that_was_there_is_there, each_has_what_it_traded

AMOUNTS = "all real amounts, prices and quantities that are not negative; three traders"
ASKED = "an order of the first trader, of either side, with a price or without one, or what is cancelled"

PROVED = tuple(
    by_running(
        f"continuous_double_auction.{clause.name}",
        clause,
        step_by_step(1),
        f"{AMOUNTS}, all with as much; zero to one orders that rest, each for what it was filled for or more; {ASKED}",
    )
    for clause in CLAUSES
)
WITH_TWO = tuple(
    by_running(
        f"continuous_double_auction.{clause.name}_with_two",
        clause,
        step_by_step(2, alike=False),
        f"{AMOUNTS}, each with its own; zero to two orders that rest, each for what it was filled for or more; {ASKED}",
        large=True,
    )
    for clause in CLAUSES
)
WITH_THREE = tuple(
    by_running(
        f"continuous_double_auction.{clause.name}_with_three",
        clause,
        step_by_step(3, alike=False),
        f"{AMOUNTS}, each with its own; zero to three orders that rest, each for what it was filled for or more; {ASKED}",
        large=True,
    )
    for clause in (all_that_was_there_is_there, each_has_what_it_traded)
)
