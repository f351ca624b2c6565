"""Retries, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, Receive, Tick, step
from concordant.refimpl.recovery.retry_recovery import (
    AGENT,
    EXECUTOR,
    WITH_KEY,
    WITHOUT,
    Agent,
    Executing,
    Executor,
    Open,
    Serving,
    system,
)
from concordant.spec.recovery.retry_recovery import (
    BUSY,
    CANCELLED,
    Acted,
    AgentView,
    Attempt,
    Done,
    Drawing,
    Drawn,
    Dropped,
    Ended,
    Execute,
    ExecutorView,
    Failed,
    GaveUp,
    History,
    Missed,
    Perform,
    Performed,
    Phase,
    Policy,
    Running,
    Stop,
    TimeOut,
    Waiting,
    Waits,
)
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Address, Announce, CancelAsked, Map, Reply, Send, Unknown, addresses

USER, OTHER = addresses("user", 2)
ANOTHER = Address("agent", 1)
TWICE = Executor(Policy(2, 1, 2))
FIRST, SECOND = Attempt(1, 1), Attempt(1, 2)
RUNNING = Open(USER, WITH_KEY, FIRST)
WAITING = evolve(RUNNING, phase=Waiting(2), doubt=True)
LAST = evolve(RUNNING, attempt=SECOND)


def executing(*executions: Open) -> Executing:
    return Executing(Map.of((each.asked.agent, each) for each in executions), Map.of((each.asked.agent, 1) for each in executions))


NOTHING = Executing(jobs=Map.of({AGENT: 1}))


class TestExecutor:
    def test_tries_a_stage_at_once_and_turns_down_another_for_the_same_agent(self) -> None:
        assert TWICE.start() == step(Executing())
        assert TWICE.request(Executing(), USER, WITH_KEY) == step(executing(RUNNING), Send(AGENT, Perform(FIRST, 5, "order")))
        assert TWICE.request(executing(RUNNING), OTHER, WITHOUT) == step(executing(RUNNING), Reply(OTHER, BUSY))
        assert TWICE.request(NOTHING, USER, WITHOUT).effects == (Send(AGENT, Perform(Attempt(2, 1), 5, None)),)

    def test_answers_with_what_came_of_it_also_if_that_is_late(self) -> None:
        done = step(NOTHING, Reply(USER, Done(FIRST, 6)))

        assert TWICE.receive(executing(RUNNING), AGENT, Performed(FIRST, 6)) == done
        assert TWICE.receive(executing(WAITING), AGENT, Performed(FIRST, 6)) == done

    def test_ignores_what_is_of_another_attempt_or_of_no_execution_and_failures_that_are_late(self) -> None:
        assert TWICE.receive(executing(LAST), AGENT, Performed(FIRST, 6)) is None
        assert TWICE.receive(executing(RUNNING), ANOTHER, Performed(FIRST, 6)) is None
        assert TWICE.receive(executing(WAITING), AGENT, Failed(FIRST)) is None

    def test_draws_a_wait_after_a_failure(self) -> None:
        drawing = evolve(RUNNING, phase=Drawing(1, 1))

        assert TWICE.receive(executing(RUNNING), AGENT, Failed(FIRST)) == step(
            executing(drawing), Announce(Missed(AGENT, FIRST, has_failed=True))
        )

    def test_stops_the_agent_of_which_it_hears_nothing_and_is_in_doubt_from_then_on(self) -> None:
        stopped = step(
            executing(evolve(RUNNING, phase=Drawing(1, 1), doubt=True)),
            Announce(Missed(AGENT, FIRST, has_failed=False)),
            Send(AGENT, Stop(FIRST)),
        )

        assert TWICE.armed(executing(RUNNING)) == (TimeOut(AGENT),)
        assert TWICE.fire(executing(RUNNING), TimeOut(AGENT)) == stopped
        assert TWICE.suspect(executing(RUNNING), AGENT) == stopped
        assert TWICE.suspect(executing(WAITING), AGENT) is None
        assert TWICE.suspect(executing(RUNNING), ANOTHER) is None

    @pytest.mark.parametrize(
        ("doubt", "answer"), [(False, GaveUp(SECOND)), pytest.param(True, Unknown(), id="one attempt may reach the agent yet")]
    )
    def test_says_that_nothing_was_done_only_if_every_attempt_has_failed(self, doubt: bool, answer: object) -> None:
        after = TWICE.receive(executing(evolve(LAST, doubt=doubt)), AGENT, Failed(SECOND))

        assert after == step(NOTHING, Announce(Missed(AGENT, SECOND, has_failed=True)), Reply(USER, answer))

    def test_tries_what_has_no_key_only_after_a_failure(self) -> None:
        without = evolve(RUNNING, asked=WITHOUT)
        told = (Announce(Missed(AGENT, FIRST, has_failed=False)), Send(AGENT, Stop(FIRST)), Reply(USER, Unknown()))

        assert TWICE.fire(executing(without), TimeOut(AGENT)) == step(NOTHING, *told)
        assert TWICE.receive(executing(without), AGENT, Failed(FIRST)) == step(
            executing(evolve(without, phase=Drawing(1, 1))), Announce(Missed(AGENT, FIRST, has_failed=True))
        )

    @pytest.mark.parametrize(("number", "low", "high"), [(1, 2, 3), (2, 3, 6), (3, 5, 10), (4, 5, 10)])
    def test_doubles_the_bound_up_to_the_cap_and_draws_from_its_upper_half(self, number: int, low: int, high: int) -> None:
        assert Executor(Policy(9, 3, 10)).drawing(Attempt(7, number)) == Drawing(low, high)

    def test_waits_for_as_long_as_was_drawn_and_tries_again(self) -> None:
        drawing = evolve(RUNNING, phase=Drawing(1, 2))
        one_more = evolve(WAITING, phase=Waiting(1))

        assert TWICE.armed(executing(drawing)) == (Drawn(AGENT, 1), Drawn(AGENT, 2))
        assert TWICE.armed(executing(WAITING)) == ()
        assert TWICE.fire(executing(drawing), Drawn(AGENT, 2)) == step(
            executing(evolve(drawing, phase=Waiting(2))), Announce(Waits(AGENT, 2))
        )
        assert TWICE.tick(executing(WAITING), 1) == step(executing(one_more))
        assert TWICE.tick(executing(one_more), 2) == step(executing(evolve(LAST, doubt=True)), Send(AGENT, Perform(SECOND, 5, "order")))

    def test_counts_every_wait_at_each_tick_and_nothing_else(self) -> None:
        other = Open(OTHER, Execute(ANOTHER, 5), FIRST, Waiting(1))
        begun = evolve(other, attempt=SECOND, phase=Running())

        assert TWICE.tick(executing(RUNNING), 1) == step(executing(RUNNING))
        assert TWICE.tick(executing(WAITING, other), 1) == step(
            executing(evolve(WAITING, phase=Waiting(1)), begun), Send(ANOTHER, Perform(SECOND, 5, None))
        )

    def test_says_of_what_is_cancelled_that_nothing_was_done_unless_that_is_in_doubt(self) -> None:
        sure = evolve(WAITING, doubt=False)
        other = Open(OTHER, Execute(ANOTHER, 5), FIRST)

        assert TWICE.cancel(executing(sure), USER) == step(NOTHING, Reply(USER, CANCELLED))
        assert TWICE.cancel(executing(WAITING), USER) == step(NOTHING, Reply(USER, Unknown()))
        assert TWICE.cancel(executing(RUNNING), USER) == step(NOTHING, Reply(USER, Unknown()), Send(AGENT, Stop(FIRST)))
        assert TWICE.cancel(executing(RUNNING, other), OTHER).state.open == Map.of({AGENT: RUNNING})

    def test_shows_how_far_executions_are(self) -> None:
        phases: Map[Address, Phase] = Map.of({AGENT: Waiting(2)})

        assert TWICE.view(executing(WAITING)) == ExecutorView(phases)


class TestAgent:
    me = Agent(EXECUTOR)
    asked = Perform(FIRST, 5, "order")
    working = Serving(asked, FIRST)
    knows = Map.of({"order": 6})

    def test_begins_what_is_later_than_all_it_has_heard_of_and_drops_the_rest(self) -> None:
        later = Perform(SECOND, 5, "order")

        assert self.me.receive(Serving(), EXECUTOR, self.asked) == step(self.working)
        assert self.me.receive(self.working, EXECUTOR, later) == step(Serving(later, SECOND), Announce(Dropped(FIRST)))
        assert self.me.receive(Serving(heard=FIRST), EXECUTOR, self.asked) is None

    def test_answers_by_the_key_and_does_nothing_twice(self) -> None:
        assert self.me.receive(Serving(record=self.knows), EXECUTOR, self.asked) == step(
            Serving(None, FIRST, self.knows), Send(EXECUTOR, Performed(FIRST, 6))
        )

    def test_stops_at_this_attempt_and_at_any_before(self) -> None:
        assert self.me.receive(self.working, EXECUTOR, Stop(FIRST)) == step(Serving(heard=FIRST), Announce(Dropped(FIRST)))
        assert self.me.receive(Serving(), EXECUTOR, Stop(FIRST)) == step(Serving(heard=FIRST), Announce(Dropped(FIRST)))
        assert self.me.receive(Serving(heard=FIRST), EXECUTOR, Stop(FIRST)) == step(Serving(heard=FIRST))
        assert self.me.receive(Serving(heard=SECOND), EXECUTOR, Stop(FIRST)) is None

    def test_does_its_work_and_keeps_the_key_in_one_step(self) -> None:
        assert (self.me.armed(Serving()), self.me.armed(self.working)) == ((), (Ended(carried_out=True), Ended(carried_out=False)))
        assert self.me.fire(self.working, Ended(carried_out=True)) == step(
            Serving(None, FIRST, self.knows), Announce(Acted(FIRST, "order", 6)), Send(EXECUTOR, Performed(FIRST, 6))
        )
        assert self.me.fire(Serving(Perform(FIRST, 4, None), FIRST), Ended(carried_out=True)) == step(
            Serving(None, FIRST), Announce(Acted(FIRST, None, 5)), Send(EXECUTOR, Performed(FIRST, 5))
        )

    def test_says_that_it_has_failed_and_knows_no_key_then(self) -> None:
        assert self.me.fire(self.working, Ended(carried_out=False)) == step(Serving(heard=FIRST), Send(EXECUTOR, Failed(FIRST)))

    def test_ends_nothing_that_it_has_not_begun(self) -> None:
        with pytest.raises(ValueError, match="works on nothing is not armed"):
            self.me.fire(Serving(), Ended(carried_out=True))

    def test_keeps_only_its_keys_in_a_crash(self) -> None:
        kept = Serving(record=self.knows)

        assert self.me.survives(evolve(self.working, record=self.knows)) == (kept,)
        assert self.me.recover(kept) == step(kept)

    def test_shows_what_it_works_on_and_knows(self) -> None:
        assert self.me.view(self.working) == AgentView(FIRST, FIRST, Map())
        assert self.me.view(Serving(None, SECOND, self.knows)) == AgentView(None, SECOND, self.knows)


@pytest.mark.parametrize("wrong", [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_a_policy_without_attempts_or_waits_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="must be >= 1: 0"):
        Policy(*wrong)


def test_a_history_of_one_role_alone_folds_what_it_sees() -> None:
    nothing = History(Policy(2))

    assert nothing.after(EXECUTOR, EXECUTOR, Waits(AGENT, 1)) == nothing
    assert nothing.after(EXECUTOR, USER, CancelAsked()) == nothing
    assert nothing.after(EXECUTOR, EXECUTOR, Reply(USER, Unknown())).executions == Map()


def test_a_wait_of_nobody_is_out_of_its_bounds_and_an_answer_to_nobody_is_not_judged() -> None:
    nothing = History(Policy(2))

    assert [each.holds for each in spec.the_wait_is_in_its_bounds.cases(nothing, EXECUTOR, Waits(AGENT, 1))] == [False]
    assert list(spec.an_answer_is_true.cases(nothing, EXECUTOR, Reply(USER, Unknown()))) == []


def test_what_was_done_and_not_heard_of_is_found_by_its_key_in_the_second_attempt() -> None:
    trace = explore(system()).verdict("retry_recovery.is_done_and_not_heard_of").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(EXECUTOR, USER, WITH_KEY),
        Receive(AGENT, EXECUTOR, Perform(FIRST, 5, "order")),
        Fire(EXECUTOR, TimeOut(AGENT)),
        Fire(EXECUTOR, Drawn(AGENT, 1)),
        Tick(EXECUTOR, 1),
        Fire(AGENT, Ended(carried_out=True)),
    ]
