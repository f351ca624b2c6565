"""Which engine is taken is seen while one runs; where that changes, everything is begun anew and nothing else is different."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration import choosing
from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.exploration.choosing import Sight, explore_as_suits
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report
from concordant.checks.questions.scope import answer_of
from concordant.checks.registry import protocol
from concordant.checks.reports.words import counts_line
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.kernel.words import KNOWN, named, width_of
from concordant.checks.tabulated.numbers import Unsuited
from concordant.refimpl.machine import System
from tests.oracles.two_phase import two_phase
from tests.tabulated.equality import found
from tests.tabulated.narrow_systems import counter, ring

FIRST = 50
"""States before the first look, here."""
LEFT = 70
"""Seconds that the reference is said to have left."""


@pytest.fixture(autouse=True)
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be looked early."""
    monkeypatch.setattr(choosing, "LOOK", FIRST)
    monkeypatch.setattr(choosing, "LOOK_AT_ORBITS", FIRST // 5)


def compiled(monkeypatch: pytest.MonkeyPatch, *, already: bool) -> None:
    monkeypatch.setattr(choosing, "is_compiled", lambda _: already)


def assert_same(system: System[Any], report: Report, reductions: Reductions | None = None) -> None:
    assert found(report) == found(explore(system, reductions=reductions))


def test_where_states_are_combinations_of_few_parts_tables_take_over_and_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    system = two_phase(3)

    report = explore_as_suits(system)

    assert report.engine == "tabulated"
    assert FIRST <= report.begun_anew < report.states
    assert_same(system, report)


def test_up_to_symmetry_they_take_over_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    system, symmetry = two_phase(4), Reductions(symmetry=True)

    report = explore_as_suits(system, reductions=symmetry)

    assert report.engine == "tabulated"
    assert FIRST // 5 <= report.begun_anew < report.states
    assert_same(system, report, symmetry)


@pytest.mark.parametrize("system", [counter(4 * FIRST), ring(8, 20)])
def test_where_each_state_brings_an_answer_of_its_own_it_is_left_to_the_reference(
    system: System[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(monkeypatch, already=True)

    report = explore_as_suits(system)

    assert (report.engine, report.begun_anew) == ("reference", 0)
    assert_same(system, report)


def test_what_tables_cannot_hold_is_left_to_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    asked: list[str] = []

    def tables(*_: object, **__: object) -> Report:
        asked.append("tables")
        raise Unsuited("a process that may do very many things")

    monkeypatch.setattr("concordant.checks.tabulated.explore.explore_tabulated", tables)
    delayed = next(scope.system for scope in protocol("nakamoto_consensus").scopes if scope.name == "in_time")
    assert delayed.network.delay is not None

    reports = explore_as_suits(delayed), explore_as_suits(two_phase(3))

    assert asked == ["tables"]  # of two-phase commit alone
    assert [(report.engine, report.complete, report.begun_anew) for report in reports] == [("reference", True, 0)] * 2


def test_what_has_to_be_compiled_first_takes_over_later(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=False)

    assert explore_as_suits(two_phase(3)).engine == "reference"  # 288 states, of less than ten times 50
    late = explore_as_suits(two_phase(4))

    assert late.engine == "tabulated"
    assert late.begun_anew >= choosing.TO_COMPILE * FIRST


def test_narrow_levels_and_many_answers_each_speak_against_tables_since_the_look_before() -> None:
    before = Sight(1_000, 10, 900)

    assert Sight(2_000, 20, 1_000).suits_tables(before)
    assert not Sight(2_000, 500, 1_000).suits_tables(before)
    assert not Sight(2_000, 20, 1_900).suits_tables(before)
    assert Sight(2_000, 200, 1_000).suits_tables(before, symmetric=True)


def test_a_budget_is_that_of_both_together(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    given: list[Budget] = []

    def tables(system: System[Any], *, budget: Budget, **_: Any) -> Report:
        given.append(budget)
        return explore(system, budget=budget)

    monkeypatch.setattr("concordant.checks.tabulated.explore.explore_tabulated", tables)
    monkeypatch.setattr(Meter, "rest", lambda meter, _: evolve(meter.budget, seconds=LEFT))

    stopped = explore_as_suits(two_phase(3), budget=Budget(seconds=100, states=200))

    assert given == [Budget(seconds=LEFT, states=200)]
    assert stopped.stopped == "budget of 200 states spent"


def test_where_tables_have_no_room_the_reference_has_what_is_left_after_them(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    rests, given = iter((90, 40)), list[float | None]()

    def tables(*_: object, budget: Budget, **__: object) -> Report:
        given.append(budget.seconds)
        raise Unsuited("a process that may do very many things")

    def reference(system: System[Any], *, budget: Budget, **_: Any) -> Report:
        given.append(budget.seconds)
        return explore(system)

    monkeypatch.setattr("concordant.checks.tabulated.explore.explore_tabulated", tables)
    monkeypatch.setattr(choosing, "explore", reference)
    monkeypatch.setattr(Meter, "rest", lambda meter, _: evolve(meter.budget, seconds=next(rests)))

    explore_as_suits(two_phase(3), budget=Budget(seconds=100))

    assert given == [90, 40]


def test_a_budget_that_ends_before_the_first_look_ends_the_reference() -> None:
    report = explore_as_suits(two_phase(3), budget=Budget(states=FIRST - 10))

    assert (report.engine, report.stopped) == ("reference", f"budget of {FIRST - 10} states spent")


def test_it_is_said_that_everything_was_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(monkeypatch, already=True)
    report = explore_as_suits(two_phase(3))

    line = counts_line(answer_of("scope:two_phase_commit/any", "two_phase_commit", "", None, report))

    assert f"by the tabulated engine; begun anew after {report.begun_anew:,} states by the reference" in line


# ---- rows for whose width nothing of its own is compiled, which `make compiled` leaves to whoever needs it


@pytest.mark.parametrize("words", [1, KNOWN, *(pytest.param(words, marks=pytest.mark.thorough) for words in (KNOWN + 1, KNOWN + 3))])
def test_rows_of_whatever_width_hold_the_same(words: int) -> None:
    system = ring(12, 3, 2)

    assert found(explore_tabulated(system, tuning=Tuning(words=words))) == found(explore(system))


@pytest.mark.thorough
def test_rows_that_grow_word_by_word_hold_the_same() -> None:
    system = ring(20, 2, 2)

    assert found(explore_tabulated(system, tuning=Tuning(word_bits=8))) == found(explore(system))


def test_all_that_are_wide_share_what_is_compiled() -> None:
    assert named(KNOWN + 1) == named(KNOWN + 7) != named(KNOWN)
    assert [len(width_of(words)) for words in (1, KNOWN, KNOWN + 1, KNOWN + 7)] == [1, KNOWN, KNOWN + 1, KNOWN + 7]
