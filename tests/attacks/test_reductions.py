"""Attacks on leaving ignored messages in flight: to ignore a message is a step too, and a clause about steps sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.replay import replay
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk
from concordant.refimpl.machine import Crash, Move, Receive, Step, System, step
from concordant.spec.vocabulary import (
    Cases,
    Fair,
    Fault,
    Faults,
    Network,
    NoHistory,
    Seen,
    case,
    eventually,
    every_step,
    infinitely_often,
)
from tests.checks.toys import A, B, Collector, Goes, Kept, Note, Teller, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])
LEAVE = Reductions(leave_ignored=True)
IGNORED = Receive(B, A, Note(1))


@every_step(Kept, under=Fault.DUPLICATION)
def every_step_changes_something(before: Kept, after: Kept) -> Cases:
    """Whatever a process does, it keeps something new."""
    yield case(before != after, kept=after.notes)


@ENGINES
def test_that_a_message_is_ignored_is_judged_as_a_step_though_it_stays_in_flight(engine: Callable[..., Report]) -> None:
    system = System({A: Teller(B, (1,)), B: Toy()}, NoHistory(), (every_step_changes_something,))

    verdict = engine(system, reductions=LEAVE).verdicts[0]

    assert (verdict.status, verdict.facts, [frame.move for frame in verdict.trace or ()]) == (Status.VIOLATED, {"kept": ()}, [IGNORED])
    assert replay(system, (IGNORED,)) == verdict.trace


@ENGINES
def test_that_a_message_finds_nobody_up_is_judged_as_a_step(engine: Callable[..., Report]) -> None:
    @every_step(Kept, under=Fault.CRASH)
    def only_a_crash_changes_nothing(before: Kept, after: Kept) -> Cases:
        """A process that was told something keeps it."""
        yield case(before != after or before.notes != (9,))

    class Surviving(Collector):
        """A crash leaves a nine."""

        def survives(self, state: Kept) -> tuple[Kept, ...]:  # noqa: ARG002
            return (Kept((9,)),)

    faults = Faults(crashes=1, who=(B,))
    system = System({A: Teller(B, (1,)), B: Surviving()}, NoHistory(), (only_a_crash_changes_nothing,), faults=faults)

    verdict = engine(system, reductions=LEAVE).verdicts[0]

    moves = [frame.move for frame in verdict.trace or ()]
    assert (verdict.status, moves) == (Status.VIOLATED, [Crash(B, Kept((9,))), IGNORED])


class Goer(Toy):
    """Takes two steps of its own, and ignores what it is told."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return (Goes(),) if len(state.notes) < 2 else ()

    def fire(self, state: Kept, trigger: object) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1))


def assuming(allowed: Callable[[Move, Seen[NoHistory]], bool]) -> System[NoHistory]:
    return System({A: Goer(), B: Teller(A, (1,))}, NoHistory(), (every_step_changes_something,), assume=(allowed,))


@ENGINES
def test_a_message_that_may_be_ignored_only_later_is_judged_later(engine: Callable[..., Report]) -> None:
    def at_the_end(move: Move, seen: Seen[NoHistory]) -> bool:
        return not isinstance(move, Receive) or len(seen.views(Kept)[A].notes) == 2

    verdict = engine(assuming(at_the_end), reductions=LEAVE).verdicts[0]

    assert (verdict.status, verdict.length, verdict.facts) == (Status.VIOLATED, 3, {"kept": (1, 1)})


@ENGINES
@pytest.mark.parametrize(
    "allowed", [lambda move, _: not isinstance(move, Receive), lambda move, seen: not (isinstance(move, Receive) and seen.up(A))]
)
def test_a_message_that_never_arrives_is_no_step(engine: Callable[..., Report], allowed: Any) -> None:
    whole, reduced = engine(assuming(allowed)), engine(assuming(allowed), reductions=LEAVE)

    assert (whole.verdicts[0].status, reduced.verdicts[0].status) == (Status.HOLDS, Status.HOLDS)
    assert (whole.states, whole.transitions) == (reduced.states, reduced.transitions) == (3, 2)


@ENGINES
@pytest.mark.parametrize("assume", [(), (lambda move, seen: seen.up(A) or move is None,)], ids=["always", "by the state"])
def test_what_is_judged_though_it_is_left_out_adds_neither_states_nor_transitions(engine: Callable[..., Report], assume: Any) -> None:
    @every_step(Kept)
    def nothing_is_kept(before: Kept, after: Kept) -> Cases:  # noqa: ARG001
        """Nobody keeps anything."""
        yield case(not after.notes)

    system = System({A: Toy(), B: Teller(A, (1, 2))}, NoHistory(), (nothing_is_kept,), assume=assume)

    report = engine(system, reductions=LEAVE)

    assert (report.states, report.transitions, report.depth) == (1, 0, 1)
    assert (report.verdicts[0].status, report.verdicts[0].cases) == (Status.HOLDS, 1)


@ENGINES
def test_on_a_duplicating_network_to_ignore_a_message_is_no_step_in_either_run(engine: Callable[..., Report]) -> None:
    system = System({A: Goer(), B: Teller(A, (1,))}, NoHistory(), (every_step_changes_something,), Network(duplicating=True))

    assert [engine(system, reductions=reductions).verdicts[0].status for reductions in (Reductions(), LEAVE)] == [Status.HOLDS] * 2


def test_a_walk_judges_what_it_leaves_out_and_its_trace_is_minimised_to_a_real_run() -> None:
    system = System({A: Teller(B, (1,)), B: Toy()}, NoHistory(), (every_step_changes_something,))

    verdict = walk(system, walks=1, moves=1, reductions=LEAVE).verdicts[0]

    assert (verdict.status, [frame.move for frame in verdict.trace or ()]) == (Status.VIOLATED, [IGNORED])


@pytest.mark.parametrize("kind", [eventually, infinitely_often])
@ENGINES
def test_nothing_is_decided_of_liveness_where_what_is_ignored_is_owed_for_ever(engine: Callable[..., Report], kind: Any) -> None:
    def is_told(seen: Seen[NoHistory]) -> Cases:
        """Whoever was sent something has it some day."""
        yield case(bool(seen.views(Kept)[B].notes))

    system = System({A: Teller(B, (1,)), B: Collector()}, NoHistory(), (kind(Fair.DELIVERY)(is_told),))

    assert engine(system, reductions=LEAVE).verdicts[0].status is Status.NOT_DECIDED
