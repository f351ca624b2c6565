"""A supervisor and its agents as machines: the supervisor is a nursery, which ends after its children."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, KnownViolation, Process, Receive, Step, Suspect, System, User, step
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Failed, Over, Run, Stop, Stopped
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import (
    BUSY,
    AgentView,
    Began,
    Coordinate,
    Fails,
    Gathered,
    Halted,
    Log,
    Outcome,
    Succeeds,
    SupervisorView,
    Unstarted,
)
from concordant.spec.hierarchies.supervisor import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Rejected, Reply, Send, addresses

# ---- supervisor


@frozen
class Idle:
    """No task is under way. `given`: the number of what was given last, in all tasks; `down`: which agents are suspected."""

    given: int = 0
    down: frozenset[Address] = frozenset()


@frozen
class Nursery:
    """A client's task is under way: what waits for an agent, what each agent has, what became of the rest; `closing`: nothing is given out any more."""

    client: Address
    queue: tuple[Subtask, ...]
    given: int = 0
    down: frozenset[Address] = frozenset()
    running: Map[Address, Run] = Map()
    outcomes: Map[str, Outcome] = Map()
    closing: bool = False


Supervising: TypeAlias = Idle | Nursery


@frozen
class Supervisor(Process[Supervising, Over, Coordinate, Never]):
    """Runs one task at a time. `agents`: what each can do."""

    agents: Map[Address, frozenset[str]]

    def start(self) -> Step[Supervising]:
        return step(Idle())

    def request(self, state: Supervising, client: Address, request: Coordinate) -> Step[Supervising]:
        match state:
            case Nursery():
                return step(state, Reply(client, BUSY))
            case Idle(given, down):
                wrong = self.flaw(state, request.subtasks)
                if wrong is not None:
                    return step(state, Reply(client, Rejected(wrong)))
                taken = self.go_on(Nursery(client, request.subtasks, given, down))
                return Step(taken.state, (Announce(Accepted(client, request.subtasks)), *taken.effects))
            case _:
                assert_never(state)

    def flaw(self, state: Supervising, subtasks: tuple[Subtask, ...]) -> str | None:
        """Say what is wrong with a task; None if nothing is."""
        names = [subtask.name for subtask in subtasks]
        up = [can for agent, can in self.agents.items() if agent not in state.down]
        if not names:
            return "there is nothing to do"
        for subtask in subtasks:
            if names.count(subtask.name) > 1:
                return f"two subtasks are named {subtask.name}"
            if not any(subtask.needs in can for can in up):
                return f"no agent can do {subtask.name}"
        return None

    def receive(self, state: Supervising, source: Address, message: Over) -> Step[Supervising] | None:
        if isinstance(state, Idle) or not self.is_awaited(state, source, message):
            return None  # a copy, or from an agent that was given up
        return self.ended(state, source, message.outcome)

    def is_awaited(self, state: Nursery, source: Address, message: Over) -> bool:
        run = state.running.get(source)
        return run is not None and run.number == message.number

    def suspect(self, state: Supervising, peer: Address) -> Step[Supervising] | None:
        if peer in state.down:
            return None
        match state:
            case Idle(given, down):
                return step(Idle(given, down | {peer}))
            case Nursery():
                warned = evolve(state, down=state.down | {peer})
                return self.ended(warned, peer, Failed()) if peer in state.running else step(warned)
            case _:
                assert_never(state)

    def cancel(self, state: Supervising, client: Address) -> Step[Supervising] | None:  # noqa: ARG002  # only the client of the task waits
        return None if isinstance(state, Idle) else self.close(state)

    def ended(self, state: Nursery, agent: Address, outcome: Outcome) -> Step[Supervising]:
        name = state.running[agent].subtask
        after = evolve(state, running=state.running.drop(agent), outcomes=state.outcomes.put(name, outcome))
        return self.go_on(after) if self.is_fine(outcome) else self.close(after)

    def is_fine(self, outcome: Outcome) -> bool:
        return isinstance(outcome, Done)

    def go_on(self, state: Nursery) -> Step[Supervising]:
        """Give out what can be given. Who alone can do what waits is busy, so that nothing waits in vain."""
        after, runs = (state, ()) if state.closing else self.give_out(state)
        return self.settle(after, *runs)

    def give_out(self, state: Nursery) -> tuple[Nursery, tuple[Send, ...]]:
        runs: tuple[Send, ...] = ()
        for agent in self.free(state):
            subtask = self.next_for(agent, state.queue)
            if subtask is not None:
                run = Run(state.given + 1, subtask.name)
                queue = tuple(each for each in state.queue if each != subtask)
                state = evolve(state, queue=queue, given=run.number, running=state.running.put(agent, run))
                runs = (*runs, Send(agent, run))
        return state, runs

    def free(self, state: Nursery) -> tuple[Address, ...]:
        return tuple(agent for agent in self.agents if agent not in state.running and agent not in state.down)

    def next_for(self, agent: Address, queue: tuple[Subtask, ...]) -> Subtask | None:
        return next((subtask for subtask in queue if subtask.needs in self.agents[agent]), None)

    def close(self, state: Nursery) -> Step[Supervising]:
        """Give nothing out any more, and stop what runs."""
        stops = () if state.closing else tuple(Send(agent, Stop(run.number)) for agent, run in state.running.items())
        return self.settle(evolve(state, closing=True), *stops)

    def settle(self, state: Nursery, *sends: Send) -> Step[Supervising]:
        # The hard step: a nursery ends after its children. Whatever was given is over, and what is still on its way is a copy.
        return step(state, *sends) if state.running else self.end(state)

    def end(self, state: Nursery) -> Step[Supervising]:
        unstarted: dict[str, Outcome] = {subtask.name: Unstarted() for subtask in state.queue}
        outcomes = Map.of({**unstarted, **dict(state.outcomes.items())})
        return step(Idle(state.given, state.down), Reply(state.client, Gathered(outcomes)))

    def view(self, state: Supervising) -> SupervisorView:
        match state:
            case Idle(_, down):
                return SupervisorView((), frozenset(self.agents) - down)
            case Nursery():
                return SupervisorView(state.queue, frozenset(self.free(state)))
            case _:
                assert_never(state)


