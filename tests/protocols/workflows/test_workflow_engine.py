"""The durable engine: requests in and steps out, its log across a crash, and the documents' threads move by move."""

from __future__ import annotations

from graphlib import TopologicalSorter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from concordant.checks.exploration.explore import explore
from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.workflows.workflow_engine.as_written import (
    LOST_COMPLETION,
    TWO_DRIVERS,
    AsWritten,
    Look,
    Shared,
    Store,
    Thread,
    Threading,
)
from concordant.refimpl.machine import Ask, Crash, Fire, Recover, step
from concordant.refimpl.workflows.workflow_engine import CRASH, ENGINE, PROMISES, RIVAL, USER, Engaged, Engine, Workflow, system
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Announce, Call, Crashed, Malformed, Map, Recovered, Rejected, Reply
from concordant.spec.workflows.shared.stages import Stage, StageStatus
from concordant.spec.workflows.workflow_engine import (
    NO_SUCH,
    TAKEN,
    Accepted,
    Cancel,
    Create,
    Created,
    Ended,
    EngineView,
    Execute,
    Fails,
    Job,
    Log,
    Started,
    Succeeds,
    TaskEnded,
    Vanishes,
    Verdict,
)
from concordant.spec.workflows.workflow_engine import clauses as spec

ANY = frozenset({"any"})
ONE, TWO = Engine((ANY,)), Engine((ANY, ANY), 2)
A, B = Stage("a"), Stage("b", ("a",))
JOB_A, JOB_B = Job("w", "a"), Job("w", "b")
CREATED = Engaged(Map.of({"w": Workflow((A, B))}))
RUNNING = Engaged(
    Map.of({"w": Workflow((A, B), wanted=True, tries=Map.of({"a": 1}))}), busy=Map.of({JOB_A: 0}), waiting=Map.of({USER: "w"})
)
DONE, FAILED, SKIPPED = StageStatus.DONE, StageStatus.FAILED, StageStatus.SKIPPED


def ended(verdict: Verdict, **statuses: StageStatus) -> Ended:
    """Return how w ended."""
    return Ended("w", verdict, Map.of(statuses))


