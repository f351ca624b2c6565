"""Partial order: a broadcast that orders what its senders relate, by what comes after what, and by what conflicts, and nothing else.

Source: messages that name what they come after, Peterson, Buchholz and Schlichting, "Preserving and using context information in
interprocess communication" (1989, Psync); one order for conflicting messages only, Pedone and Schiper, "Generic broadcast" (1999).
Conflicts are classes here: two messages conflict if they are of one class. A class has one order, given by a sequencer, as in
`concordant.spec.messaging.shared.sequencing`; it gives a message its place when it has been handed all that this comes after, so
that places and relations never contradict each other.
A message may come after such messages only as its sender has been handed up, as in Psync: another is refused. So there is no
circle, and nobody waits for what does not exist.
Assumes: a fixed group, whose sequencer all know. Crashes are for good.
Does not promise: places once the sequencer has crashed; that all get what a process sends as it crashes, or what comes after that;
that anything comes through a network that loses messages, which is a matter of a link below.
Of one class, this is total order; after all that was handed up, causal order (tests hold both).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from attrs import frozen

from concordant.spec.common.calls import nobody_waits
from concordant.spec.messaging.shared.broadcasts import ANY, Broadcast, Broadcasts, Name, handed_up
from concordant.spec.messaging.shared.sequencing import OrderView, in_one_order
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deliver,
    Fair,
    Fault,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests


@frozen
class Related(Broadcast):
    """Ask a process to send this to all. Answered by `Accepted` or `Rejected`.

    `after`: what it comes after; `conflict`: the class of messages with which it conflicts, None of none.
    """

    answered: ClassVar[bool] = True
    after: frozenset[Name] = frozenset()
    conflict: str | None = None


@frozen
class Accepted:
    """The message is sent, under this name: by that, others may come after it."""

    name: Name


UNKNOWN = Rejected("a message comes only after such as its sender was handed up")

# ---- what is related


def related(history: Broadcasts, name: Name) -> Related:
    """Return what its sender said of a message; of one that was never sent, that it comes after nothing."""
    sent = history.sent.get(name.origin, ())[name.number : name.number + 1]
    request = sent[0].request if sent else None
    return request if isinstance(request, Related) else Related(None)


def conflicting(history: Broadcasts, names: Iterable[Name], conflict: str | None) -> tuple[Name, ...]:
    """Return those of some messages that are of a class."""
    return tuple(name for name in names if conflict is not None and related(history, name).conflict == conflict)


# ---- clauses


@on_event(Deliver, under=ANY)
def dependency_order(before: Broadcasts, who: Address, event: Deliver) -> Cases:
    """A message is handed up after all that it comes after."""
    name = before.name(who, event)
    if name is not None and related(before, name).after:
        missing = related(before, name).after - set(before.delivered_at(who))
        yield case(not missing, who=who, handed_up=name, missing=missing)


@always(under=ANY)
def conflicts_are_ordered(seen: Seen[Broadcasts]) -> Cases:
    """Of two processes one has been handed up all of a class that the other has, in the same order, and perhaps more."""
    history = seen.history
    classes = sorted({each for name in history.names() if (each := related(history, name).conflict) is not None})
    yield from in_one_order(*([conflicting(history, order, each) for order in history.delivered.values()] for each in classes))


@on_event(Reply, under=ANY)
def only_what_is_known_is_named(before: Broadcasts, who: Address, event: Reply) -> Cases:
    """A message is accepted under its name if its sender was handed up all that it comes after, and refused otherwise."""
    name = max(name for name in before.names() if name.origin == who)
    known = related(before, name).after <= set(before.delivered_at(who))
    yield case(event.answer == (Accepted(name) if known else UNKNOWN), answer=event.answer, known=known)


@always(under=ANY)
def everybody_is_answered_at_once(seen: Seen[Broadcasts]) -> Cases:
    """Nobody waits for an answer."""
    yield from nobody_waits(seen)


@always_each(OrderView, under=ANY)
def what_has_no_conflict_is_free(view: OrderView, who: Address, history: Broadcasts) -> Cases:  # noqa: ARG001  # whatever it shows
    """A process has been handed up all that it sent and that conflicts with nothing."""
    own = {name for name in history.names() if name.origin == who and related(history, name).conflict is None}
    if own:
        yield case(own <= set(history.delivered_at(who)), who=who, missing=own - set(history.delivered_at(who)))


@always_each(OrderView, under=ANY)
def nothing_waits_needlessly(view: OrderView, who: Address, history: Broadcasts) -> Cases:
    """Each message that is held lacks something that it comes after, or one of its class that somebody has been handed up before it."""
    if view.held:
        mine = set(history.delivered_at(who))
        needlessly = {name for name in view.held if related(history, name).after | _earlier(history, name) <= mine}
        yield case(not needlessly, who=who, needlessly=needlessly)


def _earlier(history: Broadcasts, name: Name) -> set[Name]:
    orders = [conflicting(history, names, related(history, name).conflict) for names in history.delivered.values()]
    return {earlier for order in orders if name in order for earlier in order[: order.index(name)]}


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def is_delivered(seen: Seen[Broadcasts]) -> Cases:
    """In the end all that never crash are handed up what one of them sent, if no other that it waits for is of one that crashes.

    It may wait for what it comes after, and for all of its class, whose places the sequencer gives, and for what these wait for.
    """
    history, views = seen.history, seen.views(OrderView)
    sequencers = frozenset(view.sequencer for view in views.values())
    owed = []
    for name in history.names():
        closure = _may_wait_for(history, name)
        origins = {each.origin for each in closure}
        ordered = any(related(history, each).conflict is not None for each in closure)
        if not (origins | sequencers if ordered else origins) & history.crashed:
            owed.append(name)
    yield from handed_up(history, views, owed)


def _may_wait_for(history: Broadcasts, name: Name) -> set[Name]:
    found: set[Name] = set()
    more = [name]
    while more:
        found |= set(more)
        more = [
            other
            for each in more
            for other in (*sorted(related(history, each).after), *conflicting(history, history.names(), related(history, each).conflict))
            if other not in found
        ]
    return found


@sometimes
def comes_early(seen: Seen[Broadcasts]) -> Cases:
    """A message comes before one that is handed up before it."""
    yield case(any(view.held for view in seen.views(OrderView).values()))


@sometimes
def is_refused(seen: Seen[Broadcasts]) -> Cases:
    """A message is asked for that comes after one that is not there yet, and is refused."""
    yield case(any(sent == () for _, sent in seen.history.sent.items()))


@sometimes
def orders_differ(seen: Seen[Broadcasts]) -> Cases:
    """Two processes are handed up the same messages in different orders, since nothing relates them."""
    orders = [names for _, names in seen.history.delivered.items()]
    yield case(any(one != other and set(one) == set(other) for one in orders for other in orders))