# ---- agent


@frozen
class Ready:
    """Works on nothing. `last`: the number of what it was given last; `stopped`: that of what is to be stopped when it comes, after that."""

    last: int = 0
    stopped: int = 0


@frozen
class Working:
    """Works on what it was given."""

    run: Run


Serving: TypeAlias = Ready | Working


@frozen
class Agent(Process[Serving, Run | Stop, Never, Succeeds | Fails]):
    """Works on one subtask at a time, and stops when it is told to."""

    supervisor: Address

    def start(self) -> Step[Serving]:
        return step(Ready())

    def receive(self, state: Serving, source: Address, message: Run | Stop) -> Step[Serving] | None:  # noqa: ARG002  # there is one supervisor
        match message:
            case Run():
                return self.given(state, message)
            case Stop(number):
                return self.told_to_stop(state, number)
            case _:
                assert_never(message)

    def given(self, state: Serving, run: Run) -> Step[Serving] | None:
        if isinstance(state, Working) or self.is_old(state, run.number):
            return None  # a copy: nothing new is given before this is over
        if run.number == state.stopped:
            return self.halt(run)
        return step(Working(run), Announce(Began(run)))

    def is_old(self, state: Ready, number: int) -> bool:
        return number <= state.last

    def told_to_stop(self, state: Serving, number: int) -> Step[Serving] | None:
        match state:
            case Working(run):
                return self.halt(run) if run.number == number else None
            case Ready(last):
                return None if self.is_old(state, number) else step(Ready(last, number))  # it came before what it is to stop
            case _:
                assert_never(state)

    def halt(self, run: Run) -> Step[Serving]:
        return step(Ready(run.number), Announce(Halted(run)), Send(self.supervisor, Over(run.number, Stopped())))

    def armed(self, state: Serving) -> tuple[Succeeds | Fails, ...]:
        return (Succeeds(state.run), Fails(state.run)) if isinstance(state, Working) else ()

    def fire(self, state: Serving, trigger: Succeeds | Fails) -> Step[Serving]:  # noqa: ARG002  # what ends says what it was
        match trigger:
            case Succeeds(run):
                return self.over(run, trigger.outcome)
            case Fails(run):
                return self.over(run, Failed())
            case _:
                assert_never(trigger)

    def over(self, run: Run, outcome: Done | Failed) -> Step[Serving]:
        return step(Ready(run.number), Send(self.supervisor, Over(run.number, outcome)))

    def view(self, state: Serving) -> AgentView:
        return AgentView(state.run if isinstance(state, Working) else None)


PROMISES: tuple[Clause, ...] = (
    spec.what_is_accepted_was_asked_for_and_can_be_done,
    spec.a_rejection_has_a_reason,
    spec.every_subtask_is_accounted_for,
    spec.an_outcome_is_true,
    spec.what_is_left_undone_has_a_reason,
    spec.nobody_is_answered_twice,
    spec.an_agent_begins_what_it_was_given,
    spec.an_agent_can_do_what_it_begins,
    spec.nothing_is_given_to_who_is_down,
    spec.nothing_more_is_given_out,
    spec.no_orphans,
    spec.nothing_waits_beside_a_free_agent,
    spec.nobody_waits,
    spec.every_task_ends,
    spec.a_failure_stops_the_rest,
)
EXAMPLES: tuple[Clause, ...] = (spec.all_is_done, spec.a_sibling_is_stopped)
"""What can happen where there are more subtasks than agents."""

SUPERVISOR, USER, RIVAL = Address("supervisor"), Address("user"), Address("user", 1)
ANYTHING = frozenset({"any"})


def system(
    subtasks: tuple[Subtask, ...],
    *then: tuple[Subtask, ...],
    rival: tuple[tuple[Subtask, ...], ...] = (),
    able: tuple[frozenset[str], ...] = (ANYTHING, ANYTHING),
    network: Network = Network(),
    faults: Faults = Faults(detector=True),
    supervisor: type[Supervisor] = Supervisor,
    agent: type[Agent] = Agent,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put a supervisor, an agent for each place of `able`, and users together: one asks for a task, then for others; a rival asks whenever it likes."""
    agents = Map.of(zip(addresses("agent", len(able)), able, strict=True))
    scripts = {USER: (subtasks, *then), RIVAL: rival}
    return System(
        {SUPERVISOR: supervisor(agents), **{name: agent(SUPERVISOR) for name in agents}},
        Log(agents),
        promises,
        network,
        faults,
        tuple(User(name, (SUPERVISOR,), tuple((Coordinate(task),) for task in script)) for name, script in scripts.items() if script),
    )


AGENT, A = Address("agent"), Subtask("a")

GIVES_UP_WHO_IS_UP = KnownViolation(
    spec.no_orphans_whatever_the_detector_says,
    "The detector errs: the supervisor gives up an agent that is at work, and its client is answered while that runs on.",
    system((A,), able=(ANYTHING,), faults=Faults(detector=True, mistakes=1), promises=(spec.no_orphans_whatever_the_detector_says,)),
    witness=(
        Ask(SUPERVISOR, USER, Coordinate((A,))),
        Receive(AGENT, SUPERVISOR, Run(1, "a")),
        Suspect(SUPERVISOR, AGENT),
    ),
)
