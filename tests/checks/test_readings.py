"""Handlers and clauses run once for whatever they read, and the answer is used wherever the same would be read."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.semantics.seen import FEW, HISTORY, WAITING, Memo, Snapshot, read
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import System
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Address, Cases, Faults, NoHistory, Seen, always, always_each, case, every_step, on_event
from tests.checks.toys import A, B, Counter, Kept, Log, Noticed, Other, Stranger


@pytest.fixture(params=[0, FEW], ids="{} slots have a node each at once".format, autouse=True)
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concordant.checks.semantics.seen.FEW", request.param)


def two(history: Any = NoHistory(), faults: Faults = Faults()) -> System[Any]:
    """Return two counters to three: 16 states and 24 transitions."""
    return System({A: Counter(), B: Counter()}, history, (), faults=faults)


def runs(system: System[Any], function: Any) -> int:
    """Ask a function in every state of a system, twice, and return how often it ran."""
    semantics = Semantics(system)
    memo = Memo(semantics.parts, function)
    reached = Search(semantics).run().reached
    slots = HISTORY, WAITING, *range(2, 2 + 2 * len(system.processes))
    for _ in range(2):
        for state in reached:
            answer, shown = function(Snapshot(semantics.parts, state)), {slot: read(semantics.parts, state, slot) for slot in slots}
            assert memo.known(shown, ()) in {None, (answer,)}
            assert memo(state) == answer
            assert memo.known(shown, ()) == (answer,)
            assert memo.known({}, ()) in {None, (answer,)}
    return memo.runs


def test_a_handler_is_called_once_for_each_local_state_and_input() -> None:
    report = explore(two())

    assert (report.states, report.transitions) == (16, 24)
    # two starts, and three inputs of each counter
    assert report.handler_calls == 2 + 3 + 3


def test_a_function_of_nothing_runs_once() -> None:
    assert runs(two(), lambda _: 1) == 1
    assert runs(two(), lambda seen: seen.history) == 1


def test_a_function_of_one_view_runs_once_for_each_of_its_values() -> None:
    system = System({A: Counter(), B: Stranger(), Address("c"): Stranger()}, NoHistory(), ())

    assert runs(two(), lambda seen: len(seen.views(Kept))) == 16
    assert runs(system, lambda seen: len(seen.views(Kept))) == 4
    assert runs(system, lambda seen: len(seen.views(Other))) == 1


def test_a_function_of_who_is_up_does_not_run_again_when_a_view_changes() -> None:
    assert runs(two(faults=Faults(crashes=1, who=(A,))), lambda seen: seen.up(A)) == 2


def test_a_function_of_the_open_calls_runs_once_for_each_set_of_them() -> None:
    assert runs(two(), lambda seen: seen.waiting()) == 1


def test_what_is_read_may_depend_on_what_was_read_before() -> None:
    def branches(seen: Seen[NoHistory]) -> object:
        if seen.up(A):
            return seen.up(B)
        return tuple(view.notes for view in seen.views(Kept).values())

    system = System({A: Counter(), B: Counter()}, NoHistory(), (), faults=Faults(crashes=2, who=(A, B)))

    # a up: b up or down; a down with 0, 1 or 2 left, and b with 0, 1, 2 or 3
    assert runs(system, branches) == 2 + 3 * 4


def test_a_function_is_run_apart_for_each_further_argument() -> None:
    semantics = Semantics(two())
    memo = Memo(semantics.parts, lambda seen, number: len(seen.views(Kept)) + number)
    (state,) = semantics.initial()

    assert [memo(state, 1), memo(state, 2), memo(state, 1)] == [3, 4, 3]
    assert memo.runs == 2


def test_a_read_history_counts_by_value() -> None:
    system = two(Log())

    # the histories are the interleavings of 123 and 123: of i and j announcements, i + j over i
    assert runs(system, lambda seen: len(seen.history.lines)) == sum((1, 1, 1, 1, 1, 2, 3, 4, 1, 3, 6, 10, 1, 4, 10, 20))


# ---- cases are counted once for each distinct reading


def test_cases_of_clauses_are_counted_once_for_each_reading() -> None:
    @always()
    def of_all(seen: Seen[NoHistory]) -> Cases:
        """Reads every view."""
        yield case(bool(seen.views(Kept)))

    @always()
    def of_none(seen: Seen[NoHistory]) -> Cases:
        """Reads nothing that changes."""
        yield case(seen.up(A))

    @always_each(Kept)
    def of_each(view: Kept, who: Address, history: NoHistory) -> Cases:  # noqa: ARG001
        """Reads one view."""
        yield case(True)

    @every_step(Kept)
    def of_steps(before: Kept, after: Kept) -> Cases:
        """Reads a view before and after."""
        yield case(before != after)

    @on_event(Noticed)
    def of_events(history: NoHistory, who: Address, event: Noticed) -> Cases:  # noqa: ARG001
        """Reads the history and the event."""
        yield case(True)

    report = explore(two(), (of_all, of_none, of_each, of_steps, of_events))

    # 16 states; one reading; four views of each; three steps of each; three events of each
    assert [found.cases for found in report.verdicts] == [16, 1, 4 + 4, 3 + 3, 3 + 3]


def test_one_violated_clause_does_not_make_another_count_its_cases_twice() -> None:
    @every_step(Kept)
    def wrong(before: Kept, after: Kept) -> Cases:
        """No step."""
        yield case(before == after)

    @every_step(Kept)
    def right(before: Kept, after: Kept) -> Cases:
        """Every step changes something."""
        yield case(before != after)

    assert [found.cases for found in explore(two(), (wrong, right)).verdicts] == [1, 3 + 3]
