"""The orchestrator and its agents: inputs in and steps out, tokens that turn away who comes late, and the documents' omissions."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.workflows.orchestrator.omitted import STALE
from concordant.refimpl.machine import Ask, Fire, Receive, step
from concordant.refimpl.workflows.orchestrator import (
    ORCHESTRATOR,
    OTHER,
    RIVAL,
    USER,
    Agent,
    Orchestrating,
    Orchestrator,
    Serving,
    Task,
)
from concordant.spec.vocabulary import Announce, Crashed, Map, Rejected, Reply, Send, addresses
from concordant.spec.workflows.orchestrator import (
    BUSY,
    TAKEN,
    Accepted,
    AgentView,
    AskAgain,
    Assigned,
    Began,
    Ended,
    Fails,
    GiveUp,
    Held,
    History,
    Job,
    OrchestratorView,
    Policy,
    Run,
    StageEnded,
    Submit,
    Succeeds,
    TakenBack,
    TaskAssignment,
    TaskComplete,
    TaskFailed,
)
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage, StageStatus

FIRST, SECOND = addresses("agent", 2)
ANY = frozenset({"any"})
POLICY = Policy(Map.of({FIRST: ANY, SECOND: ANY}), 2)
TWO, ONE = Orchestrator(POLICY), Orchestrator(Policy(POLICY.able, 1))
A, B = Stage("a"), Stage("b", ("a",))
DONE, FAILED, SKIPPED = StageStatus.DONE, StageStatus.FAILED, StageStatus.SKIPPED
UNDER_WAY = Orchestrating("w", (A, B), Map.of({"a": Held(FIRST, 1)}), token=1, client=USER)
ASSIGNED = TaskAssignment(1, "a", Map())
RESULT = "a for orchestrator0 under 1"


def ended(**statuses: StageStatus) -> Ended:
    """Return how w ended."""
    return Ended("w", set(statuses.values()) == {DONE}, Map.of(statuses))


class TestRequests:
    def test_a_workflow_begins_with_what_depends_on_nothing(self) -> None:
        assert TWO.request(Orchestrating(), USER, Submit("w", (A, B))) == step(
            UNDER_WAY, Announce(Accepted(USER, "w", (A, B))), Announce(Assigned("a", FIRST, 1)), Send(FIRST, ASSIGNED)
        )

    @pytest.mark.parametrize(
        ("stages", "reason"),
        [
            ((A, A), "two stages are named a"),
            ((A, Stage("b", needs="drawing")), "no worker can do b"),
            ((A, Stage("b", exclusive=True)), "b must run alone, which nobody can promise"),
        ],
    )
    def test_what_breaks_the_rules_is_turned_down_with_the_reason(self, stages: tuple[Stage, ...], reason: str) -> None:
        assert TWO.request(Orchestrating(), USER, Submit("w", stages)) == step(Orchestrating(), Reply(USER, Rejected(reason)))

    def test_nothing_else_begins_while_a_workflow_is_under_way(self) -> None:
        for workflow, stages, answer in (("v", (A,), BUSY), ("w", (A,), TAKEN), ("w", (A, B), BUSY)):
            assert TWO.request(UNDER_WAY, RIVAL, Submit(workflow, stages)) == step(UNDER_WAY, Reply(RIVAL, answer))

    def test_after_a_crash_its_client_waits_again_and_once_it_has_ended_is_told_how(self) -> None:
        (left,) = TWO.survives(UNDER_WAY)
        over = evolve(left, outcome=ended(a=DONE, b=DONE))

        assert left == evolve(UNDER_WAY, client=None)
        assert TWO.recover(left) == step(left)
        assert TWO.request(left, USER, Submit("w", (A, B))) == step(UNDER_WAY)
        assert TWO.request(over, USER, Submit("w", (A, B))) == step(over, Reply(USER, ended(a=DONE, b=DONE)))

    def test_tokens_go_on_in_the_next_workflow(self) -> None:
        over = evolve(UNDER_WAY, outcome=ended(a=DONE, b=DONE), client=None)

        assert TWO.request(over, USER, Submit("v", (A,))).effects[1:] == (
            Announce(Assigned("a", FIRST, 2)),
            Send(FIRST, TaskAssignment(2, "a", Map())),
        )


class TestReports:
    def test_what_is_done_is_read_by_what_comes_after_it(self) -> None:
        taken = TWO.receive(UNDER_WAY, FIRST, TaskComplete(1, "a", RESULT))

        assert taken is not None
        assert taken.effects == (
            Announce(StageEnded("a", DONE, 1)),
            Announce(Assigned("b", FIRST, 2)),
            Send(FIRST, TaskAssignment(2, "b", Map.of({"a": RESULT}))),
        )
        assert TWO.view(taken.state) == OrchestratorView(
            Map.of({"b": Held(FIRST, 2)}), Map.of({"a": DONE}), Map.of({"a": RESULT}), is_over=False
        )

    @pytest.mark.parametrize(("source", "token"), [(SECOND, 1), (FIRST, 0)])
    def test_who_is_not_held_or_comes_late_is_turned_away(self, source: object, token: int) -> None:
        assert TWO.receive(UNDER_WAY, source, TaskComplete(token, "a", RESULT)) is None  # type: ignore[arg-type]  # an address

    def test_a_stage_goes_to_another_when_its_agent_fails_or_is_not_heard_of(self) -> None:
        failed = TWO.receive(UNDER_WAY, FIRST, TaskFailed(1, "a"))
        given_up = TWO.fire(UNDER_WAY, GiveUp("a"))

        assert failed is not None
        assert failed.state == given_up.state
        assert failed.effects[0] == Announce(TakenBack("a", 1, failed=True))
        assert given_up.effects == (
            Announce(TakenBack("a", 1, failed=False)),
            Announce(Assigned("a", SECOND, 2)),
            Send(SECOND, TaskAssignment(2, "a", Map())),
        )

    def test_the_same_agent_has_it_again_where_no_other_is_free(self) -> None:
        held = evolve(UNDER_WAY, stages=(A, Stage("b")), held=UNDER_WAY.held.put("b", Held(SECOND, 2)), token=2)

        assert TWO.fire(held, GiveUp("a")).effects[1] == Announce(Assigned("a", FIRST, 3))

    def test_what_was_tried_often_enough_has_failed_and_what_depends_on_it_is_skipped(self) -> None:
        outcome = ended(a=FAILED, b=SKIPPED)

        assert ONE.fire(UNDER_WAY, GiveUp("a")).effects[1:] == (
            Announce(StageEnded("a", FAILED, None)),
            Announce(StageEnded("b", SKIPPED, None)),
            Announce(outcome),
            Reply(USER, outcome),
        )

    def test_an_assignment_is_sent_again(self) -> None:
        assert TWO.armed(UNDER_WAY) == (AskAgain("a"), GiveUp("a"))
        assert TWO.fire(UNDER_WAY, AskAgain("a")) == step(UNDER_WAY, Send(FIRST, ASSIGNED))

    def test_a_policy_of_no_attempts_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'attempts' must be >= 1: 0"):
            Policy(POLICY.able, 0)


class TestAgents:
    AGENT = Agent()
    AT_WORK = Serving(Map.of({ORCHESTRATOR: Task(1, "a")}), frozenset({ORCHESTRATOR}))
    JOB = Job(ORCHESTRATOR, 1)

    def test_an_agent_begins_what_is_new_and_may_be_at_work_for_several(self) -> None:
        assert self.AGENT.receive(Serving(), ORCHESTRATOR, ASSIGNED) == step(self.AT_WORK, Announce(Began(self.JOB)))
        both = self.AGENT.receive(self.AT_WORK, OTHER, ASSIGNED)

        assert both is not None
        assert self.AGENT.view(both.state) == AgentView(frozenset({self.JOB, Job(OTHER, 1)}), Map.of({ORCHESTRATOR: 1, OTHER: 1}))

    def test_a_later_assignment_takes_the_place_of_the_earlier_which_is_not_begun_any_more(self) -> None:
        later = self.AGENT.receive(self.AT_WORK, ORCHESTRATOR, TaskAssignment(2, "b", Map()))

        assert later is not None
        assert later.state == Serving(Map.of({ORCHESTRATOR: Task(2, "b")}), frozenset({ORCHESTRATOR}))
        assert self.AGENT.receive(later.state, ORCHESTRATOR, ASSIGNED) is None
        assert self.AGENT.receive(Serving(later.state.tasks), ORCHESTRATOR, ASSIGNED) == step(
            Serving(later.state.tasks), Send(ORCHESTRATOR, TaskFailed(2, "b"))
        )

    def test_who_asks_again_is_told_what_came_of_it_once_there_is_something_to_tell(self) -> None:
        report = TaskComplete(1, "a", RESULT)
        done = self.AGENT.fire(self.AT_WORK, Succeeds(self.JOB, "a"))

        assert self.AGENT.receive(self.AT_WORK, ORCHESTRATOR, ASSIGNED) is None
        assert done == step(Serving(Map.of({ORCHESTRATOR: Task(1, "a", report)})), Send(ORCHESTRATOR, report))
        assert self.AGENT.receive(done.state, ORCHESTRATOR, ASSIGNED) == step(done.state, Send(ORCHESTRATOR, report))

    def test_an_agent_that_fails_says_so(self) -> None:
        assert self.AGENT.armed(self.AT_WORK) == (Succeeds(self.JOB, "a"), Fails(self.JOB))
        assert self.AGENT.fire(self.AT_WORK, Fails(self.JOB)).effects == (Send(ORCHESTRATOR, TaskFailed(1, "a")),)

    def test_of_what_a_crash_cut_short_an_agent_says_that_it_failed(self) -> None:
        (left,) = self.AGENT.survives(self.AT_WORK)

        assert left == Serving(self.AT_WORK.tasks)
        assert self.AGENT.recover(left) == step(left)
        assert self.AGENT.receive(left, ORCHESTRATOR, ASSIGNED) == step(left, Send(ORCHESTRATOR, TaskFailed(1, "a")))


class TestTheDocuments:
    def test_without_tokens_who_was_given_up_completes_the_stage_of_another_after_five_moves(self) -> None:
        moves = [frame.move for frame in refute(STALE).verdict.trace or () if frame.move is not None]

        late = Job(ORCHESTRATOR, 1)
        assert moves[0] == Ask(ORCHESTRATOR, USER, Submit("w", (A,)))
        assert set(moves[1:4]) == {
            Receive(FIRST, ORCHESTRATOR, ASSIGNED),
            Fire(FIRST, Succeeds(late, "a")),
            Fire(ORCHESTRATOR, GiveUp("a")),
        }
        assert moves[4] == Receive(ORCHESTRATOR, FIRST, TaskComplete(1, "a", RESULT))


class TestHistory:
    def test_a_crash_ends_what_an_agent_is_at_and_nothing_else(self) -> None:
        one, other = Job(ORCHESTRATOR, 1), Job(ORCHESTRATOR, 2)
        busy = History(POLICY, begun=Map.of({one: FIRST, other: SECOND}), at_work=frozenset({one, other}))

        assert busy.after(FIRST, FIRST, Crashed()) == evolve(busy, at_work=frozenset({other}), crashed=frozenset({FIRST}))
        assert busy.after(ORCHESTRATOR, ORCHESTRATOR, Crashed()) == busy

    def test_what_an_agent_begins_takes_the_place_of_what_it_was_at_for_the_same_orchestrator(self) -> None:
        one, other, new = Job(ORCHESTRATOR, 1), Job(OTHER, 1), Job(ORCHESTRATOR, 2)
        busy = History(POLICY, begun=Map.of({one: FIRST, other: FIRST}), at_work=frozenset({one, other}))

        assert busy.after(FIRST, FIRST, Began(new)).at_work == frozenset({other, new})

    def test_who_had_a_stage_is_remembered_and_a_result_is_that_of_its_token(self) -> None:
        held = Run("w", (A,), held=Map.of({"a": Held(FIRST, 1)}), token=1)
        log = History(POLICY, runs=Map.of({ORCHESTRATOR: held}), done=Map.of({Job(ORCHESTRATOR, 1): RESULT}))
        back = log.after(ORCHESTRATOR, ORCHESTRATOR, TakenBack("a", 1, failed=False)).run(ORCHESTRATOR)
        over = log.after(ORCHESTRATOR, ORCHESTRATOR, StageEnded("a", DONE, 1)).run(ORCHESTRATOR)

        assert back == evolve(held, held=Map(), gone=Map.of({"a": frozenset({FIRST})}))
        assert back.taken_back("a") == back
        assert over == evolve(held, held=Map(), ended=Map.of({"a": DONE}), results=Map.of({"a": RESULT}))

    def test_nothing_may_be_answered_to_what_is_no_request(self) -> None:
        assert tuple(spec.truths(Run(), None, POLICY, awaited=True)) == ()
