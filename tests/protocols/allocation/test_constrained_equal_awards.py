"""Constrained equal awards, claims in and awards out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.refimpl.allocation.constrained_equal_awards import equal_awards
from concordant.spec.allocation.shared.claims import DUPLICATE_CLAIMANT, NEGATIVE, NO_CLAIMANTS, NOT_EXACT, Awards, Claim, Problem
from concordant.spec.vocabulary import Map, Rejected


@pytest.mark.parametrize(
    ("amounts", "estate", "given"),
    [
        ((4, 4, 4), 6, (2, 2, 2)),
        ((4, 1, 4), 6, (Fraction(5, 2), 1, Fraction(5, 2))),
        ((1, 2, 3), 9, (1, 2, 3)),
        ((0, 0, 0), 1, (0, 0, 0)),
        ((5,), Fraction(1, 2), (Fraction(1, 2),)),
    ],
)
def test_everybody_gets_the_same_but_no_more_than_it_claims(amounts: tuple[int, ...], estate: int, given: tuple[int, ...]) -> None:
    names = [f"claimant{number}" for number in range(len(amounts))]
    divided = Problem(tuple(Claim(name, amount) for name, amount in zip(names, amounts, strict=True)), estate)

    assert equal_awards(divided) == Awards(Map.of(dict(zip(names, given, strict=True))))


@pytest.mark.parametrize(
    ("divided", "reason"),
    [
        (Problem((), 1), NO_CLAIMANTS),
        (Problem((Claim("ann", 1), Claim("ann", 1)), 1), DUPLICATE_CLAIMANT),
        (Problem((Claim("ann", float("nan")),), 1), NOT_EXACT),  # type: ignore[arg-type]  # that is what is rejected
        (Problem((Claim("ann", -1),), 1), NEGATIVE),
    ],
)
def test_each_rule_of_a_problem_has_its_reason(divided: Problem, reason: Rejected) -> None:
    assert equal_awards(divided) == reason
