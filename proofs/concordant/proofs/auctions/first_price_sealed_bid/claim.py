"""The first-price auction: what the shipped function keeps for all real amounts, and the lie that pays, in either direction.

Claim: `first_price` keeps each of its clauses, for all real bids and reserves, with one to three bidders. It is not truthful,
nor can a bidder be sure to gain nothing by a second name: the numbers are shown.
Not covered: more than three bidders, and what bidders do who know that honesty does not pay (equilibria).
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.auctions.first_price_sealed_bid import FIRST_PRICE_AUCTION
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.first_price_sealed_bid import CLAUSES
from concordant.spec.auctions.shared.auctions import Direction, Outcome, Profile, profile_of, truthful_bidding
from concordant.spec.vocabulary import Draw


def of_two(draw: Draw, direction: Direction) -> Profile:
    """Draw a profile of two bidders."""
    return profile_of(draw, 2, direction)


def between_two(direction: Direction) -> Mechanism[Profile, Outcome]:
    """Return the auction between two bidders, in one direction."""
    return FIRST_PRICE_AUCTION.promising(truthful_bidding).over(partial(of_two, direction=direction))


PROVED = tuple(
    by_running(
        f"first_price_sealed_bid.{clause.name}",
        clause,
        FIRST_PRICE_AUCTION.on(3),
        "all real amounts that are not negative; one to three bidders, each of whom may decline; any reserve, both directions",
    )
    for clause in CLAUSES
)
LIES = tuple(
    by_running(
        f"first_price_sealed_bid.{direction.value}_lie",
        truthful_bidding,
        between_two(direction),
        claim=f"In a {direction.value} auction between two bidders one may gain by a lie (FPA-7).",
        holds=False,
    )
    for direction in Direction
)
