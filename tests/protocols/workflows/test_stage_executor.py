"""The stage executor: validation, handlers, and stuck on a graph if and only if it has a circle."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.scopes.workflows.stage_executor import digraph
from concordant.checks.semantics.texts import effect_texts
from concordant.pitfalls.workflows.stage_executor.as_written import BRANCH_NOT_TAKEN, CIRCLE_COMPLETED, REJECTED_TOO_LATE, Threads
from concordant.pitfalls.workflows.stage_executor.running import OneShort, Unvalidated
from concordant.refimpl.machine import Ask, Fire, step
from concordant.refimpl.workflows.stage_executor import (
    EXECUTOR,
    USER,
    Builder,
    Executing,
    Executor,
    article,
    flaw,
    paper,
    system,
)
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Announce, Call, Map, Rejected, Reply
from concordant.spec.workflows.shared.stages import Stage, StageStatus, complaints, endings
from concordant.spec.workflows.stage_executor import (
    BUSY,
    NOTHING_FAILED,
    Ended,
    ExecutorView,
    Fails,
    IsStopped,
    Log,
    Retry,
    StageEnded,
    Started,
    Submit,
    Submitted,
    Succeeds,
)
from concordant.spec.workflows.stage_executor.clauses import no_deadlock, precedence, reasons

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

    statuses = Map.of({"a": StageStatus.RUNNING, "b": StageStatus.WAITING})
    assert taken == step(
        Executing((A, B), statuses, Map.of({"a": 0}), Map(), USER), Announce(Submitted(USER, (A, B))), Announce(Started("a", Map()))
    )
    assert ONE.armed(taken.state) == (Succeeds("a"), Fails("a"), IsStopped("a"))
    assert ONE.view(taken.state) == ExecutorView((A, B), statuses, (ANY,), Map.of({"a": 0}), ended=False)


def test_an_empty_workflow_is_completed_at_once() -> None:
    ended = Ended(completed=True, statuses=Map())

    assert ONE.request(Executing(), USER, Submit(())) == step(
        Executing(), Announce(Submitted(USER, ())), Announce(ended), Reply(USER, ended)
    )


def test_one_workflow_runs_at_a_time_and_only_what_failed_can_be_tried_again() -> None:
    running = ONE.request(Executing(), USER, Submit((A,))).state

    assert ONE.request(running, USER, Submit((A,))) == step(running, Reply(USER, BUSY))
    assert ONE.request(Executing(), USER, Retry()) == step(Executing(), Reply(USER, NOTHING_FAILED))


def test_a_stage_reads_what_those_before_it_left() -> None:
    running = ONE.request(Executing(), USER, Submit((A, B))).state

    taken = ONE.fire(running, Succeeds("a"))

    read: Map[str, str | None] = Map.of({"a": "result of a"})
    assert taken.effects == (Announce(StageEnded("a", StageStatus.DONE)), Announce(Started("b", read)))
    assert taken.state.results == read


@pytest.mark.parametrize("ending", [Fails("a"), IsStopped("a")])
def test_a_failure_skips_what_depends_on_it_and_a_retry_runs_it_again(ending: Fails | IsStopped) -> None:
    running = ONE.request(Executing(), USER, Submit((A, B))).state

    taken = ONE.fire(running, ending)

    ended = Ended(completed=False, statuses=Map.of({"a": StageStatus.FAILED, "b": StageStatus.SKIPPED}))
    assert taken.effects == (
        Announce(StageEnded("a", StageStatus.FAILED)),
        Announce(StageEnded("b", StageStatus.SKIPPED)),
        Announce(ended),
        Reply(USER, ended),
    )
    assert ONE.request(taken.state, USER, Retry()).effects == (Announce(Submitted(USER, (A, B))), Announce(Started("a", Map())))


def test_an_optional_failure_skips_nothing_and_leaves_nothing_to_read() -> None:
    draft = Stage("a", optional=True)
    running = ONE.request(Executing(), USER, Submit((draft, B))).state

    taken = ONE.fire(running, Fails("a"))

    assert taken.effects == (Announce(StageEnded("a", StageStatus.FAILED)), Announce(Started("b", Map.of({"a": None}))))


def test_the_documents_workflows_are_legal() -> None:
    assert (flaw(article()), flaw(paper())) == (None, None)


def test_a_builder_gives_the_workflow_or_says_what_is_wrong_and_never_changes() -> None:
    one = Builder().stage("a")

    assert one.stage("b", "a", exclusive=True).build() == (A, Stage("b", ("a",), exclusive=True))
    assert one.stage("b", "c").build() == Rejected("b depends on c, which is no stage")
    assert one == Builder((A,))


@pytest.mark.parametrize("largest", [3, pytest.param(4, marks=pytest.mark.thorough)])
def test_an_executor_without_validation_is_stuck_exactly_on_the_graphs_with_a_circle(largest: int) -> None:
    draw, graphs, stuck = Exhaustive(), 0, 0
    while True:
        stages = digraph(draw, largest)
        verdict = explore(system(stages, failures=0, executor=Unvalidated), (no_deadlock,)).verdict(no_deadlock)
        assert (verdict.status is Status.VIOLATED) is (flaw(stages) is not None)
        graphs += 1
        stuck += verdict.status is Status.VIOLATED
        if not draw.advance():
            break

    assert (graphs, graphs - stuck, stuck) == {3: (69, 29, 40), 4: (4_165, 572, 3_593)}[largest]


def test_a_workflow_is_drawn_with_what_depends_on_what() -> None:
    assert Submit((A, Stage("b", ("a",), exclusive=True), Stage("c", ("a", "b"), needs="drawing"))).picture() == (
        "a ─▶ b, c",
        "b (exclusive) ─▶ c",
        "c (needs drawing)",
    )


def test_an_off_by_one_in_the_readiness_test_breaks_precedence_on_some_small_graph() -> None:
    join = (Stage("a"), Stage("b"), Stage("c", ("a", "b")))

    assert explore(system(join, executor=OneShort), (precedence,)).verdict(precedence).status is Status.VIOLATED


class TestTheDocumentsLoops:
    def test_a_workflow_with_a_circle_is_called_completed(self) -> None:
        trace = refute(CIRCLE_COMPLETED).verdict.trace or ()

        assert [type(frame.move) for frame in trace] == [Ask, Fire]
        assert trace[-1].move == Fire(EXECUTOR, Succeeds("c"))
        assert "announces Ended(True, {'a': waiting, 'b': waiting, 'c': done})" in effect_texts(trace[-1].happened)

    def test_a_circle_is_found_out_when_something_has_run(self) -> None:
        trace = refute(REJECTED_TOO_LATE).verdict.trace or ()

        assert effect_texts(trace[0].happened)[-1] == "announces Started('a', {})"
        assert effect_texts(trace[-1].happened) == (
            "announces StageEnded('a', done)",
            """answers user0: Rejected("NameError: name 'DeadlockError' is not defined")""",
        )

    def test_the_join_of_a_choice_is_refused_when_one_branch_has_run_and_the_other_was_left_out(self) -> None:
        moves = [frame.move for frame in refute(BRANCH_NOT_TAKEN).verdict.trace or ()]

        assert {Fire(EXECUTOR, Succeeds("1")), Fire(EXECUTOR, Succeeds("2a")), Fire(EXECUTOR, IsStopped("2b"))} == set(moves[1:])

    def test_the_first_finds_no_end_where_no_agent_can_do_a_task(self) -> None:
        taken = Threads((ANY,)).request(Executing(), USER, Submit((Stage("a", needs="drawing"),)))

        assert taken.effects == (Announce(Submitted(USER, (Stage("a", needs="drawing"),))),)
        assert Threads((ANY,)).armed(taken.state) == ()


class TestWhatIsWrong:
    def test_everything_that_is_wrong_is_told_and_a_circle_from_each_of_its_stages(self) -> None:
        ring = (Stage("a", ("c",)), B, Stage("c", ("b",)))

        assert tuple(complaints((A, B), (ANY,))) == ()
        assert tuple(complaints((Stage(""), A, A, Stage("b", ("x", "y"), needs="drawing")), (ANY,))) == (
            "a stage has no name",
            "two stages are named a",
            "two stages are named a",
            "b depends on x, which is no stage",
            "b depends on y, which is no stage",
            "no worker can do b",
        )
        assert [circle.partition(": ")[2] for circle in complaints(ring, (ANY,))] == ["a → c → b → a", "b → a → c → b", "c → b → a → c"]

    def test_the_executor_finds_something_wrong_with_exactly_the_graphs_with_which_something_is(self) -> None:
        draw = Exhaustive()
        while True:
            stages = digraph(draw, 3)
            found = flaw(stages)
            assert found in complaints(stages, (ANY,)) if found else not tuple(complaints(stages, (ANY,)))
            if not draw.advance():
                return

    def test_a_request_may_be_rejected_for_what_is_wrong_with_it_and_while_another_is_under_way(self) -> None:
        log = Log((ANY,))
        running = log.after(EXECUTOR, EXECUTOR, Submitted(USER, (A,)))
        failed = running.after(EXECUTOR, EXECUTOR, StageEnded("a", StageStatus.FAILED))

        assert tuple(reasons(log, Submit((A,)))) == ()
        assert tuple(reasons(log, Submit((B,)))) == (Rejected("b depends on a, which is no stage"),)
        assert tuple(reasons(log, Retry())) == (NOTHING_FAILED,)
        assert tuple(reasons(running, Submit((A,)))) == (BUSY,)
        assert tuple(reasons(failed, Retry())) == (BUSY,)
        assert tuple(reasons(log, None)) == ()


class TestTheEndings:
    def test_what_depends_on_a_failure_or_on_what_is_skipped_is_skipped_unless_it_can_do_without(self) -> None:
        stages = (Stage("d", ("b",)), Stage("a", optional=True), Stage("b", ("a",)), Stage("c", ("b", "a")))
        done, failed, skipped = StageStatus.DONE, StageStatus.FAILED, StageStatus.SKIPPED

        assert endings(stages, frozenset()) == Map.of(dict.fromkeys("abcd", done))
        assert endings(stages, frozenset("a")) == Map.of({"a": failed, "b": done, "c": done, "d": done})
        assert endings(stages, frozenset("b")) == Map.of({"a": done, "b": failed, "c": skipped, "d": skipped})
        assert endings((Stage("x", ("y",)), Stage("y", ("x",)), A), frozenset()) == Map.of({"a": done})


class TestLog:
    def test_a_retry_keeps_what_is_done_and_another_workflow_keeps_nothing(self) -> None:
        asked = Log(
            (ANY,),
            ended=Map.of({"a": StageStatus.DONE, "b": StageStatus.FAILED}),
            outcome=Ended(completed=False, statuses=Map()),
            failures=1,
        )
        call = Call(USER, EXECUTOR)

        for request, kept in ((Retry(), frozenset("a")), (Submit((A, B)), frozenset())):
            begun = asked.after(EXECUTOR, USER, request).after(EXECUTOR, EXECUTOR, Submitted(USER, (A, B)))
            done = Map.of(dict.fromkeys(kept, StageStatus.DONE))
            assert begun == Log((ANY,), Calls(Map.of({call: request})), USER, (A, B), ended=done, kept=kept, failures=1)

    def test_a_stage_is_what_was_announced_of_it_and_did_what_became_of_it(self) -> None:
        started = Log((ANY,), owner=USER, stages=(A, B)).after(EXECUTOR, EXECUTOR, Started("a", Map()))
        ended = started.after(EXECUTOR, EXECUTOR, IsStopped("a")).after(EXECUTOR, EXECUTOR, StageEnded("a", StageStatus.FAILED))

        assert (started.status("a"), ended.status("a"), ended.status("b")) == (StageStatus.RUNNING, StageStatus.FAILED, StageStatus.WAITING)
        assert (ended.well, ended.failures) == (Map.of({"a": False}), 1)
        assert started.after(EXECUTOR, EXECUTOR, Succeeds("a")).well == Map.of({"a": True})

    def test_a_workflow_is_its_clients_until_the_client_has_an_answer(self) -> None:
        running = Log((ANY,), owner=USER)
        over = running.after(EXECUTOR, EXECUTOR, Ended(completed=True, statuses=Map()))

        assert running.after(EXECUTOR, EXECUTOR, Reply(Address("user", 1), BUSY)).under_way
        assert over == evolve(running, outcome=Ended(completed=True, statuses=Map()))
        assert not over.after(EXECUTOR, EXECUTOR, Reply(USER, over.outcome)).under_way
