"""The auction is right, and its rule is not the one that is promised."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from concordant.pitfalls.auctions import dutch_auction as dutch
from concordant.pitfalls.auctions import english_auction as english
from concordant.refimpl.auctions.clock_auction import Rule, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.clock_auction import Way
from concordant.spec.auctions.clock_auction import clauses as spec
from concordant.spec.auctions.shared.clocks import Clock, Outcome, Sold
from concordant.spec.vocabulary import Amount, Clause, Faults


def with_a_fee(clock: Clock, sold: Sold) -> Outcome:  # noqa: ARG001  # as the others
    """Add a fee to the price."""
    return evolve(sold, price=sold.price + Fraction(1, 10))


def at_the_reserve(clock: Clock, sold: Sold) -> Outcome:
    """Sell at the first price, however far the clock went."""
    return evolve(sold, price=clock.prices[0])


def wrong(
    name: str, rule: Rule, mistake: str, breaks: Clause, *limits: Amount, way: Way = Way.UP, highest: int = 2, length: int
) -> Pitfall:
    """Make the pitfall that an auctioneer of this rule runs into."""
    timely = Faults(synchronous=breaks.id == spec.in_time_it_is_sold_as_if_all_were_known.id)
    subject = system(*limits, way=way, prices=tuple(range(1, highest + 1)), faults=timely, rule=rule)
    return Pitfall(f"clock_auction.{name}", mistake, breaks, subject, length)


WRONG_RULES = (
    wrong(
        "OpenWhereUnsold",
        english.open_where_unsold,
        "Where nobody would pay anything, it is left open who buys.",
        spec.unsold_only_if_nobody_would_pay_the_reserve,
        0,
        length=1,
    ),
    wrong(
        "WithAFee", english.told(with_a_fee), "A fee is added, so that nobody has seen the price.", spec.price_is_on_the_clock, 1, length=2
    ),
    wrong(
        "WithAFee/rational", english.told(with_a_fee), "The fee is more than anybody would pay.", spec.individually_rational, 1, length=2
    ),
    wrong(
        "TiesUntold", english.told(english.ties_untold), "Nobody is told of a tie.", spec.ties_are_told_and_broken_by_name, 1, 1, length=5
    ),
    wrong(
        "LastContested",
        english.told(english.last_contested),
        "The good goes to one that has dropped out.",
        spec.nobody_bids_a_step_more_than_the_winner,
        1,
        2,
        length=7,
    ),
    wrong(
        "LastContested/stops",
        english.told(english.last_contested),
        "The good is sold at the price before, though one alone would pay more.",
        spec.the_clock_stops_as_soon_as_it_can,
        1,
        2,
        length=7,
    ),
    wrong(
        "AtTheReserve",
        english.told(at_the_reserve),
        "The price goes up, and the good is sold at the first.",
        spec.price_is_within_a_step_of_the_second_bid,
        2,
        3,
        highest=3,
        length=9,
    ),
    wrong(
        "SoldAtTheEnd",
        english.sold_at_the_end,
        "The clock ends, two are left, and the first by name has bought.",
        spec.unresolved_only_if_two_would_pay_the_last_price,
        2,
        2,
        length=8,
    ),
    wrong(
        "OneMore",
        english.told(english.one_more),
        "A price is told to have been shown that was not.",
        spec.prices_told_were_called,
        1,
        length=2,
    ),
    wrong(
        "OneStepLater",
        dutch.told(dutch.one_step_later),
        "The clock has gone on when the good is awarded, and it is sold at what it would show then.",
        spec.nobody_would_have_paid_more,
        2,
        way=Way.DOWN,
        length=2,
    ),
    wrong(
        "FromNought",
        dutch.told(dutch.from_nought),
        "The first price is not counted among those that were shown.",
        spec.prices_told_were_called,
        1,
        way=Way.DOWN,
        length=3,
    ),
    wrong(
        "FromNought/in_time",
        dutch.told(dutch.from_nought),
        "The same: it is told otherwise than the rule tells it.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        1,
        way=Way.DOWN,
        length=4,
    ),
    wrong(
        "LastByName/in_time",
        dutch.told(dutch.last_by_name),
        "Of two who take at one price the last by name has bought.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        2,
        2,
        way=Way.DOWN,
        length=4,
    ),
    wrong(
        "TiesUntold/in_time",
        dutch.told(dutch.ties_untold),
        "Nobody is told that another took at the same price.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        2,
        2,
        way=Way.DOWN,
        length=4,
    ),
    wrong(
        "WithAFee/in_time",
        english.told(with_a_fee),
        "A fee is added to what the rule makes of the limits.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        1,
        length=2,
    ),
    wrong(
        "OpenWhereUnsold/in_time",
        english.open_where_unsold,
        "Nobody would pay anything, and it is left open who buys.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        0,
        length=2,
    ),
    wrong(
        "UnsoldAtTheEnd/in_time",
        english.unsold_at_the_end,
        "The clock ends, two are left, and they are told that nobody would buy.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        2,
        2,
        length=8,
    ),
    wrong(
        "LeftUntold/in_time",
        english.left_untold,
        "The clock ends, and nobody is told who is left.",
        spec.in_time_it_is_sold_as_if_all_were_known,
        2,
        2,
        length=8,
    ),
)
