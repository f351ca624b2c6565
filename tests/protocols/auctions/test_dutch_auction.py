"""The descending clock, bids and prices in and outcome out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.mechanisms.refute import replay_draws
from concordant.refimpl.auctions.dutch_auction import WAITS, descending, first_price_on_the_clock
from concordant.spec.auctions.dutch_auction import CLAUSES, nobody_would_have_paid_more
from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import (
    DUPLICATE_BIDDER,
    NEGATIVE,
    NO_BIDDERS,
    NO_PRICES,
    NOT_ASCENDING,
    NOT_EXACT,
    Clock,
    Outcome,
    Sold,
    Unsold,
    price_is_on_the_clock,
    utility,
)
from concordant.spec.vocabulary import ForAll, Rejected

TENTH = Fraction(1, 10)


def clock(*amounts: Any, prices: tuple[Any, ...] = (1, 2, 4)) -> Clock:
    return Clock(tuple(Bid(name, amount) for name, amount in zip(("ann", "bob", "cay"), amounts, strict=False)), prices)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (clock(1, 3, 2), Sold("bob", 2, ("bob", "cay"), 2)),
        (clock(1, 9, 3), Sold("bob", 4, ("bob",), 1)),
        (clock(1, None, 0), Sold("ann", 1, ("ann",), 3)),
        (clock(2, 2), Sold("ann", 2, ("ann", "bob"), 2)),
        (clock(0, None), Unsold()),
        (clock(9, 8, prices=(0,)), Sold("ann", 0, ("ann", "bob"), 1)),
        (clock(TENTH * 3, prices=(TENTH, TENTH * 3)), Sold("ann", TENTH * 3, ("ann",), 1)),
    ],
)
def test_the_good_is_sold_at_the_highest_price_shown_that_anybody_would_pay(given: Clock, outcome: Outcome) -> None:
    assert descending(given) == outcome
    assert descending(evolve(given, bids=given.bids[::-1])) == outcome


def test_who_would_pay_more_but_not_a_step_more_is_told_apart_by_name_only() -> None:
    # the documents' reading: with a step of 1, bids of 5.4 and 5.2 are both taken at 5
    assert descending(clock(Fraction(52, 10), Fraction(54, 10), prices=(4, 5, 6))) == Sold("ann", 5, ("ann", "bob"), 2)


def test_by_sealed_bids_each_bids_the_highest_price_of_the_clock_that_it_would_pay() -> None:
    assert first_price_on_the_clock(clock(1, 3, 2)) == Sold("bob", 2, ("bob", "cay"), 2)
    assert first_price_on_the_clock(clock(0, None)) == Unsold()
    assert first_price_on_the_clock(clock()) == NO_BIDDERS


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (clock(), NO_BIDDERS),
        (evolve(clock(1), bids=(Bid("ann", 1), Bid("ann", 9))), DUPLICATE_BIDDER),
        (clock(1, prices=()), NO_PRICES),
        (clock(0.5), NOT_EXACT),
        (clock("1"), NOT_EXACT),
        (clock(1, prices=(1, None)), NOT_EXACT),
        (clock(-1), NEGATIVE),
        (clock(1, prices=(-1,)), NEGATIVE),
        (clock(1, prices=(1, 1)), NOT_ASCENDING),
        (clock(1, prices=(2, 1)), NOT_ASCENDING),
    ],
)
def test_a_malformed_clock_is_rejected_with_the_reason_of_its_rule(given: Clock, reason: Rejected) -> None:
    assert descending(given) == reason


def test_only_one_promise_is_about_a_rejection() -> None:
    clauses = [clause for clause in CLAUSES if isinstance(clause, ForAll)]

    assert [clause.name for clause in clauses if list(clause.cases(clock(), NO_BIDDERS))] == ["malformed_clocks_are_rejected"]


def test_a_price_that_is_no_amount_or_not_on_the_clock_is_refuted() -> None:
    def kept(price: Any) -> list[bool]:
        return [each.holds for each in price_is_on_the_clock.cases(clock(3), Sold("ann", price, ("ann",), 2))]

    assert [kept(price) for price in (2, 3, 2.0)] == [[True], [False], [False]]


def test_every_higher_price_that_somebody_would_pay_is_a_case_against_a_sale() -> None:
    cases = list(nobody_would_have_paid_more.cases(clock(3), Sold("ann", 1, ("ann",), 3)))

    assert [(each.holds, dict(each.facts)) for each in cases] == [(False, {"price": 2}), (True, {"price": 4})]


def test_who_waits_has_it_for_less() -> None:
    assert [replay_draws(WAITS).facts[name] for name in ("gains", "would_gain")] == [0, 1]


def test_a_sale_is_worth_value_less_price_to_the_winner_and_nothing_to_others() -> None:
    sold = Sold("ann", 2, ("ann",), 2)

    assert [utility(clock(5, 3), who, sold) for who in ("ann", "bob")] == [3, 0]
    assert [utility(clock(None), "ann", sold), utility(clock(5), "ann", Unsold())] == [-2, 0]
