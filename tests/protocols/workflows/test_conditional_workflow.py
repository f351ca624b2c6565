"""A conditional workflow, input in and step out; and what is sound, by two ways to find out."""

from __future__ import annotations

import pytest

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.explore import explore
from concordant.checks.scopes.workflows.conditional_workflow import CONDITIONS, NAMES, links_to
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.conditional_workflow import CLIENT, ENGINE, RIVAL, Engine, Idle, Running, flaw, system
from concordant.spec.vocabulary import Announce, Map, Rejected, Reply
from concordant.spec.workflows.conditional_workflow import (
    BUSY,
    Answers,
    Begun,
    Done,
    End,
    Fails,
    Join,
    Link,
    Run,
    Skipped,
    Stage,
    Started,
    WorkflowView,
    a_branch_is_left_out,
    wrong,
)

ENGINE_ITSELF = Engine()
A, B = Stage("a"), Stage("b", (Link("a", when=True),))
C, D = Stage("c", (Link("a", when=False),)), Stage("d", (Link("b"), Link("c")), Join.ONE)
CHOICE = (A, B, C, D)
BEGUN = Running(CLIENT, (B, C, D), frozenset({"a"}))


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ((A, A), "two stages are named a"),
        ((A, Stage("b", (Link("a"), Link("z")))), "b is linked to z, which is no stage"),
        ((A, Stage("b", (Link("a", when=True), Link("a", when=False)))), "b is linked to a twice"),
        ((Stage("a", (Link("b"),)), Stage("b", (Link("a"),))), "a can never be decided"),
        ((A, B, C, Stage("d", (Link("b"), Link("c")))), "d can never run"),
        ((A, Stage("b", (Link("a"),)), C, D), "d may be reached twice"),
    ],
)
def test_what_is_not_sound_is_rejected_with_a_reason_that_is_one(stages: tuple[Stage, ...], reason: str) -> None:
    assert ENGINE_ITSELF.request(Idle(), CLIENT, Run(stages)) == step(Idle(), Reply(CLIENT, Rejected(reason)))
    assert Rejected(reason) in wrong(stages)


def test_a_branch_that_is_not_taken_is_skipped_and_the_merge_waits_for_the_other() -> None:
    begun = ENGINE_ITSELF.request(Idle(), CLIENT, Run(CHOICE))
    chosen = ENGINE_ITSELF.fire(begun.state, Answers("a", yes=True))
    merged = ENGINE_ITSELF.fire(chosen.state, Answers("b", yes=False))

    assert begun == step(BEGUN, Announce(Begun(CLIENT, CHOICE)), Announce(Started("a")))
    ends = Map.of({"a": End.YES, "c": End.SKIPPED})
    assert chosen == step(Running(CLIENT, (D,), frozenset({"b"}), ends), Announce(Started("b")), Announce(Skipped("c")))
    assert merged == step(Running(CLIENT, (), frozenset({"d"}), ends.put("b", End.NO)), Announce(Started("d")))
    done = Done(Map.of({"a": End.YES, "b": End.NO, "c": End.SKIPPED, "d": End.YES}))
    assert ENGINE_ITSELF.fire(merged.state, Answers("d", yes=True)) == step(Idle(), Reply(CLIENT, done))


def test_behind_a_failure_all_is_skipped_that_cannot_do_without() -> None:
    done = Done(Map.of({"a": End.FAILED, "b": End.SKIPPED, "c": End.SKIPPED, "d": End.SKIPPED}))

    assert ENGINE_ITSELF.fire(BEGUN, Fails("a")) == step(
        Idle(), Announce(Skipped("b")), Announce(Skipped("c")), Announce(Skipped("d")), Reply(CLIENT, done)
    )


def test_a_join_of_any_waits_for_all_that_may_come() -> None:
    either = Stage("c", (Link("a"), Link("b")), Join.ANY)
    both = Running(CLIENT, (either,), frozenset({"a", "b"}))

    waits = ENGINE_ITSELF.fire(both, Answers("a", yes=True))
    assert waits == step(Running(CLIENT, (either,), frozenset({"b"}), Map.of({"a": End.YES})))
    assert ENGINE_ITSELF.fire(waits.state, Fails("b")).effects == (Announce(Started("c")),)


def test_a_stage_that_runs_answers_or_fails_and_where_nothing_runs_nothing_ends() -> None:
    assert ENGINE_ITSELF.start() == step(Idle())
    assert ENGINE_ITSELF.armed(BEGUN) == (Answers("a", yes=True), Answers("a", yes=False), Fails("a"))
    assert ENGINE_ITSELF.armed(Idle()) == ()
    with pytest.raises(ValueError, match="nothing is under way; only what is armed may fire"):
        ENGINE_ITSELF.fire(Idle(), Fails("a"))


def test_one_workflow_runs_at_a_time_and_one_without_stages_is_done_at_once() -> None:
    assert ENGINE_ITSELF.request(BEGUN, RIVAL, Run(())) == step(BEGUN, Reply(RIVAL, BUSY))
    assert ENGINE_ITSELF.request(Idle(), CLIENT, Run(())) == step(Idle(), Announce(Begun(CLIENT, ())), Reply(CLIENT, Done(Map())))


def test_an_outsider_sees_what_waits_and_what_runs() -> None:
    assert ENGINE_ITSELF.view(BEGUN) == WorkflowView(("b", "c", "d"), ("a",))
    assert ENGINE_ITSELF.view(Idle()) == WorkflowView((), ())


def test_a_stage_is_written_with_what_it_joins() -> None:
    assert list(map(str, (A, C, D))) == ["a", "c after all of a if no", "d after one of b, c"]
    assert str(B) == "b after all of a if yes"


def test_following_sets_of_cases_finds_sound_what_trying_all_answers_does() -> None:
    draw, found = Exhaustive(), list[bool]()
    while True:
        stages: tuple[Stage, ...] = ()
        for name in NAMES[:3]:
            links = links_to(name, stages, CONDITIONS, draw)
            stages = (*stages, Stage(name, links, draw.one_of(f"{name} joins", Join) if links else Join.ALL))
        reason, reasons = flaw(stages), list(wrong(stages))
        assert (reasons == []) if reason is None else (Rejected(reason) in reasons)
        found.append(reason is None)
        if not draw.advance():
            break

    assert (len(found), sum(found)) == (460, 370)


def test_a_branch_is_left_out_and_what_is_behind_it_runs() -> None:
    trace = explore(system(Run(CHOICE), examples=(a_branch_is_left_out,))).verdict("conditional_workflow.a_branch_is_left_out").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(ENGINE, CLIENT, Run(CHOICE)),
        Fire(ENGINE, Answers("a", yes=True)),
        Fire(ENGINE, Answers("b", yes=True)),
    ]


def test_a_link_has_no_condition_but_an_answer() -> None:
    """Mypy would report it if it did not refuse these: nothing else that a stage has seen can be read."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'reads'"):
        Link("a", reads="context")  # type: ignore[call-arg]

    assert Link("a", when=lambda _: True) != Link("a", when=True)  # type: ignore[arg-type]
