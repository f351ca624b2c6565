"""What goes wrong with descending clocks. The documents name one and hold no code: these are readings of their options, and our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.refimpl.auctions.dutch_auction import DUTCH_AUCTION, descending, highest_price
from concordant.refimpl.auctions.shared.clocks import willing
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions import dutch_auction as spec
from concordant.spec.auctions.shared import clocks as family
from concordant.spec.auctions.shared.clocks import Clock, Outcome, Rule, Sold, Unresolved, Unsold
from concordant.spec.vocabulary import Amount

SELLS_AS_FIRST_PRICE = DUTCH_AUCTION.promises[-1]

# ---- rules


def told(change: Callable[[Clock, Sold], Sold]) -> Rule:
    """Go down as one should, and tell of a sale something else."""

    def rule(clock: Clock) -> Outcome:
        outcome = descending(clock)
        return change(clock, outcome) if isinstance(outcome, Sold) else outcome

    return rule


def at(price: Amount, clock: Clock, sold: Sold) -> Sold:
    """Sell to the same bidder at another price of the clock, and count accordingly."""
    takers = willing(clock, price)
    return Sold(sold.winner, price, takers, sum(each >= price for each in clock.prices))


def first_come(clock: Clock, sold: Sold) -> Sold:
    """Sell to whoever is listed first of those who take."""
    return evolve(sold, winner=next(bid.bidder for bid in clock.bids if bid.bidder in sold.tied))


def last_by_name(clock: Clock, sold: Sold) -> Sold:  # noqa: ARG001  # as the others
    """Sell to the last by name."""
    return evolve(sold, winner=sold.tied[-1])


def ties_untold(clock: Clock, sold: Sold) -> Sold:  # noqa: ARG001  # as the others
    """Name the winner only."""
    return evolve(sold, tied=(sold.winner,))


def its_bid(clock: Clock, sold: Sold) -> Sold:
    """Let the winner pay all that it would pay."""
    return evolve(sold, price=next(bid.amount for bid in clock.bids if bid.bidder == sold.winner and bid.amount is not None))


def one_step_later(clock: Clock, sold: Sold) -> Sold:
    """Sell at the price that is shown when the take arrives, which is the next."""
    return at(max((price for price in clock.prices if price < sold.price), default=sold.price), clock, sold)


def one_step_later_but_at_once(clock: Clock, sold: Sold) -> Sold:
    """Sell at the next price, but for whoever takes at the first that is shown."""
    return one_step_later(clock, sold) if sold.price < clock.prices[-1] else sold


def one_step_earlier(clock: Clock, sold: Sold) -> Sold:
    """Sell at the price that was shown before, at which nobody took."""
    return evolve(sold, price=min((price for price in clock.prices if price > sold.price), default=sold.price))


def from_nought(clock: Clock, sold: Sold) -> Sold:  # noqa: ARG001  # as the others
    """Count the prices from 0."""
    return evolve(sold, shown=sold.shown - 1)


def all_prices(clock: Clock, sold: Sold) -> Sold:
    """Count all the prices that the clock has."""
    return evolve(sold, shown=len(clock.prices))


def in_binary(clock: Clock, sold: Sold) -> Sold:  # noqa: ARG001  # as the others
    """Compute the price as a binary fraction."""
    binary: Any = sold.price / 1
    return evolve(sold, price=binary)


def second_price(clock: Clock, sold: Sold) -> Sold:
    """Let the clock go on until another would take too, and sell to the first at that price."""
    others = [highest_price(clock, bid.amount) for bid in clock.bids if bid.bidder != sold.winner]
    return at(max((price for price in others if price is not None), default=clock.prices[0]), clock, sold)


def from_the_floor(clock: Clock) -> Outcome:
    """Start where the ascending clock starts, as a common default for both makes it."""
    return descending(evolve(clock, prices=clock.prices[:1]))


def above_the_price(clock: Clock) -> Outcome:
    """Let bidders take what costs less than they would pay, and not what costs as much."""
    bids = tuple(evolve(bid, amount=None) if bid.amount in clock.prices else bid for bid in clock.bids)
    return descending(evolve(clock, bids=bids))


def never_unsold(clock: Clock) -> Outcome:
    """Sell to the first by name where nobody takes, at the reserve."""
    outcome = descending(clock)
    if outcome != Unsold():
        return outcome
    return Sold(min(bid.bidder for bid in clock.bids), clock.prices[0], (), len(clock.prices))


def ties_refused(clock: Clock) -> Outcome:
    """Send everybody home where two take at one price."""
    outcome = descending(clock)
    return family.DUPLICATE_BIDDER if isinstance(outcome, Sold) and len(outcome.tied) > 1 else outcome


def ties_left_open(clock: Clock) -> Outcome:
    """Stop where two take at one price, and leave it to them."""
    outcome = descending(clock)
    return Unresolved(outcome.tied) if isinstance(outcome, Sold) and len(outcome.tied) > 1 else outcome


def whichever_way(clock: Clock) -> Outcome:
    """Go through the prices from the last to the first, in whatever order they are."""
    outcome = descending(clock)
    return descending(evolve(clock, prices=tuple(sorted(set(clock.prices))))) if outcome == family.NOT_ASCENDING else outcome


# ---- the pitfalls

UNDEFINED = Unmodelled("DUT-1", Reason.NO_CODE, "`run_dutch_auction` is called and defined nowhere.")
FIRST_COME = Pitfall(
    "DUT-2",
    "Of two who take at one price the one that is listed first gets the good.",
    breaks=family.order_of_bids_is_irrelevant,
    subject=DUTCH_AUCTION.replaced_by(told(first_come), "first come").on(2, 2),
    length=8,
)
FROM_THE_FLOOR = Pitfall(
    "DUT-4",
    "Both clocks have the same default for where they start: the descending one starts at its end, and sells at once for the least.",
    breaks=spec.nobody_would_have_paid_more,
    subject=DUTCH_AUCTION.replaced_by(from_the_floor).on(2, 2),
    length=6,
)
FROM_THE_FLOOR_TO_THE_FIRST = Pitfall(
    "DUT-4/first",
    "The same: whoever is first by name gets it, and not who would pay more.",
    breaks=family.nobody_bids_a_step_more_than_the_winner,
    subject=DUTCH_AUCTION.replaced_by(from_the_floor).on(2, 2),
    length=8,
)
LAST_BY_NAME = Pitfall(
    "dutch_auction.LastByName",
    "Of two who take at one price the last by name gets the good.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=DUTCH_AUCTION.replaced_by(told(last_by_name), "last by name").on(2, 2),
    length=7,
)
TIES_UNTOLD = Pitfall(
    "dutch_auction.TiesUntold",
    "Nobody is told that another took at the same price.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=DUTCH_AUCTION.replaced_by(told(ties_untold), "ties untold").on(2, 2),
    length=7,
)
ITS_BID = Pitfall(
    "dutch_auction.ItsBid",
    "The winner pays all that it would pay, and not what the clock shows.",
    breaks=family.price_is_on_the_clock,
    subject=DUTCH_AUCTION.replaced_by(told(its_bid), "its bid").on(2, 2),
    length=5,
)
ONE_STEP_LATER = Pitfall(
    "dutch_auction.OneStepLater",
    "The clock has gone on when the take arrives, and the good is sold at what it shows then.",
    breaks=spec.nobody_would_have_paid_more,
    subject=DUTCH_AUCTION.replaced_by(told(one_step_later), "one step later").on(2, 2),
    length=6,
)
ONE_STEP_EARLIER = Pitfall(
    "dutch_auction.OneStepEarlier",
    "The good is sold at the price before the one at which it was taken.",
    breaks=family.individually_rational,
    subject=DUTCH_AUCTION.replaced_by(told(one_step_earlier), "one step earlier").on(2, 2),
    length=6,
)
FROM_NOUGHT = Pitfall(
    "dutch_auction.FromNought",
    "The first price shown is not counted.",
    breaks=spec.prices_shown_are_counted,
    subject=DUTCH_AUCTION.replaced_by(told(from_nought), "from nought").on(2, 2),
    length=5,
)
SECOND_PRICE = Pitfall(
    "dutch_auction.SecondPrice",
    "The clock is not stopped by the first who takes, but by the second: those who know take early, and honesty would not be needed.",
    breaks=SELLS_AS_FIRST_PRICE,
    subject=DUTCH_AUCTION.replaced_by(told(second_price), "second price").on(2, 2),
    length=6,
)
ONE_STEP_LATER_BUT_AT_ONCE = Pitfall(
    "dutch_auction.OneStepLater/second",
    "The same, but not of a take at the first price shown: with two prices all is well.",
    breaks=spec.nobody_would_have_paid_more,
    subject=DUTCH_AUCTION.replaced_by(told(one_step_later_but_at_once), "one step later, but not at once").on(2, 3),
    length=7,
)
ALL_PRICES = Pitfall(
    "dutch_auction.AllPrices",
    "All the prices of the clock are counted, also those that it did not come to.",
    breaks=spec.prices_shown_are_counted,
    subject=DUTCH_AUCTION.replaced_by(told(all_prices), "all prices").on(2, 2),
    length=6,
)
IN_BINARY = Pitfall(
    "dutch_auction.InBinary",
    "The price is a binary fraction, which is no exact amount even where it happens to be right.",
    breaks=family.price_is_on_the_clock,
    subject=DUTCH_AUCTION.replaced_by(told(in_binary), "in binary").on(1, 1),
    length=5,
)
TIES_REFUSED = Pitfall(
    "dutch_auction.TiesRefused",
    "Where two take at one price nobody gets the good, as if they had done something wrong.",
    breaks=SELLS_AS_FIRST_PRICE,
    subject=DUTCH_AUCTION.replaced_by(ties_refused).on(2, 2),
    length=7,
)
TIES_LEFT_OPEN = Pitfall(
    "dutch_auction.TiesLeftOpen",
    "Where two take at one price they are to agree among themselves.",
    breaks=SELLS_AS_FIRST_PRICE,
    subject=DUTCH_AUCTION.replaced_by(ties_left_open).on(2, 2),
    length=7,
)
UNSOLD_AT_ITS_PRICE = Pitfall(
    "dutch_auction.AboveThePrice/sealed",
    "The same: by sealed bids it would be sold.",
    breaks=SELLS_AS_FIRST_PRICE,
    subject=DUTCH_AUCTION.replaced_by(above_the_price).on(2, 2),
    length=5,
)
SOLD_FOR_CERTAIN = Pitfall(
    "dutch_auction.NeverUnsold/sealed",
    "Where nobody takes, the first by name has bought; by sealed bids nobody would have.",
    breaks=SELLS_AS_FIRST_PRICE,
    subject=DUTCH_AUCTION.replaced_by(never_unsold).on(2, 2),
    length=4,
)
ABOVE_THE_PRICE = Pitfall(
    "dutch_auction.AboveThePrice",
    "Who would pay just what the clock shows lets it pass.",
    breaks=family.unsold_only_if_nobody_would_pay_the_reserve,
    subject=DUTCH_AUCTION.replaced_by(above_the_price).on(2, 2),
    length=5,
)
NEVER_UNSOLD = Pitfall(
    "dutch_auction.NeverUnsold",
    "Where nobody takes, the first by name has bought.",
    breaks=family.unsold_only_if_nobody_would_pay_the_reserve,
    subject=DUTCH_AUCTION.replaced_by(never_unsold).on(2, 2),
    length=4,
)
NEVER_UNSOLD_TO_WHO_DECLINES = Pitfall(
    "dutch_auction.NeverUnsold/declines",
    "The same: it may have declined.",
    breaks=family.individually_rational,
    subject=DUTCH_AUCTION.replaced_by(never_unsold).on(2, 2),
    length=4,
)
WHICHEVER_WAY = Pitfall(
    "dutch_auction.WhicheverWay",
    "Prices in another order are put in order, and a price listed twice counts once.",
    breaks=family.malformed_clocks_are_rejected,
    subject=DUTCH_AUCTION.replaced_by(whichever_way).on_malformed(("downward",)),
    length=5,
)
