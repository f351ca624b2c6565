"""What goes wrong with ascending clocks: the documents' auction as written, line by line, and rules that are close to right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.pitfalls.auctions.shared.auctions import term_order
from concordant.refimpl.auctions.dutch_auction import descending
from concordant.refimpl.auctions.english_auction import ENGLISH_AUCTION, ascending
from concordant.refimpl.auctions.shared.clocks import willing
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions import english_auction as spec
from concordant.spec.auctions.shared import clocks as family
from concordant.spec.auctions.shared.clocks import Clock, Outcome, Rule, Sold, Unresolved, Unsold
from concordant.spec.vocabulary import Rejected

TIMEOUT = Rejected("auction timeout")

# ---- as written


def as_written(clock: Clock) -> Outcome:
    """Go through all rounds, whatever happens: up where several are willing, down where nobody is, and stand still where one is."""
    prices = clock.prices or (0, 1)  # `1..0` counts down: no round at all is two
    active, place = [bid for bid in clock.bids if bid.amount is not None], 0
    for _ in prices:
        active = [bid for bid in active if term_order(bid.amount) >= term_order(prices[place])]
        if len(active) > 1:
            place += 1
        elif not active:
            place -= 1
    if not active:
        return Unsold()
    if len(active) > 1:
        return TIMEOUT
    return Sold(active[0].bidder, prices[place], (active[0].bidder,), len(prices))


# ---- other rules


def told(change: Callable[[Clock, Sold], Outcome]) -> Rule:
    """Go up as one should, and make something else of a sale."""

    def rule(clock: Clock) -> Outcome:
        outcome = ascending(clock)
        return change(clock, outcome) if isinstance(outcome, Sold) else outcome

    return rule


def dropping_together(sold: Sold) -> bool:
    """Tell whether all that were left dropped out at once."""
    return len(sold.tied) > 1


def lower_and_lower(clock: Clock, sold: Sold) -> Outcome:
    """Where all drop out at once, lower the price once in every round that is left."""
    back = max(0, clock.prices.index(sold.price) - (len(clock.prices) - sold.shown))
    return evolve(sold, price=clock.prices[back]) if dropping_together(sold) else sold


def where_nobody_is_left(clock: Clock, sold: Sold) -> Outcome:
    """Where all drop out at once, sell at the price at which they did."""
    return evolve(sold, price=clock.prices[sold.shown - 1]) if dropping_together(sold) else sold


def until_alone_no_more(clock: Clock, sold: Sold) -> Outcome:
    """Raise the price on whoever is left alone until it drops out too."""
    highest = max(price for price in clock.prices if sold.winner in willing(clock, price))
    return sold if dropping_together(sold) else evolve(sold, price=highest, shown=sum(price <= highest for price in clock.prices))


def last_contested(clock: Clock, sold: Sold) -> Outcome:
    """Sell at the last price that two would pay, to the first of them by name."""
    contested = [price for price in clock.prices if len(willing(clock, price)) > 1]
    if not contested:
        return sold
    both = willing(clock, contested[-1])
    return Sold(both[0], contested[-1], both, len(contested) + 1)


def first_by_name(clock: Clock, sold: Sold) -> Outcome:
    """Forget who dropped out: of all who ever would have paid, the first by name wins."""
    ever = willing(clock, clock.prices[0])
    return evolve(sold, winner=ever[0], tied=ever)


def first_come(clock: Clock, sold: Sold) -> Outcome:
    """Of those who drop out at once, sell to whoever is listed first."""
    return evolve(sold, winner=next(bid.bidder for bid in clock.bids if bid.bidder in sold.tied))


def ties_untold(clock: Clock, sold: Sold) -> Outcome:  # noqa: ARG001  # as the others
    """Name the winner only, and count as if it had been left alone."""
    return evolve(sold, tied=(sold.winner,), shown=sold.shown - 1 if dropping_together(sold) else sold.shown)


def one_more(clock: Clock, sold: Sold) -> Outcome:  # noqa: ARG001  # as the others
    """Count one price more than was shown."""
    return evolve(sold, shown=sold.shown + 1)


def last_uncounted(clock: Clock, sold: Sold) -> Outcome:  # noqa: ARG001  # as the others
    """Where all drop out at once, count only the prices that somebody would pay."""
    return evolve(sold, shown=sold.shown - 1) if dropping_together(sold) else sold


def between_prices(clock: Clock, sold: Sold) -> Outcome:
    """Sell at what the last rival would have paid."""
    rivals = [bid.amount for bid in clock.bids if bid.bidder != sold.winner and bid.amount is not None]
    return evolve(sold, price=max((clock.prices[0], *rivals)))


def in_binary(clock: Clock, sold: Sold) -> Outcome:
    """Add up the steps as binary fractions."""
    shown: Any = clock.prices[0] / 1
    for earlier, later in zip(clock.prices, clock.prices[1:], strict=False):
        if later <= sold.price:
            shown += (later - earlier) / 1
    return evolve(sold, price=shown)


def sold_at_the_end(clock: Clock) -> Outcome:
    """Where the clock ends, sell to the first by name of those who are left."""
    outcome = ascending(clock)
    if not isinstance(outcome, Unresolved):
        return outcome
    return Sold(outcome.active[0], clock.prices[-1], outcome.active, len(clock.prices) + 1)


def left_untold(clock: Clock) -> Outcome:
    """Where the clock ends, name nobody."""
    outcome = ascending(clock)
    return Unresolved(()) if isinstance(outcome, Unresolved) else outcome


def unsold_at_the_end(clock: Clock) -> Outcome:
    """Where the clock ends, say that nobody would buy."""
    outcome = ascending(clock)
    return Unsold() if isinstance(outcome, Unresolved) else outcome


def open_where_unsold(clock: Clock) -> Outcome:
    """Where nobody would pay anything, leave it open who buys."""
    outcome = ascending(clock)
    return Unresolved(()) if outcome == Unsold() else outcome


def open_where_they_drop_out(clock: Clock, sold: Sold) -> Outcome:  # noqa: ARG001  # as the others
    """Where all drop out at once, leave it open who buys."""
    return Unresolved(sold.tied) if dropping_together(sold) else sold


# ---- the pitfalls

CANNOT_SELL = Pitfall(
    "ENG-1",
    "After a fixed number of rounds there is a timeout: with the documents' own bids and options their auction ends in an error.",
    breaks=family.malformed_clocks_are_rejected,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on(2, 2),
    length=7,
)
NOBODY_LEFT = Pitfall(
    "ENG-2",
    "Two would pay what is asked and neither the next price: nobody is left, and nothing is sold.",
    breaks=family.unsold_only_if_nobody_would_pay_the_reserve,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on(2, 2),
    length=8,
)
OVERSHOT = Unmodelled(
    "ENG-3", Reason.SAME, "Of two that drop out at the same price one would have paid a little more than the other.", same="ENG-2"
)
IN_BINARY = Pitfall(
    "ENG-5",
    "The price is a sum of binary fractions: three steps of a tenth are more than three tenths, and who would pay these drops out.",
    breaks=family.price_is_on_the_clock,
    subject=ENGLISH_AUCTION.replaced_by(told(in_binary), "in binary").on(2, 2),
    length=5,
)
NO_ROUNDS = Pitfall(
    "ENG-6",
    "No round at all is taken for two, since `1..0` counts down, and the good is sold.",
    breaks=family.malformed_clocks_are_rejected,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on_malformed(("no price",)),
    length=5,
)
ALL_ROUNDS = Pitfall(
    "ENG-7",
    "The number of rounds that is told is always that of all there could have been.",
    breaks=spec.prices_shown_are_counted,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on(1, 2),
    length=6,
)
A_WORD_FOR_A_BID = Pitfall(
    "ENG-9",
    "A bid that is no number is more than any number in Erlang's order, and never drops out.",
    breaks=family.malformed_clocks_are_rejected,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on_malformed(("the only bid",), ("a text",)),
    length=6,
)
LOWER_AND_LOWER = Pitfall(
    "ENG-10",
    "Once all have dropped out the price goes down in every round that is left.",
    breaks=spec.the_clock_stops_as_soon_as_it_can,
    subject=ENGLISH_AUCTION.replaced_by(told(lower_and_lower), "lower and lower").on(2, 4),
    length=10,
)
NO_EFFICIENCY = Unmodelled(
    "ENG-11", Reason.NO_CODE, "What is told lacks the efficiency of which others read, and nothing says how to compute it."
)
WHERE_NOBODY_IS_LEFT = Pitfall(
    "english_auction.WhereNobodyIsLeft",
    "Where all drop out at once, the good is sold at the price that made them.",
    breaks=family.individually_rational,
    subject=ENGLISH_AUCTION.replaced_by(told(where_nobody_is_left), "where nobody is left").on(2, 2),
    length=8,
)
UNTIL_ALONE_NO_MORE = Pitfall(
    "english_auction.UntilAloneNoMore",
    "The clock goes on where only one is left, until that one drops out too.",
    breaks=spec.the_clock_stops_as_soon_as_it_can,
    subject=ENGLISH_AUCTION.replaced_by(told(until_alone_no_more), "until alone no more").on(2, 2),
    length=6,
)
UNTIL_ALONE_NO_MORE_BY_STEPS = Pitfall(
    "english_auction.UntilAloneNoMore/price",
    "The same: what it pays has nothing to do with what others would.",
    breaks=spec.price_is_within_a_step_of_the_second_bid,
    subject=ENGLISH_AUCTION.replaced_by(told(until_alone_no_more), "until alone no more").on(2, 3),
    length=6,
)
LAST_CONTESTED = Pitfall(
    "english_auction.LastContested",
    "The good is sold at the last price that two would pay: to the first of them by name, though only another would pay more.",
    breaks=family.nobody_bids_a_step_more_than_the_winner,
    subject=ENGLISH_AUCTION.replaced_by(told(last_contested), "last contested").on(2, 2),
    length=8,
)
LAST_CONTESTED_BY_TWO = Pitfall(
    "english_auction.LastContested/stopped",
    "The same: the clock is stopped a step too early.",
    breaks=spec.the_clock_stops_as_soon_as_it_can,
    subject=ENGLISH_AUCTION.replaced_by(told(last_contested), "last contested").on(2, 2),
    length=8,
)
FIRST_BY_NAME = Pitfall(
    "english_auction.FirstByName",
    "Who has dropped out is forgotten: the first by name of all who came wins.",
    breaks=family.individually_rational,
    subject=ENGLISH_AUCTION.replaced_by(told(first_by_name), "first by name").on(2, 2),
    length=8,
)
FIRST_COME = Pitfall(
    "english_auction.FirstCome",
    "Of two that drop out at once the one that is listed first wins.",
    breaks=family.order_of_bids_is_irrelevant,
    subject=ENGLISH_AUCTION.replaced_by(told(first_come), "first come").on(2, 2),
    length=9,
)
TIES_UNTOLD = Pitfall(
    "english_auction.TiesUntold",
    "Nobody is told that another was left.",
    breaks=family.ties_are_told_and_broken_by_name,
    subject=ENGLISH_AUCTION.replaced_by(told(ties_untold), "ties untold").on(2, 2),
    length=8,
)
ONE_MORE = Pitfall(
    "english_auction.OneMore",
    "A price that was not shown is counted.",
    breaks=spec.prices_shown_are_counted,
    subject=ENGLISH_AUCTION.replaced_by(told(one_more), "one more").on(2, 2),
    length=5,
)
LAST_UNCOUNTED = Pitfall(
    "english_auction.LastUncounted",
    "The price at which all drop out is not counted, though it was shown.",
    breaks=spec.prices_shown_are_counted,
    subject=ENGLISH_AUCTION.replaced_by(told(last_uncounted), "last uncounted").on(2, 2),
    length=8,
)
BETWEEN_PRICES = Pitfall(
    "english_auction.BetweenPrices",
    "The winner pays the second bid, which on a clock nobody knows.",
    breaks=family.price_is_on_the_clock,
    subject=ENGLISH_AUCTION.replaced_by(told(between_prices), "between prices").on(2, 2),
    length=8,
)
SOLD_AT_THE_END = Pitfall(
    "english_auction.SoldAtTheEnd",
    "Where the clock ends and two are left, the first by name has bought, though the other may well want it more.",
    breaks=spec.unresolved_only_if_two_would_pay_the_last_price,
    subject=ENGLISH_AUCTION.replaced_by(sold_at_the_end).on(2, 2),
    length=7,
)
UNSOLD_AT_THE_END = Pitfall(
    "english_auction.UnsoldAtTheEnd",
    "Where the clock ends and two are left, they are told that nobody would buy.",
    breaks=spec.unresolved_only_if_two_would_pay_the_last_price,
    subject=ENGLISH_AUCTION.replaced_by(unsold_at_the_end).on(2, 2),
    length=7,
)
TIMED_OUT = Pitfall(
    "ENG-1/left",
    "The same: who was left is not told.",
    breaks=spec.unresolved_only_if_two_would_pay_the_last_price,
    subject=ENGLISH_AUCTION.replaced_by(as_written).on(2, 2),
    length=7,
)
LEFT_UNTOLD = Pitfall(
    "english_auction.LeftUntold",
    "Where the clock ends, nobody is told who was left.",
    breaks=spec.unresolved_only_if_two_would_pay_the_last_price,
    subject=ENGLISH_AUCTION.replaced_by(left_untold).on(2, 2),
    length=7,
)
OPEN_WHERE_THEY_DROP_OUT = Pitfall(
    "english_auction.OpenWhereTheyDropOut",
    "Where all drop out at once, it is left open who buys.",
    breaks=spec.unresolved_only_if_two_would_pay_the_last_price,
    subject=ENGLISH_AUCTION.replaced_by(told(open_where_they_drop_out), "open where they drop out").on(2, 2),
    length=8,
)
OPEN_WHERE_UNSOLD = Pitfall(
    "english_auction.OpenWhereUnsold",
    "Where nobody would pay anything, it is left open who buys.",
    breaks=family.unsold_only_if_nobody_would_pay_the_reserve,
    subject=ENGLISH_AUCTION.replaced_by(open_where_unsold).on(2, 2),
    length=4,
)
FIRST_PRICE = Pitfall(
    "english_auction.FirstPrice",
    "The clock goes down: who would pay much gains by several steps if it says less.",
    breaks=spec.no_lie_gains_more_than_a_step,
    subject=ENGLISH_AUCTION.replaced_by(descending).on(2, 3),
    length=10,
)
