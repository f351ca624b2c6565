"""The first-price rule: a pure function from sealed bids to an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from concordant.refimpl.auctions.shared.auctions import award
from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.auctions.first_price_sealed_bid import CLAUSES
from concordant.spec.auctions.shared.auctions import AUCTIONS, Direction, Outcome, Profile, truthful_bidding
from concordant.spec.vocabulary import Amount


def first_price(profile: Profile) -> Outcome:
    """Award to the best bid, at that bid; ties are broken by name."""
    return award(profile, own_bid)


def own_bid(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:  # noqa: ARG001  # the others' bids do not matter
    """Return what the winner bid."""
    return taken[winner]


FIRST_PRICE_AUCTION = NamedRule("first price", first_price, AUCTIONS, CLAUSES)

# ---- what the rule does not promise

ALONE = {"bidders": 1, "bidder0 bids": True, "who lies": "bidder0", "the liar bids": True}

BIDS_LESS = KnownViolation(
    truthful_bidding,
    "A lone bidder that bids 1, its value, pays 1 and gains nothing; a bid of 0 wins too, and gains 1.",
    FIRST_PRICE_AUCTION.on(2),
    id="FPA-7/forward",
    witness={**ALONE, "direction": Direction.FORWARD, "bidder0": 1, "reserve": 0, "the lie": 0},
)
ASKS_MORE = KnownViolation(
    truthful_bidding,
    "A lone seller that asks 0, its cost, is paid 0; an ask of 1, which the reserve allows, is paid 1.",
    FIRST_PRICE_AUCTION.on(2),
    id="FPA-7/alone",
    witness={**ALONE, "direction": Direction.REVERSE, "bidder0": 0, "reserve": 1, "the lie": 1},
)
ASKS_MORE_THAN_IT_COSTS = KnownViolation(
    truthful_bidding,
    "Of two sellers with costs 1 and 3, the one that asks 2 instead of 1 still wins, and gains 1.",
    FIRST_PRICE_AUCTION.on(2),
    id="FPA-7",
    witness={
        "bidders": 2,
        "direction": Direction.REVERSE,
        "bidder0 bids": True,
        "bidder0": 1,
        "bidder1 bids": True,
        "bidder1": 3,
        "reserve": 3,
        "who lies": "bidder0",
        "the liar bids": True,
        "the lie": 2,
    },
)