class TestRequests:
    def test_a_workflow_is_created_once_and_who_creates_the_same_again_is_told_that_it_is_there(self) -> None:
        made = ONE.request(Engaged(), USER, Create("w", (A, B)))

        assert made == step(CREATED, Announce(Accepted(USER, "w", (A, B))), Reply(USER, Created()))
        assert ONE.request(CREATED, RIVAL, Create("w", (A, B))) == step(CREATED, Reply(RIVAL, Created()))
        assert ONE.request(CREATED, RIVAL, Create("w", (A,))) == step(CREATED, Reply(RIVAL, TAKEN))

    @pytest.mark.parametrize(
        ("tasks", "reason"),
        [
            ((A, A), "two stages are named a"),
            ((Stage("a", ("a",)),), "stages depend on each other in a circle: a → a"),
            ((A, Stage("b", needs="drawing")), "no worker can do b"),
        ],
    )
    def test_what_breaks_the_rules_is_rejected_with_the_reason(self, tasks: tuple[Stage, ...], reason: str) -> None:
        assert ONE.request(Engaged(), USER, Create("w", tasks)) == step(Engaged(), Reply(USER, Rejected(reason)))

    def test_what_there_is_not_is_neither_executed_nor_cancelled(self) -> None:
        for request in (Execute("w"), Cancel("w")):
            assert ONE.request(Engaged(), USER, request) == step(Engaged(), Reply(USER, NO_SUCH))

    def test_what_is_executed_starts_and_who_wants_it_executed_too_waits_for_the_same(self) -> None:
        assert ONE.request(CREATED, USER, Execute("w")) == step(RUNNING, Announce(Started(JOB_A, 0, Map())))
        assert ONE.request(RUNNING, RIVAL, Execute("w")) == step(evolve(RUNNING, waiting=Map.of({USER: "w", RIVAL: "w"})))

    def test_what_has_ended_is_told_to_who_wants_it_executed_or_cancelled(self) -> None:
        over = Engaged(Map.of({"w": Workflow((A,), wanted=True, ended=Map.of({"a": DONE}), verdict=Verdict.COMPLETED)}))

        for request in (Execute("w"), Cancel("w")):
            assert ONE.request(over, USER, request) == step(over, Reply(USER, ended(Verdict.COMPLETED, a=DONE)))

    def test_an_empty_workflow_is_completed_at_once(self) -> None:
        taken = ONE.request(Engaged(Map.of({"w": Workflow(())})), USER, Execute("w"))

        assert taken.effects == (Announce(ended(Verdict.COMPLETED)), Reply(USER, ended(Verdict.COMPLETED)))

    def test_a_cancelled_workflow_starts_nothing_more_and_ends_when_its_threads_have(self) -> None:
        asked = ONE.request(RUNNING, RIVAL, Cancel("w"))
        outcome = ended(Verdict.CANCELLED, a=DONE, b=SKIPPED)

        assert asked.effects == (Announce(TaskEnded(JOB_B, SKIPPED)),)
        assert ONE.fire(asked.state, Succeeds(JOB_A)).effects == (
            Announce(TaskEnded(JOB_A, DONE)),
            Announce(outcome),
            Reply(USER, outcome),
            Reply(RIVAL, outcome),
        )

    def test_nobody_tries_again_what_was_cancelled(self) -> None:
        asked = TWO.request(RUNNING, RIVAL, Cancel("w")).state

        assert TWO.fire(asked, Fails(JOB_A)).effects[:2] == (
            Announce(TaskEnded(JOB_A, FAILED)),
            Announce(ended(Verdict.CANCELLED, a=FAILED, b=SKIPPED)),
        )


class TestThreads:
    def test_a_task_reads_what_those_before_it_left(self) -> None:
        taken = ONE.fire(RUNNING, Succeeds(JOB_A))

        assert taken.effects == (Announce(TaskEnded(JOB_A, DONE)), Announce(Started(JOB_B, 0, Map.of({"a": "result of a"}))))
        assert ONE.view(taken.state) == EngineView(
            Map.of({JOB_A: 1, JOB_B: 1}), Map.of({JOB_A: DONE}), frozenset({JOB_A}), Map(), Map.of({JOB_B: 0})
        )

    def test_a_task_that_fails_is_tried_again_and_fails_when_no_attempt_is_left(self) -> None:
        again = TWO.fire(RUNNING, Fails(JOB_A))

        assert again.effects == (Announce(Started(JOB_A, 0, Map())),)
        assert TWO.fire(again.state, Fails(JOB_A)).effects == ONE.fire(RUNNING, Fails(JOB_A)).effects
        outcome = ended(Verdict.FAILED, a=FAILED, b=SKIPPED)
        assert ONE.fire(RUNNING, Fails(JOB_A)).effects == (
            Announce(TaskEnded(JOB_A, FAILED)),
            Announce(TaskEnded(JOB_B, SKIPPED)),
            Announce(outcome),
            Reply(USER, outcome),
        )

    def test_an_agent_that_is_lost_gets_nothing_more_and_another_takes_its_task(self) -> None:
        taken = TWO.fire(RUNNING, Vanishes(JOB_A))

        assert taken.effects == (Announce(Started(JOB_A, 1, Map())),)
        assert (taken.state.lost, taken.state.busy) == (frozenset({0}), Map.of({JOB_A: 1}))

    def test_what_nobody_is_left_for_fails_though_an_attempt_is_left(self) -> None:
        taken = Engine((ANY,), 2).fire(RUNNING, Vanishes(JOB_A))

        assert taken.effects[0] == Announce(TaskEnded(JOB_A, FAILED))

    def test_an_exclusive_task_waits_until_nothing_of_its_workflow_runs(self) -> None:
        tasks = (A, Stage("b", exclusive=True))
        running = TWO.request(Engaged(Map.of({"w": Workflow(tasks)})), USER, Execute("w"))

        assert running.effects == (Announce(Started(JOB_A, 0, Map())),)
        assert TWO.fire(running.state, Succeeds(JOB_A)).effects[1:] == (Announce(Started(JOB_B, 0, Map())),)

    def test_an_agent_that_is_free_again_goes_to_another_workflow(self) -> None:
        waiting = evolve(RUNNING, workflows=RUNNING.workflows.put("v", Workflow((A,), wanted=True)))

        assert ONE.fire(waiting, Succeeds(JOB_A)).effects == (
            Announce(TaskEnded(JOB_A, DONE)),
            Announce(Started(Job("v", "a"), 0, Map())),
        )

    def test_an_engine_that_tries_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'attempts' must be >= 1: 0"):
            Engine((ANY,), 0)


