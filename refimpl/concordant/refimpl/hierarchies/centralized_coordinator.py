"""A centralized coordinator as a machine; its agents are a supervisor's."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.supervisor import ANYTHING, Agent
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.hierarchies import centralized_coordinator as spec
from concordant.spec.hierarchies.centralized_coordinator import BUSY, Aborted, CoordinatorView, Log, Perform, Performed
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Over, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Rejected, Reply, Send, addresses


@frozen
class Common:
    """What lasts from task to task: the common state, the number of what was given last, and which agents are suspected."""

    world: Map[str, str] = Map()
    given: int = 0
    down: frozenset[Address] = frozenset()


@frozen
class Performing:
    """A client's task: what is to be done, the next subtask first; who has that; what is done; and how much each agent had of it."""

    common: Common
    client: Address
    left: tuple[Subtask, ...]
    agent: Address
    results: Map[str, str] = Map()
    had: Map[Address, int] = Map()


Coordinating: TypeAlias = Common | Performing


@frozen
class Coordinator(Process[Coordinating, Over, Perform, Never]):
    """Runs one task at a time. `agents`: what each can do."""

    agents: Map[Address, frozenset[str]]

    def start(self) -> Step[Coordinating]:
        return step(Common())

    def request(self, state: Coordinating, client: Address, request: Perform) -> Step[Coordinating]:
        match state:
            case Performing():
                return step(state, Reply(client, BUSY))
            case Common():
                wrong = self.flaw(state, request.subtasks)
                if wrong is not None:
                    return step(state, Reply(client, Rejected(wrong)))
                begun = self.go_on(Performing(state, client, request.subtasks, client))
                return Step(begun.state, (Announce(Accepted(client, request.subtasks)), *begun.effects))
            case _:
                assert_never(state)

    def flaw(self, state: Common, subtasks: tuple[Subtask, ...]) -> str | None:
        """Say what is wrong with a task; None if nothing is."""
        names = [subtask.name for subtask in subtasks]
        if not names:
            return "there is nothing to do"
        for subtask in subtasks:
            if names.count(subtask.name) > 1:
                return f"two subtasks are named {subtask.name}"
            if not self.able(state, subtask):
                return f"no agent can do {subtask.name}"
        return None

    def able(self, common: Common, subtask: Subtask) -> list[Address]:
        return [agent for agent, can in self.agents.items() if subtask.needs in can and agent not in common.down]

    def go_on(self, state: Performing) -> Step[Coordinating]:
        """Give out the next subtask; end where there is none, or nobody who can do it."""
        if not state.left:
            return self.perform(state)
        agent = self.chosen(state, state.left[0])
        return self.abort(state) if agent is None else self.give(state, agent)

    def chosen(self, state: Performing, subtask: Subtask) -> Address | None:
        return min(self.able(state.common, subtask), key=lambda agent: state.had.get(agent, 0), default=None)

    def give(self, state: Performing, agent: Address) -> Step[Coordinating]:
        number = state.common.given + 1
        after = evolve(state, common=evolve(state.common, given=number), agent=agent, had=state.had.put(agent, state.had.get(agent, 0) + 1))
        return step(after, Send(agent, Run(number, state.left[0].name)))

    def perform(self, state: Performing) -> Step[Coordinating]:
        # The hard step: until all is done the results are the task's own; they become common all at once, or never.
        world = Map.of((*state.common.world.items(), *state.results.items()))
        return step(evolve(state.common, world=world), Reply(state.client, Performed(state.results)))

    def abort(self, state: Performing) -> Step[Coordinating]:
        return step(state.common, Reply(state.client, Aborted(state.left[0].name)))

    def receive(self, state: Coordinating, source: Address, message: Over) -> Step[Coordinating] | None:  # noqa: ARG002  # its number says whose it is
        if isinstance(state, Common) or message.number != state.common.given:
            return None  # a copy
        return self.ended(state, message)

    def ended(self, state: Performing, message: Over) -> Step[Coordinating]:
        if not isinstance(message.outcome, Done):
            return self.abort(state)
        results = state.results.put(state.left[0].name, message.outcome.result)
        return self.go_on(evolve(state, left=state.left[1:], results=results))

    def suspect(self, state: Coordinating, peer: Address) -> Step[Coordinating] | None:
        common = state.common if isinstance(state, Performing) else state
        if peer in common.down:
            return None
        warned = evolve(common, down=common.down | {peer})
        if isinstance(state, Common):
            return step(warned)
        after = evolve(state, common=warned)
        return self.abort(after) if peer == state.agent else step(after)

    def view(self, state: Coordinating) -> CoordinatorView:
        return CoordinatorView((state.common if isinstance(state, Performing) else state).world)


PROMISES: tuple[Clause, ...] = (
    spec.what_is_accepted_was_asked_for_and_can_be_done,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.one_after_the_other,
    spec.it_is_given_to_who_can_do_it,
    spec.the_work_is_shared,
    spec.an_agent_works_on_what_it_was_given,
    spec.the_common_state_holds_whole_tasks,
    spec.nobody_waits,
    spec.every_task_ends,
)

COORDINATOR, USER, RIVAL = Address("coordinator"), Address("user"), Address("user", 1)


def system(
    subtasks: tuple[Subtask, ...],
    *then: tuple[Subtask, ...],
    rival: tuple[tuple[Subtask, ...], ...] = (),
    able: tuple[frozenset[str], ...] = (ANYTHING, ANYTHING),
    network: Network = Network(),
    faults: Faults = Faults(detector=True),
    coordinator: type[Coordinator] = Coordinator,
    agent: type[Agent] = Agent,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put a coordinator, an agent for each place of `able`, and users together: one asks for a task, then for others; a rival asks whenever it likes."""
    agents = Map.of(zip(addresses("agent", len(able)), able, strict=True))
    scripts = {USER: (subtasks, *then), RIVAL: rival}
    return System(
        {COORDINATOR: coordinator(agents), **{name: agent(COORDINATOR) for name in agents}},
        Log(agents),
        promises,
        network,
        faults,
        tuple(User(name, (COORDINATOR,), tuple((Perform(task),) for task in script)) for name, script in scripts.items() if script),
    )
