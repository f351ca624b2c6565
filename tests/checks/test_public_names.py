"""The public names of `concordant.checks`: each loads, and is what its home calls it."""

from __future__ import annotations

import pytest

import concordant.checks
from concordant.checks import Budget, Counts, Grid, Report, Scope, explore, judge, refute
from concordant.checks.starting import halves, lock


def test_every_public_name_loads() -> None:
    found = {name: getattr(concordant.checks, name) for name in concordant.checks.__all__}

    assert {"Budget", "Family", "Reductions", "cross", "explore", "judge", "refute", "walk"} <= set(found)
    assert all(callable(each) for each in found.values())


def test_another_name_is_an_error_that_says_so() -> None:
    with pytest.raises(AttributeError, match=r"module 'concordant.checks' has no attribute 'exlpore'"):
        _ = concordant.checks.exlpore


def test_a_system_a_rule_and_a_mistake_are_judged_by_three_calls() -> None:
    report: Report = explore(lock.system(), budget=Budget(states=100))
    assert isinstance(lock.TWO_CLIENTS, Scope)
    assert Counts(report.states, report.transitions, report.depth) == lock.TWO_CLIENTS.expected
    assert isinstance(halves.SMALL, Grid)
    assert [verdict.status.value for verdict in judge(halves.SMALL).verdicts] == ["holds"] * 4
    assert refute(lock.MISTAKE).refuted
