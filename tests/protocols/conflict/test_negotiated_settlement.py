"""Settlements by auction, claims in and values out."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.pitfalls.conflict.negotiated_settlement import as_written
from concordant.refimpl.conflict.negotiated_settlement import at_first_price, at_second_price, settle
from concordant.spec.conflict.negotiated_settlement import (
    DUPLICATE,
    NEGATIVE,
    NO_CLOCK,
    NO_DISPUTE,
    NOT_EXACT,
    OVER_BUDGET,
    Auction,
    Claim,
    Dispute,
    Outcome,
    Settled,
    Unsettled,
    order_of_claims_is_irrelevant,
    utility,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected

ANN, BOB, CID = Claim("ann", "cold", 5, 9), Claim("bob", "warm", 8, 9), Claim("cid", "mild", 3, 3)


def dispute(auction: Auction, *claims: Claim, prices: tuple[Any, ...] = (0,)) -> Dispute:
    return Dispute(claims, auction, prices)


def by_bob(payment: Amount) -> Settled:
    return Settled("warm", "bob", payment, ("bob",), Map.of({"ann": 9, "bob": 9 - payment, "cid": 3}))


@pytest.mark.parametrize(
    ("auction", "prices", "outcome"),
    [
        (Auction.FIRST_PRICE, (0,), by_bob(8)),
        (Auction.SECOND_PRICE, (0,), by_bob(5)),
        (Auction.SECOND_PRICE, (6,), by_bob(6)),
        (Auction.SECOND_PRICE, (6, 9), by_bob(6)),
        (Auction.RISING_CLOCK, (0, 2, 4, 6, 8), by_bob(6)),
        (Auction.RISING_CLOCK, (0, 4), Unsettled(("ann", "bob"))),
        (Auction.RISING_CLOCK, (9, 10), Unsettled()),
        (Auction.FIRST_PRICE, (9,), Unsettled()),
        (Auction.SECOND_PRICE, (9,), Unsettled()),
    ],
)
def test_whoever_wins_the_auction_sets_the_value_and_pays_what_it_says(
    auction: Auction, prices: tuple[Amount, ...], outcome: Outcome
) -> None:
    assert settle(dispute(auction, ANN, BOB, CID, prices=prices)) == outcome


@pytest.mark.parametrize("auction", tuple(Auction))
def test_of_equals_the_first_by_name_wins(auction: Auction) -> None:
    amy = Claim("amy", "hot", 8, 8)

    assert settle(dispute(auction, BOB, amy, prices=(0, 8, 9))) == Settled("hot", "amy", 8, ("amy", "bob"), Map.of({"amy": 0, "bob": 9}))


def test_which_price_is_paid_may_be_fixed() -> None:
    both = dispute(Auction.RISING_CLOCK, ANN, BOB, CID)

    assert (at_first_price(both), at_second_price(both)) == (by_bob(8), by_bob(5))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (dispute(Auction.FIRST_PRICE, ANN), NO_DISPUTE),
        (dispute(Auction.FIRST_PRICE, ANN, BOB, ANN), DUPLICATE),
        (dispute(Auction.FIRST_PRICE, ANN, Claim("bob", "warm", True, 9)), NOT_EXACT),
        (dispute(Auction.FIRST_PRICE, ANN, BOB, prices=(0.5,)), NOT_EXACT),
        (dispute(Auction.FIRST_PRICE, ANN, Claim("bob", "warm", -1, 9)), NEGATIVE),
        (dispute(Auction.FIRST_PRICE, ANN, Claim("bob", "warm", 10, 9)), OVER_BUDGET),
        (dispute(Auction.FIRST_PRICE, ANN, BOB, prices=()), NO_CLOCK),
        (dispute(Auction.RISING_CLOCK, ANN, BOB, prices=(1, 1)), NO_CLOCK),
    ],
)
def test_each_rule_of_a_dispute_has_its_reason(wrong: Dispute, reason: Rejected) -> None:
    assert settle(wrong) == reason


def test_a_value_is_worth_to_the_winner_what_it_bids_less_what_it_pays() -> None:
    both = dispute(Auction.SECOND_PRICE, ANN, BOB, CID)

    assert [utility(both, name, by_bob(5)) for name in ("ann", "bob", "eve")] == [0, 3, 0]
    assert utility(both, "bob", Unsettled()) == 0


def test_as_the_documents_are_written_a_clock_settles_nothing_and_what_is_settled_is_not_paid() -> None:
    with pytest.raises(KeyError, match="efficiency"):
        as_written(dispute(Auction.RISING_CLOCK, ANN, BOB, prices=(0, 6)))
    assert as_written(dispute(Auction.RISING_CLOCK, ANN, BOB, prices=(9,))) == Unsettled()
    assert as_written(dispute(Auction.FIRST_PRICE, ANN, BOB)) == Settled("warm", "bob", 8, ("bob",), Map.of({"ann": 9, "bob": 9}))


def test_of_no_claims_nothing_is_said_of_their_order() -> None:
    assert list(order_of_claims_is_irrelevant.cases(settle, dispute(Auction.FIRST_PRICE), Recorded({}))) == []
