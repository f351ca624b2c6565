"""Replicated memory, strongly consistent: a node with its copy, which asks a majority, and has a majority store."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.memory import dsm_strong as spec
from concordant.spec.memory.dsm_eventual import CopyView, Stamp, Version, Versions
from concordant.spec.memory.dsm_strong import UNWRITTEN, Again, History, Known, Message, Query, Request, Served, Stamped, Stored, Update
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Send, addresses, broadcast


@frozen
class Asking:
    """An operation in its first round. `heard`: whose versions it knows; `latest`: the latest of these."""

    client: Address
    request: Request
    latest: Version = UNWRITTEN
    heard: frozenset[Address] = frozenset()


@frozen
class Storing:
    """An operation in its second round. `stored`: who has its version, or a later one."""

    client: Address
    key: str
    version: Version
    answer: Done | Value
    stored: frozenset[Address] = frozenset()


Running: TypeAlias = Asking | Storing


@frozen
class State:
    """The copy of a node and the number of its last operation, on the disk; and what is under way."""

    copy: Versions = Map()
    number: int = 0
    running: Map[int, Running] = Map()


@frozen
class Node(Process[State, Message, Request, Again]):
    """One of a fixed set of nodes. What it asks its peers, it also asks itself, without a message."""

    me: Address
    peers: tuple[Address, ...]

    def start(self) -> Step[State]:
        return step(State())

    def held(self, state: State, key: str) -> Version:
        return state.copy.get(key, UNWRITTEN)

    def is_majority(self, count: int) -> bool:
        return count > (len(self.peers) + 1) // 2

    # ---- operations

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        number = state.number + 1
        after = step(evolve(state, number=number), *broadcast(self.peers, Query(number, request.key)))
        return after.then(lambda state: self.heard(state, number, Asking(client, request), self.me, self.held(state, request.key)))

    def heard(self, state: State, number: int, asking: Asking, source: Address, version: Version) -> Step[State]:
        """Know the version of one more node; of a majority is enough."""
        latest = version if self.is_later(version, asking.latest) else asking.latest
        asking = evolve(asking, latest=latest, heard=asking.heard | {source})
        if not self.is_majority(len(asking.heard)):
            return step(evolve(state, running=state.running.put(number, asking)))
        match asking.request:
            case Write(value, key):
                version = Version(self.next_stamp(latest.stamp, self.held(state, key).stamp), value)
                chosen = step(state, Announce(Stamped(key, version)))
                storing = Storing(asking.client, key, version, Done())
            case Read(key):
                # The hard step. What a reader has found may be stored by a few only. If it did not see to it that a majority has
                # it, whoever reads later could ask others, and find an earlier one.
                chosen, storing = step(state), Storing(asking.client, key, latest, Value(latest.value))
            case _:
                assert_never(asking.request)
        return chosen.then(lambda state: self.store(state, number, storing))

    def is_later(self, one: Version, other: Version) -> bool:
        return one.stamp > other.stamp

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:
        # Another write of this node may have got a stamp since this one has asked, and its copy has it.
        return Stamp(max(latest.counter, own.counter) + 1, self.me)

    def store(self, state: State, number: int, storing: Storing) -> Step[State]:
        after = step(self.keep(state, storing.key, storing.version), *broadcast(self.peers, Update(number, storing.key, storing.version)))
        return after.then(lambda state: self.stored(state, number, storing, self.me))

    def keep(self, state: State, key: str, version: Version) -> State:
        """Let the copy have a version, unless it has a later one."""
        return evolve(state, copy=state.copy.put(key, version)) if self.is_later(version, self.held(state, key)) else state

    def stored(self, state: State, number: int, storing: Storing, source: Address) -> Step[State]:
        """Know that one more node stores it; a majority is enough."""
        storing = evolve(storing, stored=storing.stored | {source})
        if not self.is_majority(len(storing.stored)):
            return step(evolve(state, running=state.running.put(number, storing)))
        served = Announce(Served(storing.client, storing.version.stamp))
        return step(evolve(state, running=state.running.drop(number)), served, Reply(storing.client, storing.answer))

    # ---- messages

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Query(number, key):
                return step(state, Send(source, Known(number, self.held(state, key))))
            case Update(number, key, version):
                return step(self.keep(state, key, version), Send(source, Stored(number)))
            case Known(number, version):
                asking = state.running.get(number)
                return self.heard(state, number, asking, source, version) if isinstance(asking, Asking) else None
            case Stored(number):
                storing = state.running.get(number)
                return self.stored(state, number, storing, source) if isinstance(storing, Storing) else None
            case _:
                assert_never(message)

    # ---- time

    def armed(self, state: State) -> tuple[Again, ...]:
        return tuple(Again(number) for number in state.running)

    def fire(self, state: State, trigger: Again) -> Step[State]:
        match state.running[trigger.number]:
            case Asking(_, request, _, heard):
                return step(state, *broadcast(self.silent(heard), Query(trigger.number, request.key)))
            case Storing(_, key, version, _, stored):
                return step(state, *broadcast(self.silent(stored), Update(trigger.number, key, version)))
            case running:
                assert_never(running)

    def silent(self, answered: frozenset[Address]) -> tuple[Address, ...]:
        """List the peers that have not answered."""
        return tuple(peer for peer in self.peers if peer not in answered)

    # ---- crashes

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(state.copy, state.number),)

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> CopyView:
        return CopyView(state.copy)


SAFETY: tuple[Clause, ...] = (
    spec.linearizable,
    spec.stamps_keep_the_order,
    spec.it_is_served_by_what_it_asked_for,
    spec.an_answer_is_true,
    spec.one_stamp_one_write,
    spec.a_message_is_true,
    spec.an_operation_keeps_its_number,
    spec.a_copy_is_of_what_was_written,
    spec.nothing_goes_back,
    spec.a_majority_stores_what_was_served,
    spec.nobody_is_answered_twice,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.every_request_is_answered, spec.no_deadline_needs_to_pass)
COPIES = Network(duplicating=True)
LOSSY = Network(duplicating=True, losses=None)
A, B, C = addresses("node", 3)


def system(
    *scripts: tuple[Address, tuple[Request, ...]],
    nodes: int = 3,
    node: type[Node] = Node,
    network: Network = COPIES,
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put nodes together, and for each script a user who asks this of this node; by default one writes, and one reads elsewhere."""
    names = addresses("node", nodes)
    users = tuple(
        User(Address("user", number), (at,), tuple((request,) for request in asked))
        for number, (at, asked) in enumerate(scripts or ((A, (Write(1),)), (B, (Read(),))))
    )
    members = {name: node(name, tuple(peer for peer in names if peer != name)) for name in names}
    return System(members, History(nodes // 2 + 1), promises, network, faults, users)