class TestCrashes:
    def test_the_log_survives_and_the_threads_and_who_waits_do_not(self) -> None:
        log = evolve(RUNNING, lost=frozenset({1}))

        assert tuple(TWO.survives(log)) == (Engaged(log.workflows, log.lost),)

    def test_what_a_crash_cuts_short_is_tried_again_if_an_attempt_is_left_and_has_failed_if_none_is(self) -> None:
        (left,) = TWO.survives(RUNNING)

        assert TWO.recover(left).effects == (Announce(Started(JOB_A, 0, Map())),)
        assert ONE.recover(left).effects == (
            Announce(TaskEnded(JOB_A, FAILED)),
            Announce(TaskEnded(JOB_B, SKIPPED)),
            Announce(ended(Verdict.FAILED, a=FAILED, b=SKIPPED)),
        )
        assert TWO.recover(CREATED) == step(CREATED)

    def test_what_a_crash_cut_short_is_completed_after_five_moves_and_nobody_is_told(self) -> None:
        goes_on = system(A, attempts=2, faults=CRASH, promises=(*PROMISES, spec.what_a_crash_cut_short_goes_on))
        trace = explore(goes_on).verdict(spec.what_a_crash_cut_short_goes_on).trace

        assert trace is not None
        assert [frame.move for frame in trace if frame.move is not None] == [
            Ask(ENGINE, USER, Create("w", (A,))),
            Ask(ENGINE, USER, Execute("w")),
            Crash(ENGINE, Engaged(Map.of({"w": Workflow((A,), wanted=True, tries=Map.of({"a": 1}))}))),
            Recover(ENGINE),
            Fire(ENGINE, Succeeds(JOB_A)),
        ]


@given(st.data())
def test_what_starts_is_what_another_sorter_of_graphs_calls_ready_whatever_ends_first(data: st.DataObject) -> None:
    names = "abcdef"[: data.draw(st.integers(1, 6), "tasks")]
    after = {name: tuple(other for other in names[:place] if data.draw(st.booleans(), name + other)) for place, name in enumerate(names)}
    sorter = TopologicalSorter(after)
    sorter.prepare()
    engine = Engine((ANY,) * len(names))
    state = engine.request(Engaged(), USER, Create("w", tuple(Stage(name, after[name]) for name in names))).state
    taken, running = engine.request(state, USER, Execute("w")), set[str]()

    while sorter.is_active():
        ready = set(sorter.get_ready())
        running |= ready
        assert {each.event.job.task for each in taken.effects if isinstance(each, Announce) and isinstance(each.event, Started)} == ready
        ends = data.draw(st.sampled_from(sorted(running)), "ends")
        running -= {ends}
        sorter.done(ends)
        taken = engine.fire(taken.state, Succeeds(Job("w", ends)))

    assert Reply(USER, ended(Verdict.COMPLETED, **dict.fromkeys(names, DONE))) in taken.effects


