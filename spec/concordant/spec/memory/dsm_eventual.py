"""Replicated memory, eventually consistent: each node reads and writes a copy of its own, and all copies become the same.

Source: optimistic replication, Saito and Shapiro (2005); the last writer wins, by a stamp that names the writer, Johnson and Thomas, RFC
677 (1975), with the clocks of Lamport (1978); anti-entropy, Demers et al. (1987), by push; session guarantees, Terry et al. (1994);
copies that are equal as soon as they have heard the same, and the counter, Shapiro, Preguiça, Baquero and Zawirski, "Conflict-free
replicated data types" (2011).
A write has a stamp above all that its node knows of the key. It is sent to all, and from time to time a node sends another its whole
copy; of each key the version with the greatest stamp is kept, so that the order in which they come does not matter. To delete is to
write that there is nothing, with a stamp like any other. A counter is kept in one key for each node, which that node alone writes:
none is ever overwritten by another's, and the count is their sum.
Assumes: the nodes are fixed; a copy is on the disk.
Does not promise: that a read sees what was written elsewhere, also if that was answered (see `reads_are_fresh`); that of two writes
without knowledge of each other both last; how soon copies are the same.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls, nobody_waits
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Deadline,
    Fair,
    Fault,
    Map,
    Reply,
    Seen,
    always,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)


@frozen(order=True)
class Stamp:
    """When something was written: after what its node knew, and by whom. No two writes of a key have the same."""

    counter: int
    node: Address


@frozen
class Nothing:
    """What a key holds that was deleted."""


@frozen
class Version:
    """What was written, and its stamp."""

    stamp: Stamp
    value: object


Versions: TypeAlias = Map[str, Version]
"""By key."""

# ---- requests and answers


@frozen
class Write:
    """Let a key hold a value. Answered by `Written`."""

    key: str
    value: object


@frozen
class Delete:
    """Let a key hold nothing. Answered by `Written`."""

    key: str


@frozen
class Read:
    """Ask for what a key holds. Answered by `Found` or `Missing`."""

    key: str


@frozen
class Add:
    """Add this, which may be negative, to the counter. Answered by `Written`."""

    amount: int


@frozen
class Count:
    """Ask for the counter. Answered by `Sum`."""


@frozen
class Written:
    """It is written here, with this stamp; others will know."""

    stamp: Stamp


@frozen
class Found:
    """The key holds this, as far as is known here."""

    version: Version


@frozen
class Missing:
    """The key holds nothing, as far as is known here: it was deleted with this stamp, or not written at all."""

    stamp: Stamp | None = None


@frozen
class Sum:
    """The counter, as far as is known here."""

    amount: int


# ---- messages, triggers, events, views


@frozen
class Update:
    """Versions that the sender knows: one that was written there, or its whole copy."""

    versions: Versions


@frozen
class Exchange(Deadline):
    """It is time to send this peer the copy."""

    peer: Address


@frozen
class Heard:
    """A node has written a version, or was sent it, whether that is new to it or not."""

    key: str
    version: Version


@frozen
class CopyView:
    """The copy of a node."""

    versions: Versions


# ---- history


@frozen(order=True)
class Session:
    """A user, and a key that it reads and writes at one node."""

    user: Address
    node: Address
    key: str


@frozen
class Writes:
    """What was asked of whom, what each node has heard, and the greatest stamps that were told: to whom, and of which key."""

    asked: Map[Address, tuple[Write | Delete | Add, ...]] = Map()
    heard: Map[Address, frozenset[Heard]] = Map()
    told: Map[Session, Stamp] = Map()
    written: Map[str, Stamp] = Map()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> Writes:
        """Fold one happening."""
        calls = self.calls.after(at, by, happening)
        match happening:
            case Write() | Delete() | Add():
                return evolve(self, calls=calls, asked=self.asked.put(at, (*self.asked.get(at, ()), happening)))
            case Heard():
                return evolve(self, heard=self.heard.put(at, self.heard_at(at) | {happening}))
            case Reply(user, answer):
                request, stamp = self.calls.open.get(Call(user, at)), stamp_of(answer)
                known = evolve(self, calls=calls)
                if stamp is None or not isinstance(request, Write | Delete | Read):
                    return known
                session = Session(user, at, request.key)
                known = evolve(known, told=self.told.put(session, max(stamp, self.told.get(session, stamp))))
                if isinstance(request, Read):
                    return known
                return evolve(known, written=self.written.put(request.key, max(stamp, self.written.get(request.key, stamp))))
            case _:
                return evolve(self, calls=calls)

    def heard_at(self, node: Address) -> frozenset[Heard]:
        """Return what a node has heard."""
        return self.heard.get(node, frozenset())

    def latest_at(self, node: Address) -> Versions:
        """Return of each key the version with the greatest stamp that a node has heard."""
        # Of each key the greatest stays, whatever the order: stamps are distinct.
        ordered = sorted(self.heard_at(node), key=lambda heard: heard.version.stamp)  # on purpose
        return Map.of((heard.key, heard.version) for heard in ordered)

    def total(self) -> int:
        """Return the sum of all that was asked to be added."""
        return sum(each.amount for asked in self.asked.values() for each in asked if isinstance(each, Add))


def stamp_of(answer: object) -> Stamp | None:
    """Return the stamp in an answer."""
    match answer:
        case Written(stamp) | Missing(stamp):
            return stamp
        case Found(version):
            return version.stamp
        case _:
            return None


def value_of(request: object) -> object:
    """Return what a request lets a key hold."""
    return request.value if isinstance(request, Write) else Nothing()


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@on_event(Heard, under=ALL)
def no_creation(before: Writes, who: Address, event: Heard) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A version of a key was asked to be written, at the node that its stamp names. Of the store."""
    asked = [
        value_of(each) for each in before.asked.get(event.version.stamp.node, ()) if not isinstance(each, Add) and each.key == event.key
    ]
    yield case(event.version.value in asked, heard=event, asked=asked)


