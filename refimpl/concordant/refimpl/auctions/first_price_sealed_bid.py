"""The first-price rule: a pure function from sealed bids to an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from concordant.refimpl.auctions.shared.auctions import award
from concordant.refimpl.machine import Fails, Mechanism
from concordant.spec.auctions.first_price_sealed_bid import CLAUSES, MALFORMED
from concordant.spec.auctions.shared.auctions import FLAWS, KINDS, Direction, Outcome, Profile, malformed, profiles, truthful_bidding
from concordant.spec.vocabulary import Amount


def first_price(profile: Profile) -> Outcome:
    """Award to the best bid, at that bid; ties are broken by name."""
    return award(profile, own_bid)


def own_bid(profile: Profile, taken: Mapping[str, Amount], winner: str) -> Amount:  # noqa: ARG001  # the others' bids do not matter
    """Return what the winner bid."""
    return taken[winner]


def mechanism(
    most: int = 3,
    rule: Callable[[Profile], Outcome] = first_price,
    directions: tuple[Direction, ...] = tuple(Direction),
) -> Mechanism[Profile, Outcome]:
    """Return the auction with up to so many bidders, in both directions; or with another rule, to see what that breaks."""
    return Mechanism(rule, partial(profiles, most=most, directions=directions), CLAUSES)


def malformed_mechanism(
    rule: Callable[[Profile], Outcome] = first_price,
    directions: tuple[Direction, ...] = tuple(Direction),
    flaws: tuple[str, ...] = FLAWS,
    kinds: tuple[str, ...] = KINDS,
) -> Mechanism[Profile, Outcome]:
    """Return the auction on profiles with one of these flaws."""
    return Mechanism(rule, partial(malformed, directions=directions, flaws=flaws, kinds=kinds), MALFORMED)


ALONE = {"bidders": 1, "bidder0 bids": True, "who lies": "bidder0", "the liar bids": True}

BIDS_LESS = Fails(
    truthful_bidding,
    "Who alone bids 1, its value, pays 1 and gains nothing; a bid of 0 wins too, and gains 1.",
    mechanism(),
    id="FPA-7/forward",
    witness={**ALONE, "direction": Direction.FORWARD, "bidder0": 1, "reserve": 0, "the lie": 0},
)
ASKS_MORE = Fails(
    truthful_bidding,
    "Who alone asks 0, its cost, is paid 0; an ask of 1, which the reserve allows, is paid 1.",
    mechanism(),
    id="FPA-7/alone",
    witness={**ALONE, "direction": Direction.REVERSE, "bidder0": 0, "reserve": 1, "the lie": 1},
)
ASKS_MORE_THAN_IT_COSTS = Fails(
    truthful_bidding,
    "Of two bidders with costs 1 and 3, who asks 2 instead of 1 still wins, and gains 1.",
    mechanism(),
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
