"""Rules that are wrong at the largest amount that may be drawn, or between that and small ones: random profiles came to neither."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from random import Random as Chance
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.at_random import Random
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Cases, Draw, Map, case, for_all


@frozen
class Offers:
    percent: Map[str, int]


@frozen
class Best:
    who: str
    percent: int


def offers(draw: Draw) -> Offers:
    return Offers(Map.of({name: floor(draw.amount(f"percent of {name}", at_most=100)) for name in ("ann", "bob", "cho")}))


@for_all
def the_best_offer_is_taken(offers: Offers, best: Best) -> Cases:
    """The best offer is taken, and told as it is."""
    yield case(all(percent <= offers.percent[best.who] for percent in offers.percent.values()))
    yield case(best.percent == offers.percent[best.who])


def statuses(key: Callable[[int], Any], told: Callable[[int], int] = lambda percent: percent) -> set[Status]:
    def rule(offers: Offers) -> Best:
        who = max(offers.percent, key=lambda name: key(offers.percent[name]))
        return Best(who, told(offers.percent[who]))

    promised = Mechanism(rule, offers, (the_best_offer_is_taken,))
    return {verdict.status for verdict in judge_grid(Grid("small", "", promised, (0, 1, 2))).verdicts}


@pytest.mark.parametrize("key", [lambda percent: f"{percent:02}", lambda percent: str(percent).zfill(2)], ids=["two digits", "a text"])
def test_a_rule_that_is_wrong_only_at_a_hundred_percent_is_refuted(key: Callable[[int], str]) -> None:
    assert Status.VIOLATED in statuses(key)


def test_a_rule_that_tells_only_the_first_two_digits_is_refuted() -> None:
    assert Status.VIOLATED in statuses(lambda percent: percent, lambda percent: int(str(percent)[:2]))


def test_a_rule_that_is_right_up_to_the_bound_holds() -> None:
    assert statuses(lambda percent: f"{percent:03}") == {Status.HOLDS}


def test_an_amount_up_to_a_bound_is_that_bound_or_next_to_it_or_somewhere_between_now_and_then() -> None:
    drawn = [Random(Chance(seed)).amount("percent", at_most=100) for seed in range(400)]  # noqa: S311  # not for secrets

    assert all(0 <= each <= 100 for each in drawn)
    assert {100} < {each for each in drawn if each > 99}
    assert any(20 < each < 90 for each in drawn)
