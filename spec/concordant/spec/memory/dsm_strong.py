"""Replicated memory, strongly consistent: whoever reads sees the last write that was done before, at whatever node.

Source: Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in Message-Passing Systems" (JACM 1995); with several writers, Lynch and
Shvartsman, "Robust emulation of shared memory using dynamic quorum-acknowledged broadcasts" (1997); linearizability, Herlihy and Wing
(1990). Each node has a copy of every key, with the stamp of the write that it is from. An operation has two rounds: it asks a majority
for the latest version, and then has a majority store one: a write its own, with a later stamp; a read the version that it has found.
Assumes: the nodes are fixed; a copy, and the number of the last operation, are on the disk. Nobody lies.
Survives loss, duplication, delay, crashes and recoveries. Does not promise: an answer while no majority is up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from attrs import evolve, field, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.common.consistency.clauses import linearizable as linearizable_by
from concordant.spec.common.consistency.objects import Done, Read, Register, Value, Write
from concordant.spec.common.consistency.operations import Operation, Operations
from concordant.spec.memory.dsm_eventual import CopyView, Stamp, Version
from concordant.spec.vocabulary import (
    Address,
    Call,
    Case,
    Cases,
    Crashed,
    Deadline,
    Fair,
    Fault,
    Map,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

Request: TypeAlias = Read | Write
"""Answered by `Value`, and by `Done`."""
UNWRITTEN = Version(Stamp(0, Address("nobody")), None)
"""What a key holds that nobody has written."""

# ---- messages: of the operation with this number at its node


@frozen
class Query:
    """What does this key hold at your node?"""

    number: int
    key: str


@frozen
class Known:
    """It holds this."""

    number: int
    version: Version


@frozen
class Update:
    """Let this key hold this, unless you know a later version."""

    number: int
    key: str
    version: Version


@frozen
class Stored:
    """It holds this, or a later version."""

    number: int


Message: TypeAlias = Query | Known | Update | Stored

# ---- triggers


@frozen
class Again(Deadline):
    """An operation has waited long enough: it asks again whoever has not answered."""

    number: int


# ---- events


@frozen
class Stamped:
    """A write has got its stamp."""

    key: str
    version: Version


@frozen
class Served:
    """An operation is done. `stamp`: that of the version which it has read or written."""

    client: Address
    stamp: Stamp


# ---- history

T = TypeVar("T")
NONE: Map[Stamp, object] = Map()


@frozen
class History:
    """What clients asked for and saw, and which versions there are.

    `written`: by key and stamp what was written; `served`: by key the latest stamp of an operation that is done; `floors`: by open call what that was when it was asked for; `found`: by
    open call the stamp that has served it; `begun`: how many operations each node has been asked for; `numbers`: by open call which
    of them it is.
    """

    majority: int
    written: Map[str, Map[Stamp, object]] = Map()
    served: Map[str, Stamp] = Map()
    floors: Map[Call, Stamp] = Map()
    found: Map[Call, Stamp] = Map()
    begun: Map[Address, int] = Map()
    numbers: Map[Call, int] = Map()
    operations: Operations = field(factory=Operations)
    calls: Calls = field(factory=Calls)

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, operations=self.operations.after(at, by, happening), calls=self.calls.after(at, by, happening))
        match happening:
            case Read(key) | Write(_, key):
                call, number = Call(by, at), 1 + self.begun.get(at, 0)
                floors, numbers = self.floors.put(call, self.served_of(key)), self.numbers.put(call, number)
                return evolve(after, floors=floors, begun=self.begun.put(at, number), numbers=numbers)
            case Stamped(key, version):
                return evolve(after, written=self.written.put(key, self.written.get(key, NONE).put(version.stamp, version.value)))
            case Served(client, stamp):
                key = self.asked(client, at).key
                served = self.served.put(key, max(stamp, self.served_of(key)))
                return evolve(after, served=served, found=self.found.put(Call(client, at), stamp))
            case Reply(client):
                call = Call(client, at)
                return evolve(after, floors=self.floors.drop(call), found=self.found.drop(call), numbers=self.numbers.drop(call))
            case Crashed():
                floors, found = elsewhere(self.floors, at), elsewhere(self.found, at)
                return evolve(after, floors=floors, found=found, numbers=elsewhere(self.numbers, at))
            case _:
                return after

    def served_of(self, key: str) -> Stamp:
        """Return the latest stamp of an operation on a key that is done."""
        return self.served.get(key, UNWRITTEN.stamp)

    def asked(self, client: Address, at: Address) -> Request:
        """Return what a client waits for at a node; where it waits for nothing, it is a read of no key."""
        request = self.calls.open.get(Call(client, at))
        return request if isinstance(request, Read | Write) else Read()

    def versions(self, key: str) -> Map[Stamp, object]:
        """Return the versions of a key, by their stamps."""
        return self.written.get(key, NONE).put(UNWRITTEN.stamp, UNWRITTEN.value)


def elsewhere(known: Map[Call, T], node: Address) -> Map[Call, T]:
    """Return what is known of calls at other nodes."""
    return Map(tuple((call, each) for call, each in known.items() if call.at != node))


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


def observed(history: History) -> tuple[Operation, ...]:
    """Return what the clients saw."""
    return history.operations.all


linearizable = linearizable_by(Register(), observed, under=ALL)


@on_event(Served, under=ALL)
def stamps_keep_the_order(before: History, by: Address, event: Served) -> Cases:
    """An operation is served by no earlier version than any that was done before it was asked for, and a write by a later one.

    A majority stores what was served before. The operation asks a majority, and somebody is in both. So the order of stamps, reads
    behind the write that they read, is one that each operation takes effect in between its beginning and its end.
    """
    floor = before.floors.get(Call(event.client, by), UNWRITTEN.stamp)
    writes = isinstance(before.asked(event.client, by), Write)
    yield case(floor < event.stamp if writes else floor <= event.stamp, served=event, floor=floor, writes=writes)


@on_event(Served, under=ALL)
def it_is_served_by_what_it_asked_for(before: History, by: Address, event: Served) -> Cases:
    """A write is served by a version of its value that its node has stamped, and a read by one of its key."""
    request = before.asked(event.client, by)
    versions = before.versions(request.key)
    if isinstance(request, Write):
        versions = Map(tuple((stamp, value) for stamp, value in versions.items() if stamp.node == by and value == request.value))
    yield case(event.stamp in versions, served=event, asked=request, fitting=versions)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A read is told the value of the version that has served it, and a write that it is done when it is."""
    request = before.asked(event.to, by)
    found = before.found.get(Call(event.to, by))
    values = before.versions(request.key)
    right = Done() if isinstance(request, Write) else Value(None if found is None else values.get(found))
    yield case(found in values and event.answer == right, asked=request, told=event.answer, found=found)


