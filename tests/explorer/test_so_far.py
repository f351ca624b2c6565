"""Judging everywhere: the same verdicts as the explorer gives, the shortest run where one tells, and nothing said of what was not explored."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.so_far import Everything, SoFar, explored
from concordant.checks.explorer.truths import Here
from concordant.checks.explorer.viewpoint import Explorer
from concordant.spec.vocabulary import Sometimes
from concordant.spec.voting.unanimous_consent import acceptance_needs_every_consent

PLENTY = Budget(states=100_000)


@pytest.mark.parametrize("name", ["POL-7", "resource_pool.KeepsAUnit", "unanimous_consent"])
def test_it_comes_to_what_exploring_comes_to_with_runs_as_short(name: str) -> None:
    explorer = Explorer(setting(name))
    found, report = explored(explorer, PLENTY), explore(explorer.setting.system)

    assert (found.states, found.stopped) == (report.states, None)
    for each in found.clauses:
        verdict = report.verdict(each.clause)
        if each.run is not None:
            truth = next(truth for truth in explorer.at(each.run).truths if truth.clause.id == each.clause.id)
            assert truth.here is (Here.REACHED if isinstance(each.clause, Sometimes) else Here.FALSE if each.promised else Here.UNPROMISED)
        if each.promised:
            assert (each.run is None) == (verdict.trace is None), each.clause.id
            assert each.run is None or len(each.run) == len(verdict.trace or ())
            assert (verdict.status is Status.VIOLATED) == (each.tone(None) == "bad")


def test_what_was_not_explored_is_not_spoken_of() -> None:
    heard: list[tuple[Everything, int]] = []
    found = explored(Explorer(setting("unanimous_consent")), Budget(states=20), lambda known, depth: heard.append((known, depth)))

    assert found.stopped is not None
    assert found.says.endswith("what lies further is unknown")
    assert heard
    for each in found.clauses:
        assert "in all" not in each.said(found.states, found.stopped)


def test_it_is_said_in_words() -> None:
    clause = acceptance_needs_every_consent

    assert SoFar(clause, promised=True, cases=3, run=None).said(1200, None) == "no violation in all 1,200 states"
    assert SoFar(clause, promised=True, cases=3, run=None).said(1200, "time") == "no violation in 1,200 states so far"
    assert SoFar(clause, promised=True, cases=0, run=None).said(1, None) == "no case in all 1 state"
    assert SoFar(clause, promised=False, cases=3, run=(0, 1)).said(1, None) == "false after 2 moves, where it is not promised"
