"""A rule compared with another of its family: a Dutch auction sells as a first-price one does, and not as a second-price one."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.auctions.first_price_sealed_bid import first_price
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.shared.auctions import Direction, NoSale, Outcome, Profile, Sale, profiles
from concordant.spec.vocabulary import Cases, Draw, case, compares


@compares
def sells_as_the_other(profile: Profile, outcome: Outcome, other: Outcome) -> Cases:
    """It sells to whom the other does, at the same price."""
    if profile.bids:
        yield case(outcome == other, outcome=outcome, other=other)


def dutch(profile: Profile) -> Outcome:
    """Lower the price from the highest that anybody would pay; whoever calls first pays it."""
    calls = {bid.bidder: bid.amount for bid in profile.bids if bid.amount is not None}
    for price in sorted(calls.values(), reverse=True):
        if price >= profile.reserve:
            callers = tuple(sorted(bidder for bidder, amount in calls.items() if amount == price))
            return Sale(callers[0], price, callers)
    return NoSale()


def forward(draw: Draw) -> Profile:
    return profiles(draw, 2, (Direction.FORWARD,))


def judged(*, against: object) -> RuleReport:
    clause = sells_as_the_other.to(against)  # type: ignore[arg-type]  # rules of one family
    return judge_grid(Grid("all", "", Mechanism(dutch, forward, (clause,)), (0, 1, 2)))


def test_a_dutch_auction_sells_as_a_first_price_one() -> None:
    verdict = judged(against=first_price).verdicts[0]

    assert (verdict.clause.id, verdict.clause.sentence) == (
        "test_comparisons.sells_as_the_other",
        "It sells to whom the other does, at the same price.",
    )
    assert (verdict.status, verdict.combinations) == (Status.HOLDS, 60)


def test_it_does_not_sell_as_a_second_price_one_and_the_smallest_profile_shows_both_outcomes() -> None:
    verdict = judged(against=second_price).verdicts[0]

    assert (verdict.status, dict(verdict.given)) == (
        Status.VIOLATED,
        {"bidders": 1, "direction": Direction.FORWARD, "bidder0 bids": True, "bidder0": 1, "reserve": 0},
    )
    assert (verdict.facts["outcome"], verdict.facts["other"]) == (Sale("bidder0", 1, ("bidder0",)), Sale("bidder0", 0, ("bidder0",)))


def test_a_comparison_says_something() -> None:
    with pytest.raises(ValueError, match="says nothing"):
        compares(lambda profile, outcome, other: ())  # noqa: ARG005
