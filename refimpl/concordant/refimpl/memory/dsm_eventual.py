"""Replicated memory, eventually consistent: a node with its copy; and one that keeps a counter in it, to which nodes add without conflict."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.memory import dsm_eventual as spec
from concordant.spec.memory.dsm_eventual import (
    Add,
    CopyView,
    Count,
    Delete,
    Exchange,
    Found,
    Heard,
    Missing,
    Nothing,
    Read,
    Stamp,
    Sum,
    Update,
    Version,
    Versions,
    Write,
    Writes,
    Written,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Send, addresses, broadcast

Access: TypeAlias = Write | Delete | Read
"""What may be asked of any node."""
Request: TypeAlias = Access | Add | Count
"""What may be asked of one that keeps a counter, too."""


@frozen
class Copy:
    """The state of a node: what it knows. On the disk."""

    versions: Versions = Map()


@frozen
class Replica(Process[Copy, Update, Access, Exchange]):
    """A node and its peers. `exchanges`: whether it sends them its copy from time to time."""

    me: Address
    peers: tuple[Address, ...]
    exchanges: bool = True

    def start(self) -> Step[Copy]:
        return step(Copy())

    # ---- users

    def request(self, state: Copy, client: Address, request: Access) -> Step[Copy]:
        match request:
            case Write(key, value):
                return self.written(state, client, key, value)
            case Delete(key):
                return self.written(state, client, key, Nothing())
            case Read(key):
                return step(state, Reply(client, self.held(state, key)))
            case _:
                assert_never(request)

    def written(self, state: Copy, client: Address, key: str, value: object) -> Step[Copy]:
        """Write a version that is newer than the one known, and tell all."""
        known = state.versions.get(key)
        version = Version(Stamp(known.stamp.counter + 1 if known else 1, self.me), value)
        told = broadcast(self.peers, Update(Map(((key, version),))))
        return step(self.put(state, key, version), Announce(Heard(key, version)), Reply(client, Written(version.stamp)), *told)

    def held(self, state: Copy, key: str) -> Found | Missing:
        """Return what a key holds."""
        version = state.versions.get(key)
        if version is None:
            return Missing()
        return Missing(version.stamp) if version.value == Nothing() else Found(version)

    # ---- nodes

    def receive(self, state: Copy, source: Address, message: Update) -> Step[Copy]:  # noqa: ARG002  # whoever knows it
        after = state
        for key, version in message.versions.items():
            if self.is_newer(after.versions.get(key), version):
                after = self.put(after, key, version)
        return step(after, *(Announce(Heard(key, version)) for key, version in message.versions.items()))

    def is_newer(self, known: Version | None, version: Version) -> bool:
        """Tell whether a version takes the place of the one that is known.

        Stamps are ordered, and no two writes have one: so of some versions one is the greatest, whoever compares them and when.
        """
        return known is None or known.stamp < version.stamp

    def put(self, state: Copy, key: str, version: Version) -> Copy:
        """Let a key hold a version."""
        return evolve(state, versions=state.versions.put(key, version))

    def armed(self, state: Copy) -> tuple[Exchange, ...]:
        return tuple(Exchange(peer) for peer in self.peers) if self.exchanges and state.versions else ()

    def fire(self, state: Copy, trigger: Exchange) -> Step[Copy]:
        return step(state, Send(trigger.peer, Update(state.versions)))

    # ---- crashes

    def survives(self, state: Copy) -> tuple[Copy, ...]:
        return (state,)

    def recover(self, state: Copy) -> Step[Copy]:
        return step(state)

    def view(self, state: Copy) -> CopyView:
        return CopyView(state.versions)


@frozen
class Counting(Replica):
    """A node that keeps a counter, too: of each node a part, under a key that it alone writes."""

    def request(self, state: Copy, client: Address, request: Request) -> Step[Copy]:
        match request:
            case Add(amount):
                # The hard step. Nobody else writes this key, so that nothing is added to what is out of date, or overwritten.
                part = state.versions.get(str(self.me))
                return self.written(state, client, str(self.me), amount + (self.number(part) if part else 0))
            case Count():
                return step(state, Reply(client, Sum(sum(map(self.number, state.versions.values())))))
            case _:
                return super().request(state, client, request)

    def number(self, version: Version) -> int:
        """Return a part of the counter; what is written otherwise is none."""
        return version.value if isinstance(version.value, int) else 0


SAFE: tuple[Clause, ...] = (
    spec.one_stamp_one_write,
    spec.a_write_is_the_newest,
    spec.the_latest_wins,
    spec.strong_convergence,
    spec.nothing_goes_back,
    spec.answers_are_true,
    spec.everybody_is_answered_at_once,
)
PROMISES: tuple[Clause, ...] = (*SAFE, spec.no_creation, spec.converges)
"""What is promised of the store."""
READING: tuple[Clause, ...] = (*PROMISES, spec.reads_go_forward)
"""What is promised where somebody reads."""
COUNTING: tuple[Clause, ...] = (*SAFE, spec.converges, spec.every_add_counts)
"""What is promised of the counter."""
LOSSY = Network(losses=None, copies=1)
A, B, C = addresses("node", 3)


def system(
    asked: tuple[tuple[Address, Request], ...] = ((A, Write("x", 1)), (B, Write("x", 2))),
    nodes: int = 2,
    *,
    exchanges: bool = True,
    replica: type[Replica] = Replica,
    network: Network = LOSSY,
    faults: Faults = Faults(synchronous=True),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Writes]:
    """Put nodes together, and for each that is asked something a user who asks it, in this order.

    By default nodes exchange copies in rounds: when nothing is under way.
    """
    names = addresses("node", nodes)
    users = tuple(
        User(Address("user", name.number), (name,), tuple((request,) for at, request in asked if at == name))
        for name in names
        if any(at == name for at, _ in asked)
    )
    replicas = {me: replica(me, tuple(peer for peer in names if peer != me), exchanges) for me in names}
    return System(replicas, Writes(), promises, network, faults, users)
