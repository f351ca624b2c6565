"""The ascending clock, bids and prices in and outcome out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.mechanisms.refute import replay_draws
from concordant.pitfalls.auctions.english_auction import TIMEOUT, as_written, in_binary
from concordant.refimpl.auctions.english_auction import DROPS_OUT_EARLY, ENDS_TOO_EARLY, OVERSHOOTS, ascending
from concordant.spec.auctions.english_auction import CLAUSES, price_is_no_more_than_the_second_bid, price_is_within_a_step_of_the_second_bid
from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import NO_BIDDERS, NO_PRICES, Clock, Outcome, Sold, Unresolved, Unsold, steady_clocks
from concordant.spec.vocabulary import ForAll, Recorded

TENTH = Fraction(1, 10)


def clock(*amounts: Any, prices: tuple[Any, ...] = (1, 2, 4, 6)) -> Clock:
    return Clock(tuple(Bid(name, amount) for name, amount in zip(("ann", "bob", "cay"), amounts, strict=False)), prices)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (clock(9, 3, 1), Sold("ann", 4, ("ann",), 3)),
        (clock(3, None, 0), Sold("ann", 1, ("ann",), 1)),
        (clock(1, 5, 4), Sold("bob", 4, ("bob", "cay"), 4)),
        (clock(5, 4, 5), Sold("ann", 4, ("ann", "bob", "cay"), 4)),
        (clock(0, None), Unsold()),
        (clock(6, 1, 9), Unresolved(("ann", "cay"))),
        (clock(TENTH * 3, TENTH * 3, prices=(TENTH, TENTH * 2, TENTH * 3, TENTH * 4)), Sold("ann", TENTH * 3, ("ann", "bob"), 4)),
    ],
)
def test_who_is_left_buys_at_what_the_clock_shows_and_of_those_who_drop_out_last_the_first_by_name_at_what_they_would_pay(
    given: Clock, outcome: Outcome
) -> None:
    assert ascending(given) == outcome
    assert ascending(evolve(given, bids=given.bids[::-1])) == outcome


def test_a_malformed_clock_is_rejected_with_the_reason_of_its_rule() -> None:
    assert [ascending(clock()), ascending(clock(1, prices=()))] == [NO_BIDDERS, NO_PRICES]


def test_only_the_order_of_rejections_and_that_nothing_is_left_open_is_asked_of_a_rejection() -> None:
    clauses = [clause for clause in (*CLAUSES, price_is_no_more_than_the_second_bid) if isinstance(clause, ForAll)]

    asked = [clause.name for clause in clauses if list(clause.cases(clock(1), NO_BIDDERS))]
    assert asked == ["malformed_clocks_are_rejected", "unresolved_only_if_two_would_pay_the_last_price"]


def test_a_price_is_next_to_the_second_bid_on_either_side_and_the_lowest_without_a_rival() -> None:
    def at(given: Clock) -> list[int]:
        judged = {price: price_is_within_a_step_of_the_second_bid.cases(given, Sold("ann", price, ("ann",), 1)) for price in (1, 2, 4, 6)}
        return [price for price, cases in judged.items() if all(each.holds for each in cases)]

    assert [at(clock(9, 3)), at(clock(9, 4)), at(clock(9, None)), at(clock(9, 7))] == [[2, 4], [4, 6], [1], [6]]


def test_who_drops_out_with_its_last_rival_gains_a_step() -> None:
    assert [replay_draws(DROPS_OUT_EARLY).facts[name] for name in ("gains", "would_gain")] == [0, 1]


def test_the_price_may_be_less_than_a_step_above_the_second_bid() -> None:
    assert [replay_draws(OVERSHOOTS).facts[name] for name in ("price", "second")] == [8, 5]


def test_where_the_clock_ends_two_may_be_left() -> None:
    facts = replay_draws(ENDS_TOO_EARLY).facts

    assert (facts["as_it_is"], facts["longer"]) == (Unresolved(("bidder0", "bidder1")), Sold("bidder0", 1, ("bidder0",), 2))


def test_the_documents_auction_goes_wrong_as_it_did() -> None:
    half, tenths = Fraction(1, 2), tuple(TENTH * step for step in range(10))

    assert as_written(clock(5, 8, 3, prices=tenths)) == TIMEOUT
    assert as_written(clock(1, 1, prices=(0, half, 1, 3 * half))) == Unsold()
    assert as_written(clock(1, 13 * TENTH, prices=(0, half, 1, 3 * half))) == Unsold()
    assert as_written(clock(5, 8, prices=(0, 4, 8, 12))) == Sold("bob", 8, ("bob",), 4)
    assert as_written(clock(1, 5 * TENTH, prices=tenths[:6])) == TIMEOUT
    assert as_written(clock(1, 0, prices=())) == Sold("ann", 1, ("ann",), 2)
    assert as_written(clock("high", 5, prices=(0, 6))) == Sold("ann", 6, ("ann",), 2)


def test_three_steps_of_a_tenth_are_more_than_three_tenths_in_binary() -> None:
    sold = in_binary(clock(1, prices=(0, TENTH, TENTH * 2, TENTH * 3)), Sold("ann", TENTH * 3, ("ann",), 4))

    assert isinstance(sold, Sold)
    assert str(sold.price) == "0.30000000000000004"


@pytest.mark.parametrize(("first", "step", "prices"), [(0, 1, (0, 1, 2, 3, 4)), (1, 2, (1, 3)), (0, 2, (0, 2, 4))])
def test_a_steady_clock_goes_up_to_4_and_all_bid(first: int, step: int, prices: tuple[int, ...]) -> None:
    drawn = steady_clocks(Recorded({"bidder0": 3, "bidder1": 0, "the first price": first, "the step": step}), 2)

    assert drawn == Clock((Bid("bidder0", 3), Bid("bidder1", 0)), prices)
