"""The descending clock sells as a first-price auction does: the shipped function, by running it.

Claim: `descending` keeps each of its clauses, that it sells as `first_price` does among them, for all real values and prices,
with up to two bidders and two prices. It is not truthful: the numbers are shown.
Not covered: three bidders or prices and more, and what bidders do who know that waiting may pay (equilibria).
"""

from __future__ import annotations

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.dutch_auction import DUTCH_AUCTION
from concordant.spec.auctions.shared.clocks import truthful_bidding

PROVED = tuple(
    by_running(
        f"dutch_auction.{clause.name}",
        clause,
        DUTCH_AUCTION.on(2, 2),
        "all real values that are not negative, all real prices in steps of 1 or more; one or two bidders, each of whom may decline; "
        "one or two prices",
    )
    for clause in DUTCH_AUCTION.promises
)
LIE = by_running(
    "dutch_auction.lie",
    truthful_bidding,
    DUTCH_AUCTION.promising(truthful_bidding).on(1, 2),
    claim="Who lets a price pass that it would pay may have the good for less.",
    holds=False,
)
