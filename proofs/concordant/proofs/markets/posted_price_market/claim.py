"""Whatever comes, no shop sells and reserves more than it has, and a quoted price holds: the shipped shop, by running it.

Claim: each message of a buyer, each price that is posted and each reservation that lapses keeps what is promised of one, for any
number of units and all real prices at once. The books before are not those that were reached, but any in which no more is sold and
reserved than there is: so what is promised is an invariant, and holds after any sequence, also of messages that come twice or late.
Buyers who come one after another, where nothing is lost, buy if that is worth the price to them while there is any, and none gains
by acting on another value: so honesty is a dominant strategy, whatever others want and whatever the price is.
Not covered: more than two orders, with `--large` three; the shop looks at the order of whoever asks, and counts the others.
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.markets.posted_price_market import in_turn, step_by_step
from concordant.spec.markets.posted_price_market import queues
from concordant.spec.markets.posted_price_market.steps import CLAUSES

COMES = "a message of the first, another price, or its reservation lapses; all real prices that are not negative, any number of units left"

IN_TURN = tuple(
    by_running(
        f"posted_price_market.{clause.name}",
        clause,
        in_turn(2),
        "two buyers who come one after another, and up to two units; all real prices and values that are not negative",
    )
    for clause in queues.CLAUSES
)
STEPS = tuple(
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

PROVED = (*STEPS, *IN_TURN)
