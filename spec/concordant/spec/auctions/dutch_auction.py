"""Dutch auction: a clock goes down from its highest price until somebody takes the good, at the price that it then shows.

Source: Vickrey, "Counterspeculation, Auctions, and Competitive Sealed Tenders", 1961, who shows that it is a first-price
auction; FIPA XC00032, which has a process of it. Where it starts is part of its terms: there is no default. Those who take at
one price are told, and the first by name gets the good: not the fastest, which nobody could verify. A bidder takes as soon
as it would pay the price; that this is clever is not promised, for whoever waits may pay less.
"""

from __future__ import annotations

from concordant.spec.auctions.shared.clocks import (
    Clock,
    Outcome,
    Sold,
    individually_rational,
    malformed_clocks_are_rejected,
    nobody_bids_a_step_more_than_the_winner,
    order_of_bids_is_irrelevant,
    price_is_on_the_clock,
    ties_are_told_and_broken_by_name,
    unsold_only_if_nobody_would_pay_the_reserve,
    would_pay,
)
from concordant.spec.vocabulary import Amount, Cases, case, compares, for_all


@for_all
def nobody_would_have_paid_more(clock: Clock, outcome: Outcome) -> Cases:
    """At no higher price of the clock would anybody have taken the good."""
    if isinstance(outcome, Sold):
        for price in clock.prices:
            if price > outcome.price:
                yield case(would_pay(clock, price) == (), price=price)


@for_all
def prices_shown_are_counted(clock: Clock, outcome: Outcome) -> Cases:
    """As many prices were shown as there are from the highest to the price, that one included."""
    if isinstance(outcome, Sold):
        passed = [price for price in clock.prices if price >= outcome.price]
        yield case(outcome.shown == len(passed), shown=outcome.shown, passed=passed)


@compares
def sells_as_a_first_price_auction(clock: Clock, outcome: Outcome, sealed: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """It sells as a first-price auction does in which everybody bids the highest price of the clock that it would pay."""
    yield case(sale(outcome) == sale(sealed), outcome=outcome, sealed=sealed)


def sale(outcome: Outcome) -> tuple[str, Amount, tuple[str, ...]] | None:
    """Return what both kinds of auction tell of a sale."""
    return (outcome.winner, outcome.price, outcome.tied) if isinstance(outcome, Sold) else None


CLAUSES = (
    malformed_clocks_are_rejected,
    unsold_only_if_nobody_would_pay_the_reserve,
    price_is_on_the_clock,
    nobody_would_have_paid_more,
    individually_rational,
    ties_are_told_and_broken_by_name,
    nobody_bids_a_step_more_than_the_winner,
    prices_shown_are_counted,
    order_of_bids_is_irrelevant,
)
