"""The ascending clock: a pure function from what bidders would pay to an outcome."""

from __future__ import annotations

from concordant.refimpl.auctions.shared.clocks import flaw, willing
from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.auctions.english_auction import CLAUSES, a_longer_clock_sells_the_same, price_is_no_more_than_the_second_bid
from concordant.spec.auctions.shared.clocks import CLOCKS, Clock, Outcome, Sold, Unresolved, Unsold, truthful_bidding


def ascending(clock: Clock) -> Outcome:
    """Raise the price as long as two would pay it, and sell to whoever is left; to the first by name of those who were left before."""
    reason = flaw(clock)
    if reason is not None:
        return reason
    left: tuple[str, ...] = ()
    for place, price in enumerate(clock.prices):
        staying = willing(clock, price)
        match staying:
            case (winner,):
                return Sold(winner, price, staying, place + 1)
            case () if left:
                # The hard step. All that were left drop out at once. They would have paid the price before, and the good is worth
                # it to them.
                return Sold(left[0], clock.prices[place - 1], left, place + 1)
            case ():
                return Unsold()
            case _:
                left = staying
    return Unresolved(left)


ENGLISH_AUCTION = NamedRule("ascending clock", ascending, CLOCKS, CLAUSES)

# ---- what the rule does not promise

DROPS_OUT_EARLY = KnownViolation(
    truthful_bidding,
    "Of two that would pay 1 and 0 the first pays 1; if it drops out at 1 with the other, it is sold to it, by name, at 0.",
    ENGLISH_AUCTION.on(2, 2),
    witness={
        "bidders": 2,
        "prices": 2,
        "bidder0 bids": True,
        "bidder0": 1,
        "bidder1 bids": True,
        "bidder1": 0,
        "the first price": 0,
        "step 1, beyond 1": 0,
        "who lies": "bidder0",
        "the liar bids": True,
        "the lie": 0,
    },
)
OVERSHOOTS = KnownViolation(
    price_is_no_more_than_the_second_bid,
    "Bids of 8 and 5, and a clock that goes up by 4: the second drops out at 8, and that is the price.",
    ENGLISH_AUCTION.on(2, 3),
    id="ENG-4",
    witness={
        "bidders": 2,
        "prices": 3,
        "bidder0 bids": True,
        "bidder0": 8,
        "bidder1 bids": True,
        "bidder1": 5,
        "the first price": 0,
        "step 1, beyond 1": 3,
        "step 2, beyond 1": 3,
    },
)
ENDS_TOO_EARLY = KnownViolation(
    a_longer_clock_sells_the_same,
    "Two would pay the only price of the clock, and nothing is sold; if it went on, one would drop out and the other have bought.",
    ENGLISH_AUCTION.on(2, 1),
    id="ENG-8",
    witness={
        "bidders": 2,
        "prices": 1,
        "bidder0 bids": True,
        "bidder0": 1,
        "bidder1 bids": True,
        "bidder1": 0,
        "the first price": 0,
        "one step more, beyond 1": 0,
    },
)
