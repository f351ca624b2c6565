"""The first-price auction, bids in and outcome out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.mechanisms.refute import replay_draws
from concordant.pitfalls.auctions.shared.auctions import highest_first, lowest_first
from concordant.refimpl.auctions.first_price_sealed_bid import ASKS_MORE, ASKS_MORE_THAN_IT_COSTS, BIDS_LESS, first_price
from concordant.refimpl.machine import KnownViolation
from concordant.spec.auctions.shared.auctions import (
    DUPLICATE_BIDDER,
    NEGATIVE,
    NO_BIDDERS,
    NO_DIRECTION,
    NOT_EXACT,
    SIDEWAYS,
    Bid,
    Direction,
    NoSale,
    Outcome,
    Profile,
    Sale,
    individually_rational,
    reserve_respected,
    sold_to_the_best,
    utility,
)
from concordant.spec.vocabulary import Rejected

HALF = Fraction(1, 2)


def auction(*amounts: Any, reserve: Any = 0, direction: Any = Direction.FORWARD) -> Profile:
    return Profile(tuple(Bid(name, amount) for name, amount in zip(("ann", "bob", "cay"), amounts, strict=False)), reserve, direction)


def reverse(*amounts: Any, reserve: Any = 10) -> Profile:
    return auction(*amounts, reserve=reserve, direction=Direction.REVERSE)


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        (auction(1, 3, 2), Sale("bob", 3, ("bob",))),
        (reverse(1, 3, 2), Sale("ann", 1, ("ann",))),
        (auction(HALF), Sale("ann", HALF, ("ann",))),
        (auction(None, 1), Sale("bob", 1, ("bob",))),
        (auction(1, 2, reserve=2), Sale("bob", 2, ("bob",))),
        (reverse(50, 11), NoSale()),
        (auction(1, 2, reserve=3), NoSale()),
        (auction(None, None), NoSale()),
    ],
)
def test_the_best_bid_that_the_reserve_allows_wins_and_is_the_price(profile: Profile, outcome: Outcome) -> None:
    assert first_price(profile) == outcome


def test_ties_are_told_and_broken_by_name_whoever_comes_first() -> None:
    profile = auction(5, 5, 4)

    assert first_price(profile) == Sale("ann", 5, ("ann", "bob"))
    assert first_price(evolve(profile, bids=profile.bids[::-1])) == Sale("ann", 5, ("ann", "bob"))


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        (auction(), NO_BIDDERS),
        (evolve(auction(1), bids=(Bid("ann", 1), Bid("ann", 9))), DUPLICATE_BIDDER),
        (auction(float("nan"), 1), NOT_EXACT),
        (auction(0.5), NOT_EXACT),
        (auction("1", 2), NOT_EXACT),
        (auction(True), NOT_EXACT),
        (auction(1, reserve=None), NOT_EXACT),
        (auction(1, -1), NEGATIVE),
        (auction(1, reserve=-1), NEGATIVE),
        (auction(1, direction=SIDEWAYS), NO_DIRECTION),
    ],
)
def test_a_malformed_profile_is_rejected_with_the_reason_of_its_rule(profile: Profile, reason: Rejected) -> None:
    assert first_price(profile) == reason


@pytest.mark.parametrize(("fails", "gain"), [(BIDS_LESS, 1), (ASKS_MORE, 1), (ASKS_MORE_THAN_IT_COSTS, 1)])
def test_who_does_not_bid_its_value_gains(fails: KnownViolation, gain: int) -> None:
    assert [replay_draws(fails).facts[name] for name in ("gains", "would_gain")] == [0, gain]


def test_an_outcome_is_worth_value_less_price_or_price_less_cost_to_the_winner_and_nothing_to_others() -> None:
    sale = Sale("ann", 2, ("ann",))

    assert [utility(profile, "ann", sale) for profile in (auction(5, 1), reverse(1, 3), auction(None, 1))] == [3, 1, -2]
    assert [utility(auction(5, 1), "bob", outcome) for outcome in (sale, NoSale(), NO_BIDDERS)] == [0, 0, 0]


def test_an_outcome_that_names_no_bidder_or_no_price_keeps_no_promise() -> None:
    clauses = (sold_to_the_best, reserve_respected, individually_rational)

    def kept(outcome: Outcome) -> list[bool]:
        return [all(each.holds for each in clause.cases(auction(1, None), outcome)) for clause in clauses]

    nothing: Any = None
    assert kept(Sale("ann", 1, ("ann",))) == [True, True, True]
    assert kept(Sale("bob", 1, ("bob",))) == [False, True, False]
    assert kept(Sale("ann", nothing, ("ann",))) == [True, False, False]


def test_the_documents_auctions_go_wrong_as_they_did() -> None:
    with pytest.raises(ValueError, match="empty"):
        lowest_first(reverse())
    with pytest.raises(TypeError, match="not supported"):
        lowest_first(reverse(None, 1))

    assert lowest_first(reverse(None)) == Sale("ann", None, ("ann",))  # type: ignore[arg-type]
    assert lowest_first(evolve(reverse(), bids=(Bid("a", 1), Bid("b", 3), Bid("a", 9)))) == Sale("b", 3, ("b",))
    assert highest_first(auction(8, None)) == Sale("bob", None, ("bob",))  # type: ignore[arg-type]
    assert [highest_first(auction(5, 5)), highest_first(evolve(auction(), bids=(Bid("bob", 5), Bid("ann", 5))))] == [
        Sale("ann", 5, ("ann",)),
        Sale("bob", 5, ("bob",)),
    ]
