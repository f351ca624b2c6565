"""Causal order: a broadcast whose messages are handed up after all that happened before them, and otherwise in any order.

Source: Lamport, "Time, clocks, and the ordering of events in a distributed system" (1978), of what *happened before* is; Birman,
Schiper and Stephenson, "Lightweight causal and atomic group multicast" (1991), section 5, of vector clocks and a buffer; Schwarz and
Mattern, "Detecting causal relationships in distributed computations" (1994), of why one number does not do.
A message carries how many messages of each process its sender has been handed up, its own among them. A receiver that lacks one
of those holds it. What is sent is handed up to its sender at once.
Assumes: a fixed group, and that whoever receives a message knows its sender. Crashes are for good.
Does not promise: that anything comes through a network that loses messages, which is a matter of a link below; that two are
handed up to all in one order, where neither happened before the other; that all get what a process sends as it crashes, and what
is sent after it by who has got it: that takes a reliable broadcast below (Hadzilacos and Toueg, 1994).
"""

from __future__ import annotations

from attrs import frozen

from concordant.spec.messaging.shared.broadcasts import ANY, Broadcasts, Name, handed_up
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deliver,
    Fair,
    Fault,
    Map,
    Seen,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Stamped:
    """A message, and by process how many messages its sender had been handed up, this one among them."""

    clock: Map[Address, int]
    message: object


# ---- views


@frozen
class ClockView:
    """How many messages of each process were handed up, and which are held."""

    clock: Map[Address, int]
    held: frozenset[Name] = frozenset()


# ---- clauses


@on_event(Deliver, under=ANY)
def causal_order(before: Broadcasts, who: Address, event: Deliver) -> Cases:
    """A message is handed up after all that happened before it.

    Its clock counts at least what each of its causes counts, since whoever sent it had been handed those; and the receiver has
    been handed as much before it hands this one up.
    """
    name = before.name(who, event)
    if name is not None:
        missing = before.causes(name) - set(before.delivered_at(who))
        yield case(not missing, who=who, handed_up=name, missing=missing)


@always_each(ClockView, under=ANY)
def own_at_once(view: ClockView, who: Address, history: Broadcasts) -> Cases:  # noqa: ARG001  # whatever it shows
    """A process has been handed up all that it sent."""
    own = {name for name in history.names() if name.origin == who}
    if own:
        yield case(own <= set(history.delivered_at(who)), who=who, missing=own - set(history.delivered_at(who)))


@always_each(ClockView, under=ANY)
def nothing_waits_needlessly(view: ClockView, who: Address, history: Broadcasts) -> Cases:
    """Each message that is held lacks something that happened before it: what is concurrent waits for nothing."""
    if view.held:
        needlessly = {name for name in view.held if history.causes(name) <= set(history.delivered_at(who))}
        yield case(not needlessly, who=who, needlessly=needlessly)


@always_each(ClockView, under=ANY)
def the_clock_counts(view: ClockView, who: Address, history: Broadcasts) -> Cases:
    """The clock of a process counts what it was handed up of each process."""
    origins = [name.origin for name in history.delivered_at(who)]
    counts = Map.of((origin, origins.count(origin)) for origin in origins)
    yield case(view.clock == counts, who=who, clock=view.clock, handed_up=counts)


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def is_delivered(seen: Seen[Broadcasts]) -> Cases:
    """In the end all that never crash are handed up what one of them sent, if all that happened before it is of such processes too.

    Each message arrives. One with the fewest causes, of those that somebody lacks, lacks none of them for long.
    """
    history = seen.history
    owed = [name for name in history.names() if not {each.origin for each in (name, *history.causes(name))} & history.crashed]
    yield from handed_up(history, seen.views(ClockView), owed)


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH)
def what_one_has_all_get(seen: Seen[Broadcasts]) -> Cases:
    """In the end all that never crash are handed up what one of them is. Of a reliable broadcast; not of this one."""
    alive = [who for who in seen.views(ClockView) if who not in seen.history.crashed]
    yield from handed_up(seen.history, alive, (name for who in alive for name in seen.history.delivered_at(who)))


@sometimes
def comes_early(seen: Seen[Broadcasts]) -> Cases:
    """A message comes before one that happened before it."""
    yield case(any(view.held for view in seen.views(ClockView).values()))


@sometimes
def orders_differ(seen: Seen[Broadcasts]) -> Cases:
    """Two processes are handed up the same messages in different orders, since neither of these happened before the other."""
    orders = [names for _, names in seen.history.delivered.items()]
    yield case(any(one != other and set(one) == set(other) for one in orders for other in orders))
