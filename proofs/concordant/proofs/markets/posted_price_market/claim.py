"""Whatever comes, no shop sells and reserves more than it has, and a quoted price holds: the shipped shop, by running it.

Claim: each message of a buyer, each price that is posted and each reservation that lapses keeps what is promised of one, for any
number of units and all real prices at once. The books before are not those that were reached, but any in which no more is sold and
reserved than there is: so what is promised is an invariant, and holds after any sequence, also of messages that come twice or late.
Not covered: more than two orders, with `--large` three; the shop looks at the order of whoever asks, and counts the others.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.posted_price_market import step_by_step
from concordant.spec.markets.posted_price_market.steps import CLAUSES

COMES = "a message of the first, another price, or its reservation lapses; all real prices that are not negative, any number of units left"

PROVED = tuple(
    by_running(
        f"posted_price_market.{clause.name}{size}",
        clause,
        step_by_step(buyers),
        f"{number} buyers, whose orders are not there, reserved, sold or over; {COMES}",
        large=buyers > 2,
    )
    for buyers, number, size in ((2, "two", ""), (3, "three", "_of_three"))
    for clause in CLAUSES
)