class TestTheDocumentsThreads:
    def test_two_callers_start_one_task_in_three_moves(self) -> None:
        trace = refute(TWO_DRIVERS).verdict.trace or ()

        assert [frame.move for frame in trace if frame.move is not None][1:] == [
            Ask(ENGINE, USER, Execute("w")),
            Ask(ENGINE, RIVAL, Execute("w")),
        ]

    def test_a_completion_is_lost_between_two_threads_that_have_read_the_same(self) -> None:
        moves = [frame.move for frame in refute(LOST_COMPLETION).verdict.trace or () if frame.move is not None]

        first, second = (Thread(USER, Job("w", task), 0, done=True) for task in "ab")
        assert moves[2:4] == [Fire(ENGINE, Succeeds(first.job)), Fire(ENGINE, Succeeds(second.job))]
        assert set(moves[4:]) == {Fire(ENGINE, Store(first)), Fire(ENGINE, Store(second))}

    def test_the_loop_goes_round_for_ever_where_no_agent_can_do_a_task(self) -> None:
        waits = Threading(Map.of({"w": Shared((Stage("a", needs="drawing"),))}), Map.of({USER: "w"}))

        assert AsWritten((ANY,)).armed(waits) == (Look(USER),)
        assert AsWritten((ANY,)).fire(waits, Look(USER)) == step(waits)


class TestLog:
    def test_a_crash_ends_what_runs_and_is_remembered(self) -> None:
        running = Log((ANY,), 1, busy=Map.of({JOB_A: 0}), tries=Map.of({JOB_A: 1}))
        down = running.after(ENGINE, ENGINE, Crashed())

        assert down == evolve(running, busy=Map(), cut=frozenset({JOB_A}), up=False)
        assert down.after(ENGINE, ENGINE, Recovered()) == evolve(down, up=True)

    def test_what_became_of_a_thread_is_a_fact_whatever_the_engine_makes_of_it(self) -> None:
        running = Log((ANY,), 1, busy=Map.of({JOB_A: 0}))

        assert running.after(ENGINE, ENGINE, Succeeds(JOB_A)) == Log((ANY,), 1, well=frozenset({JOB_A}))
        assert running.after(ENGINE, ENGINE, Fails(JOB_A)) == Log((ANY,), 1, failures=1)
        assert running.after(ENGINE, ENGINE, Vanishes(JOB_A)) == Log((ANY,), 1, failures=1, lost=frozenset({0}))

    def test_starts_are_counted_to_one_too_many(self) -> None:
        log = Log((ANY,), 1)
        for _ in range(3):
            log = log.after(ENGINE, ENGINE, Started(JOB_A, 0, Map()))

        assert log.tries == Map.of({JOB_A: 2})

    def test_what_is_wanted_of_a_workflow_counts_if_there_is_one_and_of_a_cancellation_until_it_has_ended(self) -> None:
        log = Log((ANY,), 1, workflows=Map.of({"w": (A,)}))
        outcome = ended(Verdict.COMPLETED, a=DONE)
        over = evolve(log, outcomes=Map.of({"w": outcome}))

        assert log.after(ENGINE, USER, Execute("w")).unfinished == frozenset({"w"})
        assert log.after(ENGINE, USER, Execute("v")).unfinished == frozenset()
        assert log.after(ENGINE, USER, Cancel("w")).cancelled == frozenset({"w"})
        assert over.after(ENGINE, USER, Cancel("w")).cancelled == frozenset()

    def test_a_malformed_request_is_folded_as_what_it_asks(self) -> None:
        asked = Log((ANY,), 1).after(ENGINE, USER, Malformed(Create("w", (A, A))))

        assert asked == Log((ANY,), 1, Calls(Map.of({Call(USER, ENGINE): Create("w", (A, A))})))

    def test_what_was_not_defined_is_no_task(self) -> None:
        assert Log((ANY,), 1).task(JOB_A) is None
        assert tuple(spec.ways(Log((ANY,), 1), JOB_A)) == ()
        assert tuple(spec.truths(Log((ANY,), 1), None)) == ()
