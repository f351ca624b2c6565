"""Both engines find the same of every model: states, transitions, depth, verdicts, and traces of the same lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from concordant.checks.columns import walking
from concordant.checks.exploration.report import Report, Verdict
from concordant.checks.models.explore import explore_model
from concordant.checks.models.reading import BrokenModel
from concordant.refimpl.machine import Model
from concordant.spec.vocabulary import Now
from tests.models import bounded_queue, die_hard
from tests.models.paxos import paxos
from tests.models.random_models import random_model
from tests.models.readers_writers import readers_writers
from tests.models.test_refused import WRONG
from tests.models.toys import count, doing, goes_round
from tests.models.two_phase import two_phase


def outline(report: Report) -> tuple[Any, ...]:
    counts = report.states, report.transitions, report.depth, report.at_rest, report.beyond, report.stopped, report.never
    return *counts, *map(of_verdict, report.verdicts)


def of_verdict(verdict: Verdict) -> tuple[Any, ...]:
    """Tell how a clause stands, and how long its trace is, up to where a lasso closes: from there on, there may be several ways."""
    length = None if verdict.length is None else verdict.length - (verdict.cycle or 0)
    return verdict.clause.name, verdict.status, length, verdict.cycle is None, verdict.cases == 0


def require_equal(model: Model) -> None:
    plain, tabulated = explore_model(model), explore_model(model, tabulated=True)

    assert outline(plain) == outline(tabulated)
    assert (plain.engine, tabulated.engine) == ("reference", "tabulated")


def is_below_two(now: Now) -> bool:
    return now[count] < 2


BOUNDED = Model((count,), (goes_round,), within=is_below_two)


@pytest.mark.parametrize("model", [die_hard.MODEL, bounded_queue.MODEL, two_phase(3), BOUNDED])
def test_both_engines_find_the_same(model: Model) -> None:
    require_equal(model)


@pytest.mark.parametrize("seeds", [range(6), pytest.param(range(6, 600), marks=pytest.mark.thorough)])
def test_both_engines_find_the_same_of_random_models(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "SEVERAL", 2)  # what shows nothing new is left out of small models, too
    monkeypatch.setattr(walking, "CHUNK", 11)

    for seed in seeds:
        require_equal(random_model(seed))


@pytest.mark.parametrize("managers", [6, pytest.param(8, marks=pytest.mark.thorough)])
def test_two_phase_commit_has_as_many_states_as_where_it_is_processes_and_where_tlc_counts_it(managers: int) -> None:
    report = explore_model(two_phase(managers), tabulated=True)

    expected = {6: (50_816, 402_305, 20), 8: (1_745_408, 18_507_777, 26)}
    assert (report.states, report.transitions, report.depth, report.stopped) == (*expected[managers], None)


@pytest.mark.parametrize(("ballots", "expected"), [(2, (3_921, 17)), pytest.param(3, (185_369, 25), marks=pytest.mark.thorough)])
def test_paxos_has_the_states_that_tlc_finds(ballots: int, expected: tuple[int, int]) -> None:
    report = explore_model(paxos(3, 2, ballots), tabulated=True)

    assert (report.states, report.depth) == expected
    assert {verdict.status.value for verdict in report.verdicts} == {"holds"}


@pytest.mark.thorough
def test_readers_and_writers_have_the_states_that_tlc_finds() -> None:
    report = explore_model(readers_writers(3), tabulated=True)

    assert (report.states, report.transitions, report.depth, report.stopped) == (21_527, 59_673, 13, None)
    assert {verdict.status.value for verdict in report.verdicts} == {"holds"}


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_a_wrong_action_is_refused_by_name(wrong: Callable[..., None], told: str) -> None:
    with pytest.raises(BrokenModel, match=told):
        explore_model(doing(wrong), tabulated=True)
