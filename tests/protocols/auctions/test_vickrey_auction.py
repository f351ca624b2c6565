"""The second-price auction, bids in and outcome out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from concordant.pitfalls.auctions.shared.auctions import highest_second, lowest_second
from concordant.pitfalls.auctions.vickrey_auction import average_of_the_losers
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.spec.auctions.shared.auctions import (
    DUPLICATE_BIDDER,
    NEGATIVE,
    NO_BIDDERS,
    NOT_EXACT,
    SECOND_NAME,
    Bid,
    Direction,
    NoSale,
    Outcome,
    Profile,
    Sale,
    a_second_name_gains_nothing,
    malformed_profiles_are_rejected,
    truthful_bidding,
)
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import Recorded, Rejected

THIRD = Fraction(1, 3)


def auction(*amounts: Any, reserve: Any = 0, direction: Direction = Direction.FORWARD) -> Profile:
    return Profile(tuple(Bid(name, amount) for name, amount in zip(("ann", "bob", "cay"), amounts, strict=False)), reserve, direction)


def reverse(*amounts: Any, reserve: Any = 10) -> Profile:
    return auction(*amounts, reserve=reserve, direction=Direction.REVERSE)


@pytest.mark.parametrize(
    ("profile", "outcome"),
    [
        (auction(1, 3, 2), Sale("bob", 2, ("bob",))),
        (reverse(1, 3, 2), Sale("ann", 2, ("ann",))),
        (auction(THIRD, 1), Sale("bob", THIRD, ("bob",))),
        (auction(1, 3, reserve=2), Sale("bob", 2, ("bob",))),
        (auction(10, reserve=4), Sale("ann", 4, ("ann",))),
        (reverse(5, reserve=8), Sale("ann", 8, ("ann",))),
        (auction(5, 5), Sale("ann", 5, ("ann", "bob"))),
        (auction(None, 4), Sale("bob", 0, ("bob",))),
        (reverse(11, 12), NoSale()),
        (auction(None), NoSale()),
    ],
)
def test_the_best_bid_wins_at_the_best_losing_bid_or_the_reserve(profile: Profile, outcome: Outcome) -> None:
    assert second_price(profile) == outcome


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        (auction(), NO_BIDDERS),
        (evolve(auction(), bids=(Bid("a", 10), Bid("a", 9), Bid("b", 3))), DUPLICATE_BIDDER),
        (auction("1", 8), NOT_EXACT),
        (auction(8, float("nan")), NOT_EXACT),
    ],
)
def test_a_malformed_profile_is_rejected_with_the_reason_of_its_rule(profile: Profile, reason: Rejected) -> None:
    assert second_price(profile) == reason


def test_a_profile_that_breaks_no_rule_must_not_be_rejected() -> None:
    profile = Profile((Bid("ann", 1),), 0)

    assert [case.holds for case in malformed_profiles_are_rejected.cases(profile, second_price(profile))] == [True]
    assert [case.holds for case in malformed_profiles_are_rejected.cases(profile, NEGATIVE)] == [False]


def test_a_price_that_is_nobodys_bid_is_refuted() -> None:
    profile = auction(3, 1, 0)

    def kept(price: Any) -> list[bool]:
        return [each.holds for each in price_is_the_best_of_the_others.cases(profile, Sale("ann", price, ("ann",)))]

    assert [kept(price) for price in (1, 0, 2)] == [[True], [False], [False]]
    assert list(price_is_the_best_of_the_others.cases(profile, NoSale())) == []


def under_two_names(bid: int) -> Recorded:
    return Recorded({"who bids under two names": "ann", "bid under a second name": bid})


def test_a_bid_under_a_second_name_is_added_to_those_of_others_and_what_it_wins_is_the_bidders() -> None:
    (honest,) = a_second_name_gains_nothing.cases(second_price, auction(5, 3), under_two_names(9))
    (averaged,) = a_second_name_gains_nothing.cases(average_of_the_losers, auction(5, 3), under_two_names(1))

    assert honest.holds
    assert honest.facts == {"agent": "ann", "two_names": Sale(SECOND_NAME, 5, (SECOND_NAME,)), "gains": 2, "would_gain": 0}
    assert not averaged.holds
    assert averaged.facts == {"agent": "ann", "two_names": Sale("ann", 2, ("ann",)), "gains": 2, "would_gain": 3}
    assert list(a_second_name_gains_nothing.cases(second_price, auction(None), under_two_names(1))) == []


def test_where_everybody_declines_nobody_can_lie() -> None:
    assert list(truthful_bidding.cases(second_price, auction(None, None), Recorded({}))) == []


def test_the_average_of_the_losers_is_the_second_price_of_two() -> None:
    assert average_of_the_losers(auction(3, 1)) == second_price(auction(3, 1))
    assert average_of_the_losers(auction(3, 1, 0)) == Sale("ann", Fraction(1, 2), ("ann",))


def test_the_documents_auctions_go_wrong_as_they_did() -> None:
    with pytest.raises(IndexError):
        lowest_second(reverse())

    assert [lowest_second(reverse(5)), lowest_second(reverse(100))] == [Sale("ann", 5, ("ann",)), Sale("ann", 100, ("ann",))]
    assert [highest_second(auction(10)), highest_second(auction(1))] == [Sale("ann", 10, ("ann",)), Sale("ann", 1, ("ann",))]
    assert highest_second(auction("1", 8)) == Sale("ann", 8, ("ann",))
    assert highest_second(evolve(auction(), bids=(Bid("a", 10), Bid("a", 9), Bid("b", 3)))) == Sale("a", 9, ("a",))
