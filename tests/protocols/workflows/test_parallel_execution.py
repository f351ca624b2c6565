"""A fork and its join, input in and step out, and the shortest way to what can happen."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.parallel_execution import CLIENT, FORK, RIVAL, Fork, Idle, Phase, Running, flaw, system
from concordant.spec.vocabulary import Announce, Map, Rejected, Reply
from concordant.spec.workflows.parallel_execution import (
    BUSY,
    AskedToStop,
    Context,
    End,
    Fails,
    Forked,
    ForkView,
    Joined,
    OnFailure,
    Run,
    Started,
    Stops,
    Succeeds,
    some_are_left_out,
    wrong,
)
from concordant.spec.workflows.shared.stages import Stage

GIVEN: Context = Map.of({"x": "given"})
A, B = Stage("a"), Stage("b", ("x",))
AB = Run((A, B), GIVEN)
ONE, TWO = Fork(1), Fork(2)


def running(a: Phase | End, b: Phase | End) -> Running:
    returned = {"a": "result of a"} if a is End.SUCCEEDED else {}
    return Running(CLIENT, GIVEN, Map.of({"a": a, "b": b}), Map.of(returned))


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (Run((A, A)), "two stages are named a"),
        (Run((A, B, B)), "two stages are named b"),
        (Run((Stage("x"),), GIVEN), "x is given already"),
        (Run((A, Stage("b", ("x", "a")))), "b depends on a"),
        (Run((Stage("b", ("a",)), A)), "b depends on a"),
    ],
)
def test_what_cannot_run_side_by_side_is_rejected_with_a_reason_that_is_one(run: Run, reason: str) -> None:
    assert TWO.request(Idle(), CLIENT, run) == step(Idle(), Reply(CLIENT, Rejected(reason)))
    assert Rejected(reason) in wrong(run)


def test_what_depends_on_something_else_runs() -> None:
    assert flaw(AB) is None
    assert list(wrong(AB)) == []


def test_as_many_start_as_there_are_workers_and_all_see_what_was_given() -> None:
    begun = Announce(Forked(CLIENT, AB)), Announce(Started("a", GIVEN))

    assert TWO.start() == step(Idle())
    assert TWO.request(Idle(), CLIENT, AB) == step(running(Phase.RUNS, Phase.RUNS), *begun, Announce(Started("b", GIVEN)))
    assert ONE.request(Idle(), CLIENT, AB) == step(running(Phase.RUNS, Phase.WAITS), *begun)
    assert ONE.fire(running(Phase.RUNS, Phase.WAITS), Succeeds("a")) == step(
        running(End.SUCCEEDED, Phase.RUNS), Announce(Started("b", GIVEN))
    )


def test_a_run_without_stages_is_joined_at_once_and_one_runs_at_a_time() -> None:
    nothing = Run((), GIVEN)

    assert TWO.request(Idle(), CLIENT, nothing) == step(Idle(), Announce(Forked(CLIENT, nothing)), Reply(CLIENT, Joined(GIVEN, Map())))
    assert TWO.request(running(Phase.RUNS, Phase.RUNS), RIVAL, nothing) == step(running(Phase.RUNS, Phase.RUNS), Reply(RIVAL, BUSY))


def test_the_join_gives_what_was_given_and_what_was_returned() -> None:
    joined = Joined(Map.of({"a": "result of a", "b": "result of b", "x": "given"}), Map.of({"a": End.SUCCEEDED, "b": End.SUCCEEDED}))

    assert TWO.fire(running(End.SUCCEEDED, Phase.RUNS), Succeeds("b")) == step(Idle(), Reply(CLIENT, joined))


def test_a_failure_stops_the_others_and_the_join_waits_for_them() -> None:
    stopping = TWO.fire(running(Phase.RUNS, Phase.RUNS), Fails("a"))

    assert stopping == step(running(End.FAILED, Phase.STOPS), Announce(AskedToStop("b")))
    assert TWO.armed(stopping.state) == (Succeeds("b"), Fails("b"), Stops("b"))
    ends = Map.of({"a": End.FAILED, "b": End.STOPPED})
    assert TWO.fire(stopping.state, Stops("b")) == step(Idle(), Reply(CLIENT, Joined(GIVEN, ends)))


def test_what_waits_is_left_out_after_a_failure() -> None:
    ends = Map.of({"a": End.FAILED, "b": End.LEFT_OUT})

    assert ONE.fire(running(Phase.RUNS, Phase.WAITS), Fails("a")) == step(Idle(), Reply(CLIENT, Joined(GIVEN, ends)))


def test_where_all_are_waited_for_a_failure_stops_nobody() -> None:
    waits = Fork(1, OnFailure.WAIT)

    assert waits.fire(running(Phase.RUNS, Phase.WAITS), Fails("a")) == step(running(End.FAILED, Phase.RUNS), Announce(Started("b", GIVEN)))


def test_to_cancel_is_to_ask_all_to_stop() -> None:
    both = running(Phase.RUNS, Phase.RUNS)
    stopping = step(running(Phase.STOPS, Phase.STOPS), Announce(AskedToStop("a")), Announce(AskedToStop("b")))

    assert TWO.cancel(both, CLIENT) == stopping
    assert TWO.cancel(stopping.state, CLIENT) == step(stopping.state)
    assert TWO.cancel(Idle(), CLIENT) is None


def test_where_nothing_runs_nothing_ends() -> None:
    assert TWO.armed(Idle()) == ()
    with pytest.raises(ValueError, match="nothing is under way; only what is armed may fire"):
        TWO.fire(Idle(), Fails("a"))


def test_there_is_a_worker() -> None:
    with pytest.raises(ValueError, match="must be >= 1"):
        Fork(0)


def test_an_outsider_sees_what_waits_runs_and_is_to_stop() -> None:
    assert ONE.view(running(Phase.STOPS, Phase.WAITS)) == ForkView(("b",), ("a",), ("a",))
    assert ONE.view(Idle()) == ForkView((), (), ())


def test_a_stage_is_left_out_where_one_fails_while_it_waits() -> None:
    trace = (
        explore(system(AB, width=1, failing=("a",), examples=(some_are_left_out,))).verdict("parallel_execution.some_are_left_out").trace
    )

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [Ask(FORK, CLIENT, AB), Fire(FORK, Fails("a"))]
