"""A sequence, input in and step out, and the shortest way to what can happen."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.sequential_execution import CLIENT, READER, SEQUENCER, Idle, Running, Sequencer, flaw, system
from concordant.spec.vocabulary import Announce, Map, Rejected, Reply
from concordant.spec.workflows.sequential_execution import (
    BUSY,
    CANCELLED,
    Begun,
    Completed,
    Context,
    Failed,
    Fails,
    Read,
    Run,
    SequenceView,
    Started,
    Succeeds,
    something_is_undone,
    wrong,
)
from concordant.spec.workflows.shared.stages import Stage

OLD: Context = Map.of({"x": "old"})
HALF = OLD.put("a", "result of a")
WHOLE = HALF.put("b", "result of b")
A, B = Stage("a", ("x",)), Stage("b", ("a",))
ONE = Sequencer(OLD)
FIRST, SECOND = Running(OLD, CLIENT, (A, B), OLD), Running(OLD, CLIENT, (B,), HALF)


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ((A, A), "two stages are named a"),
        ((A, B, A), "two stages are named a"),
        ((Stage("x"),), "the context has x already"),
        ((B, A), "b depends on a, which is not there yet"),
        ((Stage("a", ("a",)),), "a depends on a, which is not there yet"),
        ((A, Stage("b", ("x", "c"))), "b depends on c, which is not there yet"),
    ],
)
def test_what_cannot_run_in_this_order_is_rejected_with_a_reason_that_is_one(stages: tuple[Stage, ...], reason: str) -> None:
    assert ONE.request(Idle(OLD), CLIENT, Run(stages)) == step(Idle(OLD), Reply(CLIENT, Rejected(reason)))
    assert Rejected(reason) in wrong(stages, OLD)


def test_what_finds_all_that_it_depends_on_runs() -> None:
    assert flaw((A, B), OLD) is None
    assert list(wrong((A, B), OLD)) == []


def test_a_stage_sees_the_context_and_what_went_before() -> None:
    assert ONE.start() == step(Idle(OLD))
    assert ONE.request(Idle(OLD), CLIENT, Run((A, B))) == step(FIRST, Announce(Begun(CLIENT, (A, B))), Announce(Started("a", OLD)))
    assert ONE.armed(FIRST) == (Succeeds("a"), Fails("a"))
    assert ONE.fire(FIRST, Succeeds("a")) == step(SECOND, Announce(Started("b", HALF)))


def test_all_comes_to_count_when_the_last_has_succeeded() -> None:
    assert ONE.fire(SECOND, Succeeds("b")) == step(Idle(WHOLE), Reply(CLIENT, Completed(WHOLE)))
    assert ONE.request(Idle(OLD), CLIENT, Run(())) == step(Idle(OLD), Announce(Begun(CLIENT, ())), Reply(CLIENT, Completed(OLD)))


def test_after_a_failure_the_context_is_what_it_was() -> None:
    assert ONE.fire(SECOND, Fails("b")) == step(Idle(OLD), Reply(CLIENT, Failed("b")))


def test_who_reads_while_a_sequence_runs_reads_what_was_there_before() -> None:
    assert ONE.request(SECOND, READER, Read()) == step(SECOND, Reply(READER, OLD))
    assert ONE.request(SECOND, READER, Run((A,))) == step(SECOND, Reply(READER, BUSY))


@pytest.mark.parametrize("ending", [Succeeds("b"), Fails("b")])
def test_a_cancelled_sequence_ends_with_the_stage_that_runs_however_that_ends(ending: Succeeds | Fails) -> None:
    leaving = Running(OLD, CLIENT, (B,), HALF, leaving=True)

    assert ONE.cancel(SECOND, CLIENT) == step(leaving)
    assert ONE.fire(leaving, ending) == step(Idle(OLD), Reply(CLIENT, CANCELLED))
    assert ONE.cancel(Idle(OLD), CLIENT) is None


def test_where_nothing_runs_nothing_ends() -> None:
    assert ONE.armed(Idle(OLD)) == ()
    with pytest.raises(ValueError, match="nothing is under way; only what is armed may fire"):
        ONE.fire(Idle(OLD), Fails("a"))


def test_an_outsider_sees_the_context_and_the_stage_that_runs() -> None:
    assert ONE.view(SECOND) == SequenceView(OLD, "b")
    assert ONE.view(Idle(WHOLE)) == SequenceView(WHOLE, None)


def test_what_a_stage_has_returned_is_undone_by_the_next_that_fails() -> None:
    run = Run((Stage("a"), B))
    trace = explore(system(run, examples=(something_is_undone,))).verdict("sequential_execution.something_is_undone").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(SEQUENCER, CLIENT, run),
        Fire(SEQUENCER, Succeeds("a")),
        Fire(SEQUENCER, Fails("b")),
    ]
