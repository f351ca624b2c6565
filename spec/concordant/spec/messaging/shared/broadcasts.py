"""Broadcasts: what processes send to all of a fixed group, what they are handed up, and in which order.

Source: reliable, FIFO, causal and total order broadcast, Hadzilacos and Toueg, "A modular approach to fault-tolerant broadcasts
and related problems" (1994); Cachin, Guerraoui and Rodrigues (2011), 3.9 and 6.1. Whoever broadcasts is of the group, and is handed up what it
sends like all others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from attrs import evolve, frozen

from concordant.spec.vocabulary import Address, Cases, Crashed, Deliver, Fault, Map, Rejected, Reply, case, on_event


@frozen(order=True)
class Name:
    """Of a message: who broadcasts it, and how many it has broadcast before."""

    origin: Address
    number: int


@frozen
class Broadcast:
    """Ask a process to send this to all of its group. Not answered."""

    answered: ClassVar[bool] = False
    message: object


@frozen
class Sent:
    """What was asked of its origin, and what messages that had been handed before."""

    request: Broadcast
    heard: frozenset[Name]


@frozen
class Broadcasts:
    """By process, what it was asked to broadcast and what it was handed up, each in order; who has crashed.

    What is handed up without having been sent, or once too often, is not remembered: a clause tells of it when it happens.
    """

    sent: Map[Address, tuple[Sent, ...]] = Map()
    delivered: Map[Address, tuple[Name, ...]] = Map()
    crashed: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Broadcasts:  # noqa: ARG002  # whoever asks, a user or a layer above
        """Fold one happening. A refusal takes back what was asked last: it comes in the same step."""
        sent = self.sent.get(at, ())
        match happening:
            case Broadcast():
                return evolve(self, sent=self.sent.put(at, (*sent, Sent(happening, frozenset(self.delivered_at(at))))))
            case Reply(_, Rejected()):
                return evolve(self, sent=self.sent.put(at, sent[:-1]))
            case Deliver():
                name = self.name(at, happening)
                return self if name is None else evolve(self, delivered=self.delivered.put(at, self.kept((*self.delivered_at(at), name))))
            case Crashed():
                return evolve(self, crashed=self.crashed | {at})
            case _:
                return self

    def kept(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """Return what is kept of the order in which messages were handed up: all of it."""
        return names

    def delivered_at(self, process: Address) -> tuple[Name, ...]:
        """Return what a process was handed up, in order."""
        return self.delivered.get(process, ())

    def name(self, at: Address, delivery: Deliver) -> Name | None:
        """Return which message is handed up: of equal ones of that sender the first that was not; None where there is none."""
        known = self.delivered_at(at)
        names = (Name(delivery.source, number) for number in self.numbers(delivery))
        return next((name for name in names if name not in known), None)

    def numbers(self, delivery: Deliver) -> tuple[int, ...]:
        """Return which messages of its sender are equal to what is handed up."""
        sent = self.sent.get(delivery.source, ())
        return tuple(number for number, each in enumerate(sent) if each.request.message == delivery.message)

    def causes(self, name: Name) -> frozenset[Name]:
        """Return what happened before a message (Lamport, 1978): what its sender had sent or was handed before it, and their causes.

        Nothing happened before what was never sent.
        """
        one = dict(enumerate(self.sent.get(name.origin, ()))).get(name.number)
        if one is None:
            return frozenset()
        earlier = {Name(name.origin, number) for number in range(name.number)} | one.heard
        return frozenset(earlier).union(*(self.causes(each) for each in earlier))

    def names(self) -> tuple[Name, ...]:
        """List all that was sent, by sender and in order."""
        return tuple(Name(origin, number) for origin, sent in self.sent.items() for number in range(len(sent)))


@frozen
class BroadcastsWithoutOrder(Broadcasts):
    """The same, but that it forgets in which order messages were handed up: for clauses that do not ask, in groups that send much."""

    def kept(self, names: tuple[Name, ...]) -> tuple[Name, ...]:
        """Return what is kept of the order in which messages were handed up: none."""
        return tuple(sorted(names))


def handed_up(history: Broadcasts, group: Iterable[Address], names: Iterable[Name]) -> Cases:
    """Yield for each of a group that never crashes whether it was handed up all of these, if there are any."""
    owed = frozenset(names)
    if owed:
        for who in group:
            if who not in history.crashed:
                missing = owed - set(history.delivered_at(who))
                yield case(not missing, who=who, missing=missing)


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH


@on_event(Deliver, under=ANY)
def no_creation(before: Broadcasts, who: Address, event: Deliver) -> Cases:
    """What is handed up was broadcast, by that process."""
    yield case(bool(before.numbers(event)), who=who, source=event.source, message=event.message)


@on_event(Deliver, under=ANY)
def no_duplication(before: Broadcasts, who: Address, event: Deliver) -> Cases:
    """A message is handed up to a process once, however often it arrives."""
    if before.numbers(event):
        yield case(before.name(who, event) is not None, who=who, source=event.source, message=event.message)