@on_event(Heard, under=ALL)
def one_stamp_one_write(before: Writes, who: Address, event: Heard) -> Cases:  # noqa: ARG001
    """Two versions of a key with one stamp are the same: the greatest of several is one of them, and the same for all."""
    every = frozenset().union(*before.heard.values())
    alike = {heard.version for heard in every if heard.key == event.key and heard.version.stamp == event.version.stamp}
    if alike:
        yield case(event.version in alike, heard=event, alike=alike)


@on_event(Heard, under=ALL)
def a_write_is_the_newest(before: Writes, who: Address, event: Heard) -> Cases:
    """What a node writes is counted one above all that it has heard of the key: its users overwrite what they could read."""
    if who == event.version.stamp.node and event not in before.heard_at(who):
        known = {heard.version.stamp.counter for heard in before.heard_at(who) if heard.key == event.key}
        yield case(event.version.stamp.counter == max(known, default=0) + 1, written=event, known=known)


@always(under=ALL)
def the_latest_wins(seen: Seen[Writes]) -> Cases:
    """A copy holds of each key the version with the greatest stamp of all that its node has heard."""
    for node, view in seen.views(CopyView).items():
        latest = seen.history.latest_at(node)
        yield case(view.versions == latest, node=node, copy=view.versions, latest=latest)


@always(under=ALL)
def strong_convergence(seen: Seen[Writes]) -> Cases:
    """Nodes that have heard the same have the same copy, in whatever order they heard it.

    The greatest of some stamps depends neither on their order nor on how often each was heard.
    """
    views = seen.views(CopyView)
    alike = [(one, other) for one in views for other in views if one < other and seen.history.heard_at(one) == seen.history.heard_at(other)]
    if alike:
        apart = [(one, other) for one, other in alike if views[one] != views[other]]
        yield case(not apart, apart=apart)


@every_step(CopyView, under=ALL)
def nothing_goes_back(before: CopyView, after: CopyView) -> Cases:
    """No step replaces a version by an older one, or by none."""
    if before.versions:
        now = after.versions
        back = [key for key, old in before.versions.items() if key not in now or now[key].stamp < old.stamp]
        yield case(not back, back=back)


