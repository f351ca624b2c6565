"""The proportional rule, claims in and awards out, and its version for whole units."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import Enumeration
from concordant.refimpl.allocation.proportional_allocation import PROPORTIONAL_RULE, largest_remainder, proportional
from concordant.refimpl.machine import Mechanism
from concordant.spec.allocation.constrained_equal_awards import CLAUSES as EQUAL_AWARDS
from concordant.spec.allocation.proportional_allocation import (
    CLAUSES,
    WHOLE,
    counted_in_any_order,
    larger_remainders_come_first,
    quota,
    units_are_whole,
)
from concordant.spec.allocation.shared.claims import (
    DUPLICATE_CLAIMANT,
    NEGATIVE,
    NO_CLAIMANTS,
    NOT_EXACT,
    NOT_WHOLE,
    Awards,
    Claim,
    Outcome,
    Problem,
    bounded_by_claims,
    efficient,
    every_claimant_gets_an_award,
    utility,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected, RuleClause

HALF = Fraction(1, 2)


def problem(estate: Any, **claims: Any) -> Problem:
    return Problem(tuple(Claim(claimant, amount) for claimant, amount in claims.items()), estate)


def awards(**of: Amount) -> Awards:
    return Awards(Map.of(of))


@pytest.mark.parametrize(
    ("divided", "outcome"),
    [
        (problem(3, ann=1, bob=2, cay=2), awards(ann=Fraction(3, 5), bob=Fraction(6, 5), cay=Fraction(6, 5))),
        (problem(10, ann=1, bob=1), awards(ann=1, bob=1)),
        (problem(0, ann=1, bob=0), awards(ann=0, bob=0)),
        (problem(0, ann=0), awards(ann=0)),
        (problem(HALF, bob=1, ann=1), awards(ann=Fraction(1, 4), bob=Fraction(1, 4))),
    ],
)
def test_claims_are_met_if_they_can_be_and_else_cut_in_proportion(divided: Problem, outcome: Awards) -> None:
    assert proportional(divided) == outcome


@pytest.mark.parametrize(
    ("divided", "outcome"),
    [
        (problem(1, ann=1, bob=1, cay=1), awards(ann=1, bob=0, cay=0)),
        (problem(1, cay=1, bob=1), awards(bob=1, cay=0)),
        (problem(3, ann=1, bob=3, cay=3), awards(ann=1, bob=1, cay=1)),
        (problem(4, ann=1, bob=3, cay=3), awards(ann=0, bob=2, cay=2)),
        (problem(9, ann=1, bob=3), awards(ann=1, bob=3)),
        (problem(5, ann=0, bob=0), awards(ann=0, bob=0)),
    ],
)
def test_whole_units_that_remain_go_to_the_largest_remainders_and_of_equal_ones_to_the_first_by_name(
    divided: Problem, outcome: Awards
) -> None:
    assert largest_remainder(divided) == outcome


@pytest.mark.parametrize(
    ("divided", "reason"),
    [
        (problem(1), NO_CLAIMANTS),
        (Problem((Claim("ann", 1), Claim("ann", 1)), 1), DUPLICATE_CLAIMANT),
        (problem(float("nan"), ann=1), NOT_EXACT),
        (problem(1, ann=None), NOT_EXACT),
        (problem(1, ann=True), NOT_EXACT),
        (problem(1, ann=-1), NEGATIVE),
        (problem(-1, ann=1), NEGATIVE),
    ],
)
def test_each_rule_of_a_problem_has_its_reason(divided: Problem, reason: Rejected) -> None:
    assert (proportional(divided), largest_remainder(divided)) == (reason, reason)


@pytest.mark.parametrize("divided", [problem(1, ann=HALF), problem(HALF, ann=1)])
def test_a_part_of_a_unit_is_rejected_where_units_are_whole_and_divided_where_they_are_not(divided: Problem) -> None:
    assert (largest_remainder(divided), proportional(divided)) == (NOT_WHOLE, awards(ann=HALF))


def test_what_is_not_needed_is_worth_nothing_and_neither_is_a_rejection() -> None:
    needed = problem(5, ann=2, bob=3)

    assert [utility(needed, "ann", awards(ann=award, bob=0)) for award in (0, 1, 2, 3)] == [0, 1, 2, 2]
    assert utility(needed, "ann", NEGATIVE) == 0


def test_the_clause_on_awards_notices_a_missing_claimant_a_stranger_a_float_and_a_rejection() -> None:
    divided = problem(1, ann=1)
    floats: Any = {"ann": 1.0}
    outcomes: tuple[Outcome, ...] = (awards(ann=1), awards(), awards(ann=1, bob=0), Awards(Map.of(floats)), NO_CLAIMANTS)

    assert [[each.holds for each in every_claimant_gets_an_award.cases(divided, outcome)] for outcome in outcomes] == [
        [True],
        *[[False]] * 4,
    ]


@pytest.mark.parametrize(
    ("draws", "drawn"),
    [
        ({"flaw": "nobody claims"}, problem(2)),
        ({"flaw": "one claims twice"}, Problem((Claim("claimant0", 0), Claim("claimant1", 1), Claim("claimant0", 0)), 2)),
        ({"flaw": "a claim", "it is": "nothing"}, problem(2, claimant0=0, claimant1=1, claimant2=None)),
        ({"flaw": "the estate", "it is": "a text"}, problem("1", claimant0=0, claimant1=1)),
    ],
)
def test_malformed_problems_have_one_flaw(draws: dict[str, object], drawn: Problem) -> None:
    assert PROPORTIONAL_RULE.on_malformed().profiles(Recorded({"claimant0": 0, "claimant1": 1, "estate": 2, **draws})) == drawn


def test_claims_may_come_in_any_order() -> None:
    draws = {"claimants": 2, "claimant0": HALF, "claimant1": 1, "estate": 1, "order": (1, 0)}

    assert counted_in_any_order(Recorded(draws), 2, (HALF, 1)) == problem(1, claimant1=1, claimant0=HALF)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8), st.integers(0, 5000))
def test_many_whole_units_are_divided_within_quota(amounts: list[int], estate: int) -> None:
    divided = Problem(tuple(Claim(f"claimant{number}", amount) for number, amount in enumerate(amounts)), estate)
    outcome = largest_remainder(divided)

    for clause in (every_claimant_gets_an_award, efficient, bounded_by_claims, quota, larger_remainders_come_first, units_are_whole):
        cases = list(clause.cases(divided, outcome))
        assert cases or clause is larger_remainders_come_first
        assert [each.facts for each in cases if not each.holds] == []


@pytest.mark.parametrize("clause", dict.fromkeys((*CLAUSES, *WHOLE, *EQUAL_AWARDS)), ids=lambda clause: clause.id)
def test_a_rule_that_rejects_everything_breaks_the_clauses_on_awards_and_on_what_is_rejected(clause: RuleClause) -> None:
    rejecting = Mechanism(lambda _: NEGATIVE, PROPORTIONAL_RULE.on(3).profiles, (clause,))
    status = {
        "every_claimant_gets_an_award": Status.VIOLATED,
        "malformed_problems_are_rejected": Status.VIOLATED,
        "cut_units_are_rejected": Status.VIOLATED,
        "order_of_claims_is_irrelevant": Status.HOLDS,
    }.get(clause.name, Status.VACUOUS)

    assert Enumeration(rejecting, (0, 1), (clause,)).run().tallies[0].verdict(complete=True).status is status
