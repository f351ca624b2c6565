"""Fetching ahead, input in and step out, and the shortest way to what is fetched in vain."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.workflows.prefetch_execution.fetching import UsesWhatItHas
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.prefetch_execution import CLIENT, PREFETCHER, RIVAL, Idle, Prefetcher, Running, as_in_sequence, system
from concordant.spec.vocabulary import Announce, Map, Reply
from concordant.spec.workflows.prefetch_execution import (
    BUSY,
    CANCELLED,
    Began,
    Broke,
    Done,
    Failed,
    Fetched,
    Fetching,
    Missed,
    PrefetchView,
    Ran,
    Run,
    something_is_fetched_in_vain,
)

ONE = Prefetcher(1)
ASKED = Running(CLIENT, 3, fetches=Map.of({0: 0, 1: 0}))
BUSY_WITH_0 = Running(CLIENT, 3, had=(0,), is_busy=True, fetches=Map.of({1: 0}), there=frozenset({0}))
THERE = Running(CLIENT, 3, had=(0,), is_busy=True, fetches=Map.of({1: 0}), there=frozenset({0, 1}))


def test_what_the_next_and_those_in_the_window_need_is_fetched_at_once() -> None:
    assert ONE.start() == step(Idle())
    assert ONE.request(Idle(), CLIENT, Run(3)) == step(ASKED, Announce(Fetching(0, 0)), Announce(Fetching(1, 0)))
    assert ONE.armed(ASKED) == (Fetched(0), Fetched(1))


def test_a_stage_begins_when_what_it_needs_is_there_and_the_window_moves_on() -> None:
    assert ONE.fire(ASKED, Fetched(0)) == step(BUSY_WITH_0, Announce(Began(0, 0)))
    assert ONE.armed(BUSY_WITH_0) == (Ran(changes=False), Ran(changes=True), Fetched(1))
    assert ONE.fire(BUSY_WITH_0, Fetched(1)) == step(THERE)
    assert ONE.fire(THERE, Ran(changes=False)) == step(
        Running(CLIENT, 3, had=(0, 0), is_busy=True, fetches=Map.of({2: 0}), there=frozenset({0, 1})),
        Announce(Began(1, 0)),
        Announce(Fetching(2, 0)),
    )


def test_what_was_fetched_before_the_store_changed_is_fetched_again() -> None:
    assert ONE.fire(THERE, Ran(changes=True)) == step(
        Running(CLIENT, 3, version=1, had=(0,), fetches=Map.of({1: 1, 2: 1})), Announce(Fetching(1, 1)), Announce(Fetching(2, 1))
    )


def test_a_run_ends_with_its_last_stage_and_one_without_stages_at_once() -> None:
    last = Running(CLIENT, 1, had=(0,), is_busy=True)

    assert ONE.fire(last, Ran(changes=True)) == step(Idle(), Reply(CLIENT, Done((0,))))
    assert ONE.request(Idle(), CLIENT, Run(0)) == step(Idle(), Reply(CLIENT, Done(())))
    assert ONE.request(last, RIVAL, Run(1)) == step(last, Reply(RIVAL, BUSY))


FAILING = Prefetcher(1, can_fail=True)
MISSED = evolve(BUSY_WITH_0, missed=frozenset({1}))


def test_a_fetch_that_has_failed_ends_a_run_when_its_stage_is_next_unless_the_store_was_changed() -> None:
    assert FAILING.armed(BUSY_WITH_0) == (Ran(changes=False), Ran(changes=True), Broke(), Fetched(1), Missed(1))
    assert FAILING.fire(BUSY_WITH_0, Missed(1)) == step(MISSED)
    assert FAILING.armed(MISSED) == (Ran(changes=False), Ran(changes=True), Broke())
    assert FAILING.fire(MISSED, Ran(changes=False)) == step(Idle(), Reply(CLIENT, Failed(1, (0,))))
    assert FAILING.fire(MISSED, Ran(changes=True)) == ONE.fire(BUSY_WITH_0, Ran(changes=True))
    assert FAILING.fire(ASKED, Missed(0)) == step(Idle(), Reply(CLIENT, Failed(0, ())))


def test_a_stage_that_fails_ends_a_run_and_so_does_its_client() -> None:
    assert FAILING.fire(THERE, Broke()) == step(Idle(), Reply(CLIENT, Failed(0, (0,))))
    assert ONE.cancel(THERE, CLIENT) == step(Idle(), Reply(CLIENT, CANCELLED))


def test_where_nothing_runs_nothing_ends() -> None:
    assert ONE.armed(Idle()) == ()
    with pytest.raises(ValueError, match="nothing is under way; only what is armed may fire"):
        ONE.fire(Idle(), Fetched(0))


def test_a_window_is_not_negative() -> None:
    with pytest.raises(ValueError, match="must be >= 0"):
        Prefetcher(-1)


def test_an_outsider_sees_what_runs_and_what_is_fetched() -> None:
    assert ONE.view(THERE) == PrefetchView(0, Map.of({1: 0}))
    assert ONE.view(ASKED) == PrefetchView(None, Map.of({0: 0, 1: 0}))
    assert ONE.view(Idle()) == PrefetchView(None, Map())


def test_something_is_fetched_in_vain_when_the_first_stage_changes_the_store() -> None:
    report = explore(system(1, Run(2), examples=(something_is_fetched_in_vain,)))
    trace = report.verdict("prefetch_execution.something_is_fetched_in_vain").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(PREFETCHER, CLIENT, Run(2)),
        Fire(PREFETCHER, Fetched(0)),
        Fire(PREFETCHER, Ran(changes=True)),
    ]


@pytest.mark.parametrize(
    ("window", "runs", "prefetcher", "expected"),
    [
        (1, (Run(4), Run(1)), Prefetcher, (Status.HOLDS, Status.HOLDS)),
        (2, (Run(3),), Prefetcher, (Status.HOLDS, Status.HOLDS)),
        (3, (Run(5),), Prefetcher, (Status.HOLDS, Status.HOLDS)),
        (1, (Run(2),), UsesWhatItHas, (Status.VIOLATED, Status.HOLDS)),
    ],
)
def test_who_fetches_ahead_shows_what_the_sequential_run_shows(
    window: int, runs: tuple[Run, ...], prefetcher: type[Prefetcher], expected: tuple[Status, ...]
) -> None:
    report = explore(as_in_sequence(window, *runs, prefetcher=prefetcher))

    assert tuple(verdict.status for verdict in report.verdicts) == expected