@on_event(Reply, under=ALL)
def answers_are_true(before: Writes, who: Address, event: Reply) -> Cases:
    """An answer tells the latest of what was heard here: the stamp of a write, what a key holds, the sum of the parts of a counter."""
    asked = before.calls.open.get(Call(event.to, who))
    right = _right(before.latest_at(who), who, asked)
    yield case(event.answer in right, asked=asked, answer=event.answer, right=right)


def _right(latest: Versions, who: Address, asked: object) -> tuple[object, ...]:
    """List the right answers, after what was written is written: one, but to an addition, which may be to any part of this node's."""
    match asked:
        case Write(key) | Delete(key):
            version = latest.get(key)
            return (Written(version.stamp),) if version is not None and version.value == value_of(asked) else ()
        case Read(key):
            version = latest.get(key)
            if version is None:
                return (Missing(),)
            return (Missing(version.stamp) if version.value == Nothing() else Found(version),)
        case Add():
            return tuple(Written(version.stamp) for version in latest.values() if version.stamp.node == who)
        case Count():
            return (Sum(sum(version.value for version in latest.values() if isinstance(version.value, int))),)
        case _:
            return ()


@on_event(Reply, under=ALL)
def reads_go_forward(before: Writes, who: Address, event: Reply) -> Cases:
    """A user who stays with one node sees what it wrote there, or something later, and never goes back behind what it has read.

    Terry et al. call it *read your writes* and *monotonic reads*.
    """
    request = before.calls.open.get(Call(event.to, who))
    if isinstance(request, Read):
        told = before.told.get(Session(event.to, who, request.key))
        if told is not None:
            stamp = stamp_of(event.answer)
            yield case(stamp is not None and told <= stamp, answer=event.answer, told=told)


@on_event(Reply, under=ALL)
def reads_are_fresh(before: Writes, who: Address, event: Reply) -> Cases:
    """A read is answered by the last write that was answered anywhere, or a later one. Not of this memory."""
    request = before.calls.open.get(Call(event.to, who))
    written = before.written.get(request.key) if isinstance(request, Read) else None
    if written is not None:
        stamp = stamp_of(event.answer)
        yield case(stamp is not None and written <= stamp, answer=event.answer, written=written)


@always(under=ALL)
def everybody_is_answered_at_once(seen: Seen[Writes]) -> Cases:
    """Nobody waits: a node answers by itself, whatever becomes of the others."""
    yield from nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.CHOICES, under=ALL)
def converges(seen: Seen[Writes]) -> Cases:
    """In the end all nodes that are up have the same copy, for good: the latest of all that any of them has heard.

    A node that knows a version, and one that does not, exchange again and again, which is possible again and again though not at
    every moment; so each pair must have its turn, and one message in many must arrive.
    """
    up = {node: view.versions for node, view in seen.views(CopyView).items() if seen.up(node)}
    latest: Versions = Map()
    for versions in up.values():
        for key, version in versions.items():
            if key not in latest or latest[key].stamp < version.stamp:
                latest = latest.put(key, version)
    if latest:
        behind = [node for node, versions in up.items() if versions != latest]
        yield case(not behind, behind=behind, latest=latest)


@eventually(Fair.DELIVERY | Fair.CHOICES, under=ALL & ~Fault.CRASH & ~Fault.RECOVERY)
def every_add_counts(seen: Seen[Writes]) -> Cases:
    """In the end all nodes count all that was added anywhere. Of the counter."""
    for node, view in seen.views(CopyView).items():
        parts = [version.value for version in view.versions.values()]
        total = sum(part for part in parts if isinstance(part, int))
        yield case(total == seen.history.total(), node=node, counted=total, added=seen.history.total())


@sometimes
def copies_differ(seen: Seen[Writes]) -> Cases:
    """Two nodes have heard of one key at the same time what the other has not."""
    known = [seen.history.heard_at(node) for node in seen.views(CopyView)]
    yield case(any(one - other and other - one for one in known for other in known))
