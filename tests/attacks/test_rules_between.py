"""Rules that go wrong between two places that lie near each other, or where amounts meet, which no profile hits by chance."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.followed import Followed
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.registry import protocol
from concordant.spec.auctions.shared.auctions import Direction, Outcome, Profile, Sale, made, truthful_bidding
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import Amount

Bids = list[Amount]

SMALL = protocol("vickrey_auction").grids[0]
RIGHT: Callable[[Profile], Outcome] = SMALL.mechanism.rule
THIRD: Amount = Fraction(1, 3)


def in_steps(bids: Bids) -> bool:
    return len(bids) > 2 and bids[0] == 3 * bids[1] + 1 and bids[1] == 2 * bids[2] + 5


def asked_before(bids: Bids) -> bool:
    above, below = bids[0] > 5 * bids[1] + 3, bids[0] < 5 * bids[1] + 3 + THIRD
    return above and below


WRONG: dict[str, Callable[[Bids], bool]] = {
    "between two places": lambda bids: 2 * bids[1] + 7 < bids[0] < 2 * bids[1] + 7 + THIRD,
    "between two places that are both asked for": asked_before,
    "where amounts meet": lambda bids: bids[0] == 3 * bids[1] + 5,
    "where amounts meet twice": in_steps,
    "where five amounts meet that are not the same": lambda bids: len(bids) > 4 and bids[0] == sum(bids[1:]) and len(set(bids)) > 3,
    "near a multiple": lambda bids: bids[1] > 2 and -THIRD < bids[0] - 9 * bids[1] < THIRD,
    "at half a sum": lambda bids: Fraction(bids[0] + 5, 2) == 4 * bids[1],
    "at a product": lambda bids: bids[0] * bids[1] == 5040 * 7,
    "at a square": lambda bids: bids[0] == bids[1] * bids[1] + 3,
    "at a remainder": lambda bids: (7 * bids[0] + bids[1]) % 1013 == 5,
    "at a quotient": lambda bids: bids[0] // (bids[1] + 1) == 313,
}


def rule_of(wrong: Callable[[Bids], bool], instead: Callable[[Profile, Sale], Outcome]) -> Callable[[Profile], Outcome]:
    def rule(profile: Profile) -> Outcome:
        outcome = RIGHT(profile)
        bids = sorted(made(profile).values(), reverse=True) if isinstance(outcome, Sale) else []
        return instead(profile, outcome) if isinstance(outcome, Sale) and len(bids) > 1 and wrong(bids) else outcome

    return rule


def at_its_bid(profile: Profile, sale: Sale) -> Outcome:
    return evolve(sale, price=made(profile)[sale.winner])


def statuses(rule: Callable[[Profile], Outcome], clause: Any) -> set[Status]:
    return {
        verdict.status for verdict in judge_grid(evolve(SMALL, mechanism=evolve(SMALL.mechanism, rule=rule, promises=(clause,)))).verdicts
    }


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_rule_that_goes_wrong_only_where_amounts_meet_is_refuted_by_what_it_compares(wrong: Callable[[Bids], bool]) -> None:
    assert Status.VIOLATED in statuses(rule_of(wrong, at_its_bid), price_is_the_best_of_the_others)


def test_a_lie_that_pays_only_between_two_places_is_found_by_what_the_rule_compares() -> None:
    def cheap(profile: Profile) -> Outcome:
        sale = RIGHT(profile)
        if not isinstance(sale, Sale) or profile.direction is Direction.REVERSE:
            return sale
        return evolve(sale, price=0) if 11 * sale.price + 7 < made(profile)[sale.winner] < 11 * sale.price + 7 + THIRD else sale

    assert Status.VIOLATED in statuses(cheap, truthful_bidding)


def test_a_rule_that_keeps_outcomes_of_its_own_is_given_no_amount_that_tells() -> None:
    kept: Callable[[Profile], Outcome] = cache(RIGHT)
    followed: list[tuple[bool, bool]] = []

    def rule(profile: Profile) -> Outcome:
        outcome = kept(profile)
        followed.append(
            (
                any(type(amount) is Followed for amount in (profile.reserve, *made(profile).values())),
                isinstance(outcome, Sale) and type(outcome.price) is Followed,
            )
        )
        return outcome

    assert statuses(rule, price_is_the_best_of_the_others) == {Status.HOLDS}
    assert (True, True) in followed
    assert (False, True) not in followed
