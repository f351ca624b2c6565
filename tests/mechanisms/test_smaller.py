"""What fails at random is made smaller, and soon told, also where amounts must stay near each other."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.mechanisms.report import Counterexample
from concordant.checks.mechanisms.smaller import smaller
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Cases, case, for_all

from .toys import Claims, Shares, halves


@pytest.mark.parametrize(("least", "smallest"), [(0, (0, 0)), (20, (20, 20))], ids=["down to nothing", "down to what is enough"])
def test_large_amounts_that_must_stay_near_each_other_are_made_smaller_together(least: int, smallest: tuple[int, int]) -> None:
    assert near_each_other(least).draws == dict(zip(("one", "other"), smallest, strict=True))


def test_a_counterexample_is_made_smaller_so_often_and_no_oftener() -> None:
    other: Any = near_each_other(10**6).draws["other"]

    assert 10**6 < other < 2 * 10**6


def near_each_other(least: int) -> Counterexample:
    @for_all
    def not_near(profile: Claims, outcome: Shares) -> Cases:  # noqa: ARG001
        """The first of two claims is below the second, or above it by 9 and more, or that is little."""
        one, other = profile.claims
        yield case(not 0 <= one - other < 9 or other < least)

    two = Mechanism(halves, lambda draw: Claims((draw.amount("one"), draw.amount("other"))), (not_near,))
    return smaller(two, not_near, {"one": 10**10 + 14, "other": 10**10 + 6})
