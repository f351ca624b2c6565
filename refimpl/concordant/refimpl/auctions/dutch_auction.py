"""The descending clock: a pure function from what bidders would pay to an outcome."""

from __future__ import annotations

from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.shared.clocks import flaw, willing
from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.auctions.dutch_auction import CLAUSES, sells_as_a_first_price_auction
from concordant.spec.auctions.shared.auctions import Bid, Profile, Sale
from concordant.spec.auctions.shared.clocks import CLOCKS, Clock, Outcome, Sold, Unsold, truthful_bidding
from concordant.spec.vocabulary import Amount


def descending(clock: Clock) -> Outcome:
    """Sell at the highest price of the clock that anybody would pay, to the first by name of those who would."""
    reason = flaw(clock)
    if reason is not None:
        return reason
    for shown, price in enumerate(reversed(clock.prices), 1):
        takers = willing(clock, price)
        if takers:
            return Sold(takers[0], price, takers, shown)
    return Unsold()


def first_price_on_the_clock(clock: Clock) -> Outcome:
    """Sell by sealed bids, at the first price, where everybody bids a price of the clock."""
    reason = flaw(clock)
    if reason is not None:
        return reason
    bids = tuple(Bid(bid.bidder, highest_price(clock, bid.amount)) for bid in clock.bids)
    sale = first_price(Profile(bids, clock.prices[0]))
    if not isinstance(sale, Sale):
        return Unsold()
    return Sold(sale.winner, sale.price, sale.tied, sum(price >= sale.price for price in clock.prices))


def highest_price(clock: Clock, bid: Amount | None) -> Amount | None:
    """Return the highest price of the clock that a bidder would pay; None where it would pay none."""
    return max((price for price in clock.prices if bid is not None and price <= bid), default=None)


DUTCH_AUCTION = NamedRule("descending clock", descending, CLOCKS, (*CLAUSES, sells_as_a_first_price_auction.to(first_price_on_the_clock)))

WAITS = KnownViolation(
    truthful_bidding,
    "A lone bidder that would pay 1 takes the good at 1 and gains nothing; if it waits, it has it at 0 and gains 1.",
    DUTCH_AUCTION.on(1, 2),
    witness={
        "bidders": 1,
        "prices": 2,
        "bidder0 bids": True,
        "bidder0": 1,
        "the first price": 0,
        "step 1, beyond 1": 0,
        "who lies": "bidder0",
        "the liar bids": True,
        "the lie": 0,
    },
)
