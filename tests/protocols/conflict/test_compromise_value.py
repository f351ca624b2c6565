"""Three ways to make one value of many, requests in and value out."""

from __future__ import annotations

from fractions import Fraction
from statistics import median_low
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.pitfalls.conflict.compromise_value import as_suggested, as_written
from concordant.refimpl.conflict.compromise_value import MEDIAN, mean, median, weighted_mean
from concordant.spec.conflict.compromise_value import (
    DUPLICATE_AGENT,
    NEGATIVE_WEIGHT,
    NOBODY_ASKS,
    NOBODY_WEIGHS,
    NOT_EXACT,
    Compromise,
    Conflict,
    Method,
    Request,
    conflicts_at_large,
    lower_median,
    mean_by_weight,
    mean_of_the_requests,
    no_lie_helps_whatever_is_single_peaked,
    other_units_change_nothing,
    utility,
)
from concordant.spec.vocabulary import Recorded, Rejected

HALF = Fraction(1, 2)


def conflict(*values: Any, weights: tuple[Any, ...] = (1, 1, 1, 1)) -> Conflict:
    return Conflict(tuple(Request(*each) for each in zip(("ann", "bob", "cay", "dan"), values, weights, strict=False)))


@pytest.mark.parametrize(
    ("asked", "one", "by_weight", "middle"),
    [
        (conflict(5), 5, 5, 5),
        (conflict(Fraction(1, 10), Fraction(3, 2)), Fraction(4, 5), Fraction(4, 5), Fraction(1, 10)),
        (conflict(0, 2, 2, weights=(3, 1, 1)), Fraction(4, 3), Fraction(4, 5), 2),
        (conflict(3, 1, 2, 0), Fraction(3, 2), Fraction(3, 2), 1),
        (conflict(-3, 1, weights=(0, HALF)), -1, 1, -3),
    ],
)
def test_the_mean_counts_all_alike_the_weighted_mean_by_weight_and_the_median_takes_the_lower_middle(
    asked: Conflict, one: Any, by_weight: Any, middle: Any
) -> None:
    assert mean(asked) == Compromise(one, Method.MEAN)
    assert weighted_mean(asked) == Compromise(by_weight, Method.WEIGHTED_MEAN)
    assert median(asked) == Compromise(middle, Method.MEDIAN)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Conflict(()), NOBODY_ASKS),
        (Conflict((Request("ann", 1), Request("ann", 1))), DUPLICATE_AGENT),
        (conflict("fast", "slow"), NOT_EXACT),
        (conflict(1, weights=(float("nan"),)), NOT_EXACT),
        (conflict(0, 1, weights=(-1, 2)), NEGATIVE_WEIGHT),
        (conflict(0, 1, weights=(0, 0)), NOBODY_WEIGHS),
    ],
)
def test_each_rule_of_a_conflict_has_its_reason(asked: Conflict, reason: Rejected) -> None:
    assert (mean(asked), weighted_mean(asked), median(asked)) == (reason, reason, reason)


@pytest.mark.parametrize("value", [0, 1])
def test_what_is_off_is_no_mean_and_no_median(value: Any) -> None:
    asked = conflict(HALF, HALF)

    assert [each.holds for each in mean_of_the_requests.cases(asked, Compromise(value, Method.MEAN))] == [False]
    assert [each.holds for each in mean_by_weight.cases(asked, Compromise(value, Method.WEIGHTED_MEAN))] == [False]
    assert [each.holds for each in lower_median.cases(asked, Compromise(value, Method.MEDIAN))] == [False]


@pytest.mark.parametrize(
    ("low", "high", "agent", "holds"), [(1, 3, "ann", True), (3, 1, "ann", False), (3, 1, "cay", True), (1, 3, "cay", False)]
)
def test_a_value_that_a_lie_brings_nearer_is_refuted_on_either_side(low: int, high: int, agent: str, holds: bool) -> None:
    outcomes = iter((Compromise(low, Method.MEDIAN), Compromise(high, Method.MEDIAN)))
    record = Recorded({"who lies": agent, "the lie": 2})
    (case,) = no_lie_helps_whatever_is_single_peaked.cases(lambda _: next(outcomes), conflict(0, 2, 4), record)

    assert case.holds is holds


def test_a_value_is_worth_less_the_farther_it_is_and_a_rejection_nothing() -> None:
    assert [utility(conflict(3), "ann", Compromise(value, Method.MEAN)) for value in (1, 3, 4)] == [-2, 0, -1]
    assert utility(conflict(3), "ann", NOBODY_ASKS) == 0


def test_agents_at_large_may_ask_for_less_than_nothing() -> None:
    draws = {"agents": 1, "agent 0": "b", "b": 2, "b asks below zero": True, "b weighs": 1}

    assert conflicts_at_large(Recorded(draws)) == Conflict((Request("b", -2, 1),))


@pytest.mark.parametrize(
    ("draws", "drawn"),
    [
        ({"flaw": "nobody asks"}, Conflict(())),
        ({"flaw": "one asks twice"}, Conflict((Request("agent0", 0), Request("agent1", 1), Request("agent0", 0)))),
        ({"flaw": "a value", "it is": "a text"}, Conflict((Request("agent0", 0), Request("agent1", "1")))),  # type: ignore[arg-type]
        ({"flaw": "the only value", "it is": "nothing"}, Conflict((Request("agent1", None),))),  # type: ignore[arg-type]
        ({"flaw": "a weight", "it is": "a truth"}, Conflict((Request("agent0", 0, True), Request("agent1", 1, 2)))),
        ({"flaw": "the last weight", "it is": "nothing"}, Conflict((Request("agent0", 0, 2), Request("agent1", 1, None)))),  # type: ignore[arg-type]
        ({"flaw": "no weight"}, Conflict((Request("agent0", 0, 0), Request("agent1", 1, 0)))),
    ],
)
def test_malformed_conflicts_have_one_flaw(draws: dict[str, object], drawn: Conflict) -> None:
    assert MEDIAN.on_malformed().profiles(Recorded({"agent0": 0, "agent1": 1, **draws})) == drawn


def test_the_documents_rule_tells_the_median_and_gives_the_weighted_mean() -> None:
    assert as_written(conflict(0, 2, 2, weights=(3, 1, 1))) == Compromise(Fraction(4, 5), Method.MEDIAN)
    assert as_written(conflict(0, 1, weights=(-1, 2))) == Compromise(2, Method.WEIGHTED_MEAN)


def test_the_method_that_is_suggested_depends_on_the_unit() -> None:
    assert as_suggested(conflict(0, 2)) == Compromise(0, Method.MEDIAN)
    assert as_suggested(conflict(0, 1)) == Compromise(HALF, Method.WEIGHTED_MEAN)
    assert as_suggested(conflict(0, 0)) == Compromise(0, Method.MEAN)
    assert as_suggested(conflict()) == NOBODY_ASKS
    record = Recorded({"the unit is worth": Fraction(1, 10), "counted from": 0})
    assert [each.holds for each in other_units_change_nothing.cases(as_suggested, conflict(0, 2), record)] == [False]


@given(st.lists(st.fractions(), min_size=1, max_size=9))
def test_the_median_is_that_of_the_standard_library(values: list[Fraction]) -> None:
    asked = Conflict(tuple(Request(f"agent{number}", value) for number, value in enumerate(values)))

    assert median(asked) == Compromise(median_low(values), Method.MEDIAN)
