"""The stage executor: validation, handlers, and stuck on a graph if and only if it has a circle."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import explore_family
from concordant.checks.exploration.refute import refute
from concordant.checks.exploration.report import Status as Verdict
from concordant.checks.exploration.scope import Counts
from concordant.checks.mechanisms.draws import Exhaustive
from concordant.checks.registry import protocol
from concordant.checks.scopes.workflows.stage_executor import digraph
from concordant.checks.semantics.texts import effect_texts
from concordant.pitfalls.workflows.stage_executor import DOCUMENTS_LOOP, OneShort, Unvalidated
from concordant.refimpl.machine import Fire, step
from concordant.refimpl.workflows.stage_executor import EXECUTOR, USER, Builder, Executing, Executor, article, fault, paper, system
from concordant.spec.vocabulary import Announce, Map, Rejected, Reply
from concordant.spec.workflows.stage_executor import (
    Ended,
    ExecutorView,
    Fails,
    IsCancelled,
    Retry,
    Stage,
    StageEnded,
    Started,
    Status,
    Submit,
    Submitted,
    Succeeds,
    may_run,
    no_deadlock,
    precedence,
)

ANY = frozenset({"any"})
ONE = Executor((ANY,))
A, B = Stage("a"), Stage("b", ("a",))


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ((Stage(""),), "a stage has no name"),
        ((A, A), "two stages are named a"),
        ((B,), "b depends on a, which is no stage"),
        ((Stage("a", ("a",)),), "stages depend on each other in a circle: a → a"),
        ((Stage("x"), Stage("a", ("c",)), B, Stage("c", ("b",))), "stages depend on each other in a circle: a → c → b → a"),
        ((Stage("a", needs="drawing"),), "no worker can do a"),
    ],
)
def test_a_graph_that_breaks_the_rules_is_rejected_with_the_reason_and_nothing_starts(stages: tuple[Stage, ...], reason: str) -> None:
    assert ONE.request(Executing(), USER, Submit(stages)) == step(Executing(), Reply(USER, Rejected(reason)))


def test_a_workflow_starts_with_what_depends_on_nothing() -> None:
    taken = ONE.request(Executing(), USER, Submit((A, B)))

    statuses = Map.of({"a": Status.RUNNING, "b": Status.WAITING})
    assert taken == step(
        Executing((A, B), statuses, Map.of({"a": 0}), Map(), USER), Announce(Submitted((A, B))), Announce(Started("a", Map()))
    )
    assert ONE.armed(taken.state) == (Succeeds("a"), Fails("a"), IsCancelled("a"))
    assert ONE.view(taken.state) == ExecutorView((A, B), statuses, (ANY,), Map.of({"a": 0}), ended=False)


def test_an_empty_workflow_is_completed_at_once() -> None:
    ended = Ended(completed=True, statuses=Map())

    assert ONE.request(Executing(), USER, Submit(())) == step(Executing(), Announce(Submitted(())), Announce(ended), Reply(USER, ended))


def test_one_workflow_runs_at_a_time_and_only_what_failed_can_be_tried_again() -> None:
    running = ONE.request(Executing(), USER, Submit((A,))).state

    assert ONE.request(running, USER, Submit((A,))) == step(running, Reply(USER, Rejected("another workflow is running")))
    assert ONE.request(Executing(), USER, Retry()) == step(Executing(), Reply(USER, Rejected("nothing failed")))


def test_a_stage_reads_what_those_before_it_left() -> None:
    running = ONE.request(Executing(), USER, Submit((A, B))).state

    taken = ONE.fire(running, Succeeds("a"))

    read: Map[str, str | None] = Map.of({"a": "result of a"})
    assert taken.effects == (Announce(StageEnded("a", Status.DONE)), Announce(Started("b", read)))
    assert taken.state.results == read


@pytest.mark.parametrize("ending", [Fails("a"), IsCancelled("a")])
def test_a_failure_skips_what_depends_on_it_and_a_retry_runs_it_again(ending: Fails | IsCancelled) -> None:
    running = ONE.request(Executing(), USER, Submit((A, B))).state

    taken = ONE.fire(running, ending)

    ended = Ended(completed=False, statuses=Map.of({"a": Status.FAILED, "b": Status.SKIPPED}))
    assert taken.effects == (
        Announce(StageEnded("a", Status.FAILED)),
        Announce(StageEnded("b", Status.SKIPPED)),
        Announce(ended),
        Reply(USER, ended),
    )
    assert ONE.request(taken.state, USER, Retry()).effects == (Announce(Submitted((A, B))), Announce(Started("a", Map())))


def test_an_optional_failure_skips_nothing_and_leaves_nothing_to_read() -> None:
    draft = Stage("a", optional=True)
    running = ONE.request(Executing(), USER, Submit((draft, B))).state

    taken = ONE.fire(running, Fails("a"))

    assert taken.effects == (Announce(StageEnded("a", Status.FAILED)), Announce(Started("b", Map.of({"a": None}))))


def test_the_documents_workflows_are_legal() -> None:
    assert (fault(article()), fault(paper())) == (None, None)


def test_a_builder_gives_the_workflow_or_says_what_is_wrong_and_never_changes() -> None:
    one = Builder().stage("a")

    assert one.stage("b", "a", exclusive=True).build() == (A, Stage("b", ("a",), exclusive=True))
    assert one.stage("b", "c").build() == Rejected("b depends on c, which is no stage")
    assert one == Builder((A,))


@pytest.mark.parametrize("largest", [3, 4])
def test_an_executor_without_validation_is_stuck_exactly_on_the_graphs_with_a_circle(largest: int) -> None:
    draw, graphs, stuck = Exhaustive(), 0, 0
    while True:
        stages = digraph(draw, largest)
        verdict = explore(system(stages, failures=0, executor=Unvalidated), (no_deadlock,)).verdict(no_deadlock)
        assert (verdict.status is Verdict.VIOLATED) is (fault(stages) is not None)
        graphs += 1
        stuck += verdict.status is Verdict.VIOLATED
        if not draw.advance():
            break

    assert (graphs, graphs - stuck, stuck) == {3: (69, 29, 40), 4: (4_165, 572, 3_593)}[largest]


def test_the_shipped_readiness_test_is_the_predicate_of_the_proof_on_every_state_of_every_small_graph() -> None:
    draw = Exhaustive()
    while True:
        stages = digraph(draw, 3)
        known = {stage.name: stage for stage in stages}
        for number in range(2 ** len(stages)):
            left = {name for bit, name in enumerate(known) if number >> bit & 1}
            statuses = Map.of({name: Status.WAITING if name in left else Status.DONE for name in known})
            for name, stage in known.items():
                nothing_before_it_is_left = not any(before in left for before in stage.after)
                assert may_run(stage, known, statuses) is nothing_before_it_is_left, name
        if not draw.advance():
            return


@pytest.mark.parametrize("name", ["graphs_of_four", "circles_of_four"])
def test_the_totals_over_every_graph_of_up_to_four_stages_are_those_of_the_scope_file(name: str) -> None:
    family = next(each for each in protocol("stage_executor").families if each.name == name)

    report = explore_family(family)

    assert Counts(report.states, report.transitions, report.depth, report.members) == family.expected
    assert Verdict.VIOLATED not in {each.status for each in report.verdicts}


def test_a_workflow_is_drawn_with_what_depends_on_what() -> None:
    assert Submit((A, Stage("b", ("a",), exclusive=True), Stage("c", ("a", "b"), needs="drawing"))).picture() == (
        "a ─▶ b, c",
        "b (exclusive) ─▶ c",
        "c (needs drawing)",
    )


def test_an_off_by_one_in_the_readiness_test_breaks_precedence_on_some_small_graph() -> None:
    join = (Stage("a"), Stage("b"), Stage("c", ("a", "b")))

    assert explore(system(join, executor=OneShort), (precedence,)).verdict(precedence).status is Verdict.VIOLATED


def test_the_documents_loop_calls_a_workflow_with_a_circle_completed() -> None:
    trace = refute(DOCUMENTS_LOOP).verdict.trace or ()

    assert [type(frame.move).__name__ for frame in trace] == ["Ask", "Fire"]
    assert trace[-1].move == Fire(EXECUTOR, Succeeds("c"))
    assert "announces Ended(True, {'a': waiting, 'b': waiting, 'c': done})" in effect_texts(trace[-1].happened)
