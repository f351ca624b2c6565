"""Retries: an executor, which users ask for stages, and agents, each of which carries out its own."""

from __future__ import annotations

from functools import partial
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
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
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Effect, Faults, Map, Network, Reply, Send, Ticks, Unknown

# ---- the executor


@frozen
class Open:
    """An execution. `doubt`: whether of some attempt it is not known what became of it."""

    client: Address
    asked: Execute
    attempt: Attempt
    phase: Phase = Running()
    doubt: bool = False


@frozen
class Executing:
    """The open executions by their agents, and how many jobs each agent has had."""

    open: Map[Address, Open] = Map()
    jobs: Map[Address, int] = Map()


Heard: TypeAlias = Performed | Failed


@frozen
class Executor(Process[Executing, Heard, Execute, TimeOut | Drawn]):
    """Tries each stage until it is done, or was tried as often as it may."""

    policy: Policy

    def start(self) -> Step[Executing]:
        return step(Executing())

    def request(self, state: Executing, client: Address, request: Execute) -> Step[Executing]:
        agent = request.agent
        if agent in state.open:
            return step(state, Reply(client, BUSY))
        job = state.jobs.get(agent, 0) + 1
        return self.perform(evolve(state, jobs=state.jobs.put(agent, job)), Open(client, request, Attempt(job, 1)))

    def perform(self, state: Executing, execution: Open) -> Step[Executing]:
        asked = execution.asked
        running = evolve(execution, phase=Running())
        return step(self.put(state, running), Send(asked.agent, Perform(execution.attempt, asked.given, asked.key)))

    def receive(self, state: Executing, source: Address, message: Heard) -> Step[Executing] | None:
        execution = state.open.get(source)
        if execution is None or message.attempt != execution.attempt:
            return None
        match message:
            case Performed(result=result):
                return self.end(state, execution, Done(message.attempt, result))
            case Failed():
                return self.missed(state, execution, has_failed=True) if execution.phase == Running() else None
            case _:
                assert_never(message)

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        """Go on from an attempt that has failed, or of which nothing is known: that is stopped, since the agent may be at it."""
        asked, attempt = execution.asked, execution.attempt
        after = evolve(execution, phase=self.drawing(attempt), doubt=execution.doubt or not has_failed)
        said = step(
            self.put(state, after), Announce(Missed(asked.agent, attempt, has_failed)), *self.stops(execution, has_failed=has_failed)
        )
        return said if self.may_try_again(after) else said.then(lambda state: self.end(state, after, self.outcome(after)))

    def may_try_again(self, execution: Open) -> bool:
        # The hard step: an attempt of which nothing is known may have done what it was for, or may do it yet. Only a key tells
        # the agent that the next one is for the same.
        return execution.attempt.number < self.policy.attempts and (execution.asked.key is not None or not execution.doubt)

    def outcome(self, execution: Open) -> GaveUp | Unknown:
        """Tell what is known when nothing is tried any more. One attempt in doubt may reach the agent after all others have failed."""
        return Unknown() if execution.doubt else GaveUp(execution.attempt)

    def drawing(self, attempt: Attempt) -> Drawing:
        bound = self.bound(attempt.number)
        return Drawing((bound + 1) // 2, bound)

    def bound(self, number: int) -> Ticks:
        return min(self.policy.first << (number - 1), self.policy.most)

    def stops(self, execution: Open, *, has_failed: bool = False) -> tuple[Effect, ...]:
        if has_failed or execution.phase != Running():
            return ()
        return (Send(execution.asked.agent, Stop(execution.attempt)),)

    def end(self, state: Executing, execution: Open, answer: object) -> Step[Executing]:
        return step(evolve(state, open=state.open.drop(execution.asked.agent)), Reply(execution.client, answer))

    def cancel(self, state: Executing, client: Address) -> Step[Executing]:
        execution = next(each for each in state.open.values() if each.client == client)
        in_doubt = execution.doubt or execution.phase == Running()
        ended = self.end(state, execution, Unknown() if in_doubt else CANCELLED)
        return step(ended.state, *ended.effects, *self.stops(execution))

    def suspect(self, state: Executing, peer: Address) -> Step[Executing] | None:
        execution = state.open.get(peer)
        return self.missed(state, execution, has_failed=False) if execution and execution.phase == Running() else None

    def armed(self, state: Executing) -> tuple[TimeOut | Drawn, ...]:
        return tuple(each for agent, execution in state.open.items() for each in self.ahead(agent, execution.phase))

    def ahead(self, agent: Address, phase: Phase) -> tuple[TimeOut | Drawn, ...]:
        match phase:
            case Running():
                return (TimeOut(agent),)
            case Drawing(low, high):
                return tuple(Drawn(agent, ticks) for ticks in range(low, high + 1))
            case Waiting():
                return ()
            case _:
                assert_never(phase)

    def fire(self, state: Executing, trigger: TimeOut | Drawn) -> Step[Executing]:
        execution = state.open[trigger.agent]
        match trigger:
            case TimeOut():
                return self.missed(state, execution, has_failed=False)
            case Drawn(agent, ticks):
                return step(self.put(state, evolve(execution, phase=Waiting(ticks))), Announce(Waits(agent, ticks)))
            case _:
                assert_never(trigger)

    def tick(self, state: Executing, now: Ticks) -> Step[Executing]:  # noqa: ARG002  # waits are counted, whatever it shows
        after = step(state)
        for execution in state.open.values():
            if isinstance(execution.phase, Waiting):
                after = after.then(partial(self.passes, execution=execution, left=execution.phase.left - 1))
        return after

    def passes(self, state: Executing, execution: Open, left: Ticks) -> Step[Executing]:
        if left:
            return step(self.put(state, evolve(execution, phase=Waiting(left))))
        job, number = execution.attempt.job, execution.attempt.number
        return self.perform(state, evolve(execution, attempt=Attempt(job, number + 1)))

    def put(self, state: Executing, execution: Open) -> Executing:
        return evolve(state, open=state.open.put(execution.asked.agent, execution))

    def view(self, state: Executing) -> ExecutorView:
        return ExecutorView(Map.of((agent, each.phase) for agent, each in state.open.items()))


# ---- agents


@frozen
class Serving:
    """What an agent works on, and the last attempt that it has heard of. On its disk: what came of what has a key."""

    work: Perform | None = None
    heard: Attempt = Attempt(0, 0)
    record: Map[str, int] = Map()


@frozen
class Agent(Process[Serving, Perform | Stop, Never, Ended]):
    """Carries out one stage at a time, and does once what has a key."""

    executor: Address

    def start(self) -> Step[Serving]:
        return step(Serving())

    def receive(self, state: Serving, source: Address, message: Perform | Stop) -> Step[Serving] | None:  # noqa: ARG002
        match message:
            case Perform(attempt):
                return self.leave(state, attempt).then(lambda state: self.begin(state, message)) if attempt > state.heard else None
            case Stop(attempt):
                return self.stop(state, attempt) if attempt >= state.heard else None
            case _:
                assert_never(message)

    def stop(self, state: Serving, attempt: Attempt) -> Step[Serving]:
        """Work on an attempt no more, or never, since what asks for it is on its way still."""
        left = self.leave(state, attempt)
        return left if attempt == state.heard else step(left.state, *left.effects, Announce(Dropped(attempt)))

    def leave(self, state: Serving, heard: Attempt) -> Step[Serving]:
        """Work on nothing, now that it has heard of this attempt."""
        dropped = () if state.work is None else (Announce(Dropped(state.work.attempt)),)
        return step(evolve(state, heard=heard, work=None), *dropped)

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        result = None if asked.key is None else state.record.get(asked.key)
        return step(evolve(state, work=asked)) if result is None else self.tell(state, Performed(asked.attempt, result))

    def tell(self, state: Serving, message: Heard, *effects: Effect) -> Step[Serving]:
        return step(state, *effects, Send(self.executor, message))

    def armed(self, state: Serving) -> tuple[Ended, ...]:
        return () if state.work is None else (Ended(carried_out=True), Ended(carried_out=False))

    def fire(self, state: Serving, trigger: Ended) -> Step[Serving]:
        asked = state.work
        if asked is None:
            raise ValueError(f"{trigger} of nothing: an agent that works on nothing is not armed")
        free = evolve(state, work=None)
        return self.acted(free, asked) if trigger.carried_out else self.tell(free, Failed(asked.attempt))

    def acted(self, state: Serving, asked: Perform) -> Step[Serving]:
        result = asked.given + 1
        record = state.record if asked.key is None else state.record.put(asked.key, result)
        return self.tell(evolve(state, record=record), Performed(asked.attempt, result), Announce(Acted(asked.attempt, asked.key, result)))

    def survives(self, state: Serving) -> tuple[Serving, ...]:
        return (Serving(record=state.record),)

    def recover(self, state: Serving) -> Step[Serving]:
        return step(state)

    def view(self, state: Serving) -> AgentView:
        return AgentView(state.work.attempt if state.work else None, state.heard, state.record)


# ---- systems

PROMISES: tuple[Clause, ...] = (
    spec.is_done_once,
    spec.nothing_unasked,
    spec.only_what_is_stopped_is_dropped,
    spec.what_became_of_it_is_said,
    spec.what_agents_say_is_true,
    spec.is_tried_as_it_may_be,
    spec.only_who_was_left_is_stopped,
    spec.who_is_left_is_stopped,
    spec.who_is_not_waited_for_is_left_at_once,
    spec.what_is_missed_is_true,
    spec.begins_only_what_is_later,
    spec.the_record_is_true,
    spec.the_wait_is_in_its_bounds,
    spec.the_view_is_true,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.who_is_told_to_stop_stops,
    spec.every_execution_ends,
)
EXAMPLES: tuple[Clause, ...] = (spec.succeeds_after_a_failure, spec.is_done_and_not_heard_of, spec.is_given_up, spec.is_dropped)

EXECUTOR, AGENT = Address("executor"), Address("agent")
WITH_KEY, WITHOUT = Execute(AGENT, 5, "order"), Execute(AGENT, 5)
TWICE = Policy(2)


def system(
    *scripts: tuple[Execute, ...],
    policy: Policy = TWICE,
    network: Network = Network(),
    faults: Faults = Faults(),
    executor: type[Executor] = Executor,
    agent: type[Agent] = Agent,
    promises: tuple[Clause, ...] = (*PROMISES, *EXAMPLES),
) -> System[History]:
    """Put an executor and agents together, and one user for each script; by default one, of a stage that has a key."""
    asked = scripts or ((WITH_KEY,),)
    agents = dict.fromkeys(each.agent for script in asked for each in script)
    return System(
        {EXECUTOR: executor(policy), **{each: agent(EXECUTOR) for each in agents}},
        History(policy),
        promises,
        network,
        faults,
        tuple(User(Address("user", number), (EXECUTOR,), tuple((each,) for each in script)) for number, script in enumerate(asked)),
        clocks=Clocks(2, wraps=True),
    )
