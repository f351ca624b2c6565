"""Leader decision as two machines: agents, which decide while they lead, and the log that takes their decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.consensus import leader_decision as spec
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.consensus.leader_decision import (
    RECUSED,
    AgentView,
    Appoint,
    Conflict,
    Decide,
    Decision,
    Entered,
    Entry,
    Fenced,
    History,
    LogView,
    NotLeader,
    Resolve,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Send, addresses, broadcast

# ---- agents


@frozen
class State:
    """In which epoch an agent leads, what it has applied, which is on the disk, and for whom it has asked the log about which conflict."""

    leads: Epoch | None = None
    applied: Map[str, str] = Map()
    waiting: Map[Address, Conflict] = Map()


Request: TypeAlias = Appoint | Resolve


@frozen
class Agent(Process[State, Entry | Fenced, Request]):
    """Decides while it leads. `choose`: which of some claims it prefers."""

    me: Address
    log: Address
    choose: Callable[[tuple[str, ...]], str]

    def start(self) -> Step[State]:
        return step(State())

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        match request:
            case Appoint(epoch):
                return step(evolve(state, leads=epoch) if self.is_later(state, epoch) else state)
            case Resolve(conflict):
                return self.resolve(state, client, conflict)
            case _:
                assert_never(request)

    def is_later(self, state: State, epoch: Epoch) -> bool:
        return state.leads is None or state.leads < epoch

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        if state.leads is None:
            return step(state, Reply(client, NotLeader()))
        if self.is_party(conflict):
            return step(state, Reply(client, RECUSED))
        decide = Decide(state.leads, conflict.name, self.choice(conflict))
        return step(evolve(state, waiting=state.waiting.put(client, conflict)), Send(self.log, decide))

    def is_party(self, conflict: Conflict) -> bool:
        return self.me in conflict.claims

    def choice(self, conflict: Conflict) -> str:
        return self.choose(conflict.claims.values())

    def receive(self, state: State, source: Address, message: Entry | Fenced) -> Step[State]:  # noqa: ARG002  # there is one log
        match message:
            case Entry(conflict, value):
                return self.apply(state, conflict, value)
            case Fenced(conflict, epoch):
                return self.fenced(state, conflict, epoch)
            case _:
                assert_never(message)

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        """Apply a decision, and tell it to those who wait for it."""
        clients = self.clients(state, conflict)
        waiting = Map(tuple(pair for pair in state.waiting.items() if pair[0] not in clients))
        after = evolve(state, applied=state.applied.put(conflict, value), waiting=waiting)
        return step(after, *(Reply(client, Decision(value)) for client in clients))

    def fenced(self, state: State, conflict: str, epoch: Epoch) -> Step[State]:
        """Lead no more, if not in a later epoch still; and look anew at what was turned down."""
        after = step(evolve(state, leads=None) if self.is_later(state, epoch) else state)
        for client in self.clients(state, conflict):
            left = evolve(after.state, waiting=after.state.waiting.drop(client))
            again = self.resolve(left, client, state.waiting[client])
            after = step(again.state, *after.effects, *again.effects)
        return after

    def clients(self, state: State, conflict: str) -> tuple[Address, ...]:
        return tuple(client for client, asked in state.waiting.items() if asked.name == conflict)

    # ---- crashes

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(applied=state.applied),)

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> AgentView:
        return AgentView(state.applied)


# ---- the log


@frozen
class Book:
    """The latest epoch from which the log has heard, and what it has entered. All on the disk."""

    epoch: Epoch | None = None
    entries: Map[str, str] = Map()


@frozen
class Log(Process[Book, Decide, Never]):
    """Enters the first decision on each conflict, unless it is of a leader that is deposed."""

    agents: tuple[Address, ...]

    def start(self) -> Step[Book]:
        return step(Book())

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        if state.epoch is not None and self.is_deposed(message.epoch, state.epoch):
            return step(state, Send(source, Fenced(message.conflict, state.epoch)))
        after = evolve(state, epoch=message.epoch)
        known = self.known(state, message.conflict)
        if known is not None:
            return step(after, Send(source, Entry(message.conflict, known)))
        entered = Entered(message.epoch, message.conflict, message.value)
        told = broadcast(self.agents, Entry(message.conflict, message.value))
        return step(evolve(after, entries=state.entries.put(message.conflict, message.value)), Announce(entered), *told)

    def is_deposed(self, epoch: Epoch, latest: Epoch) -> bool:
        # The hard step. A leader cannot know whether it is deposed: the one after it may have been elected while this message was
        # on its way. Who takes its decision can tell, from the epochs alone, once it has heard from that one.
        return epoch < latest

    def known(self, state: Book, conflict: str) -> str | None:
        return state.entries.get(conflict)

    def view(self, state: Book) -> LogView:
        return LogView(state.epoch, state.entries)


PROMISES: tuple[Clause, ...] = (
    spec.one_decision_per_conflict,
    spec.a_deposed_leader_is_fenced,
    spec.what_is_entered_was_decided,
    spec.the_log_never_goes_back,
    spec.the_log_knows_the_latest,
    spec.a_leader_decides_what_it_may,
    spec.the_log_tells_the_truth,
    spec.all_apply_the_same,
    spec.what_is_applied_stays,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.every_request_is_answered,
    spec.everybody_applies_what_is_entered,
)
LOG = Address("log")
A0, A1 = addresses("agent", 2)
ONE, OTHER = addresses("party", 2)
CONFLICT = Conflict("x", Map.of({ONE: "a", OTHER: "b"}))


def system(
    *scripts: tuple[Address, tuple[Conflict, ...]],
    agents: int = 2,
    epochs: tuple[Epoch, ...] = (Epoch(1, A0), Epoch(2, A1)),
    faults: Faults = Faults(),
    network: Network = Network(),
    agent: type[Agent] = Agent,
    log: type[Log] = Log,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put agents and a log together, and for each script a user who asks this agent about these conflicts; by default one asks each about one.

    `epochs`: whom the election appoints, and in which epoch; each agent hears of its own in this order, and of no others. Of
    some claims the first agent prefers the first in the alphabet, the others the last.
    """
    names = addresses("agent", agents)
    elections = tuple(
        User(Address("election", name.number), (name,), tuple((Appoint(epoch),) for epoch in epochs if epoch.leader == name))
        for name in names
    )
    users = tuple(
        User(Address("user", number), (at,), tuple((Resolve(conflict),) for conflict in conflicts))
        for number, (at, conflicts) in enumerate(scripts or tuple((name, (CONFLICT,)) for name in names))
    )
    return System(
        {**{name: agent(name, LOG, max if name.number else min) for name in names}, LOG: log(names)},
        History(),
        promises,
        network,
        faults,
        (*elections, *users),
    )