@on_event(Stamped, under=ALL)
def one_stamp_one_write(before: History, by: Address, event: Stamped) -> Cases:
    """No two writes of a key have one stamp; each has the name of the node where it was asked for, and leaves no number out."""
    asked = [asked for call, asked in before.calls.open.items() if call.at == by]
    stamp, versions = event.version.stamp, before.versions(event.key)
    is_next = stamp.counter <= 1 + max(each.counter for each in versions)
    named = stamp.node == by and Write(event.version.value, event.key) in asked
    yield case(stamp not in versions and is_next and named, stamps=event, before=versions, asked=tuple(asked))


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nobody is sent a version that nobody has written."""
    match event.message:
        case Update(_, key, version):
            versions = before.versions(key)
            yield case((version.stamp, version.value) in versions.items(), sent=event.message, versions=versions)
        case Known(_, version):
            every = [pair for key in ("", *before.written) for pair in before.versions(key).items()]
            yield case((version.stamp, version.value) in every, sent=event.message, versions=tuple(every))


@on_event(Send, under=ALL)
def an_operation_keeps_its_number(before: History, by: Address, event: Send) -> Cases:
    """A node asks only for an operation that its client waits for, by its number: they are numbered one after the other, and no number comes back.

    So a late answer to an operation that is over never counts for another, not even after a crash.
    """
    match event.message:
        case Query(number, key) | Update(number, key):
            under_way = tuple((each, before.asked(call.user, by).key) for call, each in before.numbers.items() if call.at == by)
            yield case((number, key) in under_way, asks=event.message, under_way=under_way)


@always_each(CopyView, under=ALL)
def a_copy_is_of_what_was_written(view: CopyView, node: Address, history: History) -> Cases:
    """No node keeps a version that nobody has written."""
    strange = tuple(
        (key, version)
        for key, version in view.versions.items()
        if (version.stamp, version.value) not in history.written.get(key, NONE).items()
    )
    if view.versions:
        yield case(not strange, node=node, keeps=strange, written=history.written)


@every_step(CopyView, under=ALL)
def nothing_goes_back(before: CopyView, after: CopyView) -> Cases:
    """No copy of a key is replaced by an earlier one, or by none, not even through a crash."""
    if before.versions:
        now = after.versions
        back = [key for key, old in before.versions.items() if key not in now or now[key].stamp < old.stamp]
        yield case(not back, back=back)


@always(under=ALL)
def a_majority_stores_what_was_served(seen: Seen[History]) -> Cases:
    """A majority of the nodes, up or down, has each version that served an operation, or a later one."""
    views, served = seen.views(CopyView), seen.history.served
    holders = {
        key: tuple(node for node, view in views.items() if view.versions.get(key, UNWRITTEN).stamp >= stamp)
        for key, stamp in served.items()
    }
    few = Map.of({key: nodes for key, nodes in holders.items() if len(nodes) < seen.history.majority})
    if served:
        yield case(not few, served=served, stored_by_few=few)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


def nobody_waits_for_a_majority(seen: Seen[History]) -> Iterator[Case]:
    """Judge whether nobody waits, if a majority is up."""
    up = tuple(node for node in seen.views(CopyView) if seen.up(node))
    if len(up) >= seen.history.majority and seen.history.operations.all:
        yield case(not seen.waiting(), waiting=seen.waiting(), up=up)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """While a majority is up, every request leads to its answer, whatever becomes of other requests: it is wait-free."""
    yield from nobody_waits_for_a_majority(seen)


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def no_deadline_needs_to_pass(seen: Seen[History]) -> Cases:
    """The same where nothing is lost and nobody comes back, though no deadline passes."""
    yield from nobody_waits_for_a_majority(seen)


@sometimes
def a_write_is_read(seen: Seen[History]) -> Cases:
    """A client reads what another has written, at another node."""
    operations = seen.history.operations.all
    written = {(each.at, each.request.value) for each in operations if isinstance(each.request, Write)}
    yield case(
        any(
            isinstance(each.answer, Value) and any((at, each.answer.value) in written for at in seen.views(CopyView) if at != each.at)
            for each in operations
        )
    )
