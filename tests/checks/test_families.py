"""Families: every combination of draws, reported as one."""

from __future__ import annotations

import gc
from typing import Any
from weakref import ref

import pytest

from concordant.checks.exploration import families
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family, members
from concordant.checks.exploration.report import Report, Status
from concordant.pitfalls.workflows.stage_executor.running import Unvalidated
from concordant.refimpl.machine import System
from concordant.refimpl.workflows.stage_executor import system
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.stage_executor import Log
from concordant.spec.workflows.stage_executor.clauses import no_deadlock, two_run_at_once


def pairs(draw: Draw) -> System[Log] | None:
    """Two stages that depend on each other in every way; a stage that depends on itself is not of the family."""
    after = {name: draw.one_of(f"{name} after", ("", "a", "b")) for name in "ab"}
    if "a" in after["a"] or "b" in after["b"]:
        return None
    stages = tuple(Stage(name, (before,) if before else ()) for name, before in after.items())
    return system(stages, executor=Unvalidated, failures=0, promises=(no_deadlock, two_run_at_once))


def test_a_combination_that_gives_no_system_is_left_out() -> None:
    assert [given for given, _ in members(Family("pairs", "", pairs))] == [
        {"a after": "", "b after": ""},
        {"a after": "", "b after": "a"},
        {"a after": "b", "b after": ""},
        {"a after": "b", "b after": "a"},
    ]


def test_totals_are_of_all_members_and_a_violation_names_the_member_that_shows_it() -> None:
    report = explore_family(Family("pairs", "", pairs))

    # both at once: 5 states; one after the other, twice: 4 each; in a circle: 2
    assert (report.members, report.states, report.depth) == (4, 5 + 4 + 4 + 2, 4)
    stuck = report.verdict(no_deadlock)
    assert (stuck.status, stuck.length, stuck.given) == (Status.VIOLATED, 1, {"a after": "b", "b after": "a"})
    together = report.verdict(two_run_at_once)
    assert (together.status, together.given) == (Status.HOLDS, {"a after": "", "b after": ""})


def test_a_family_whose_budget_is_spent_is_inconclusive() -> None:
    report = explore_family(Family("pairs", "", pairs), Budget(states=6))

    assert report.stopped == "budget of 6 states spent"
    assert report.verdict(no_deadlock).status is Status.INCONCLUSIVE
    assert report.verdict(two_run_at_once).status is Status.HOLDS


def test_a_family_without_members_is_refused() -> None:
    with pytest.raises(ValueError, match="family nobody has no member"):
        explore_family(Family("nobody", "", lambda draw: None))  # noqa: ARG005


def test_what_searches_of_members_leave_behind_is_given_back_after_some(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[ref[System[Log]]] = []

    def explorer(system: System[Log], **options: Any) -> Report:
        searched.append(ref(system))
        return explore(system, **options)

    monkeypatch.setattr(families, "TOGETHER", 2)
    gc.disable()
    try:
        report = explore_family(Family("pairs", "", pairs), explorer=explorer)
    finally:
        gc.enable()

    assert (report.members, [each() is None for each in searched[:3]]) == (4, [True] * 3)
