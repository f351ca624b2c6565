"""Byzantine broadcast: one process sends a value to all, and though some lie, the sender among them, all honest ones deliver the same or nothing.

Source: Bracha, "Asynchronous Byzantine Agreement Protocols", Information and Computation 75, 1987. One broadcast, of one value.
Assumes: n processes, of which at most f lie, and n ≥ 3f + 1; whoever receives a message knows its sender; the honest ones' messages
arrive in the end, where something is promised to be delivered.
Does not promise: that anything is delivered, if the sender lies; nor that it was worth saying. With n = 3f, no protocol can
promise both agreement and delivery (Lamport and others, "The Byzantine Generals Problem", 1982).
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fault,
    Map,
    Seen,
    Send,
    always,
    at_rest,
    case,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Initial:
    """The sender tells its value."""

    value: str


@frozen
class Echo:
    """A process tells what the sender told it."""

    value: str


@frozen
class Ready:
    """A process is ready to deliver a value, of which it knows that nobody honest can be ready for another."""

    value: str


# ---- requests


@frozen
class Broadcast:
    """A user has the sender broadcast a value. What comes of it is what is delivered."""

    answered = False
    value: str


# ---- events


@frozen
class Delivered:
    """A process delivers a value."""

    value: str


# ---- views


@frozen
class DeliveryView:
    """What a process has delivered; None while it has delivered nothing."""

    delivered: str | None = None


# ---- history


@frozen
class History:
    """What was asked of the sender, what honest processes said first, who said another thing of the same kind, and who delivered twice.

    `said`: by kind of message, the value that each sent first. `honest`: who does not lie.
    """

    honest: frozenset[Address]
    asked: frozenset[str] = frozenset()
    initial: Map[Address, str] = Map()
    echoes: Map[Address, str] = Map()
    readies: Map[Address, str] = Map()
    equivocated: frozenset[Address] = frozenset()
    delivered: Map[Address, str] = Map()
    again: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # the signature of the kind
        """Fold one happening."""
        match happening:
            case Broadcast(value):
                return evolve(self, asked=self.asked | {value})
            case Send(_, Initial(value)):
                return evolve(self._says(at, self.initial, value), initial=_first(self.initial, at, value))
            case Send(_, Echo(value)):
                return evolve(self._says(at, self.echoes, value), echoes=_first(self.echoes, at, value))
            case Send(_, Ready(value)):
                return evolve(self._says(at, self.readies, value), readies=_first(self.readies, at, value))
            case Delivered() if at in self.delivered:
                return evolve(self, again=self.again | {at})
            case Delivered(value):
                return evolve(self, delivered=self.delivered.put(at, value))
            case _:
                return self

    def _says(self, at: Address, said: Map[Address, str], value: str) -> History:
        return self if said.get(at, value) == value else evolve(self, equivocated=self.equivocated | {at})


def _first(said: Map[Address, str], at: Address, value: str) -> Map[Address, str]:
    return said if at in said else said.put(at, value)


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.BYZANTINE
RELIABLE = Fault.DUPLICATION | Fault.BYZANTINE


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """No two honest processes deliver different values, whoever the sender is and whatever it said to whom.

    A quorum echoed what the first honest process was ready for, and any two quorums have an honest member in common, which echoes once.
    """
    return calls.agree({address: view.delivered for address, view in seen.views(DeliveryView).items()})


@on_event(Delivered, under=ALL)
def what_an_honest_sender_did_not_say_is_not_delivered(before: History, by: Address, event: Delivered) -> Cases:  # noqa: ARG001  # the signature of the kind
    """If the sender is honest, nothing is delivered but what it was asked to broadcast: liars cannot put words into its mouth."""
    if SENDER in before.honest:
        yield case(event.value in before.asked, delivered=event.value, asked=before.asked)


@always(under=ALL)
def nothing_is_delivered_twice(seen: Seen[History]) -> Cases:
    """A process delivers once."""
    if seen.history.delivered:
        yield case(not seen.history.again, again=seen.history.again)


@always(under=ALL)
def nobody_honest_equivocates(seen: Seen[History]) -> Cases:
    """No honest process tells, echoes, or is ready for two different values."""
    if seen.history.echoes:
        yield case(not seen.history.equivocated, who=seen.history.equivocated, echoes=seen.history.echoes, readies=seen.history.readies)


@at_rest(under=RELIABLE)
def what_an_honest_sender_says_is_delivered(seen: Seen[History]) -> Cases:
    """If the sender is honest and messages arrive, every honest process delivers what it broadcasts, whatever liars do."""
    if SENDER in seen.history.honest and seen.history.asked:
        missing = seen.history.honest - set(seen.history.delivered)
        yield case(not missing, missing=missing, delivered=seen.history.delivered)


@at_rest(under=RELIABLE)
def all_deliver_or_none(seen: Seen[History]) -> Cases:
    """If one honest process delivers and messages arrive, all do, though the sender and whoever helped it may lie (totality)."""
    if seen.history.delivered:
        missing = seen.history.honest - set(seen.history.delivered)
        yield case(not missing, missing=missing, delivered=seen.history.delivered)


@sometimes
def is_delivered(seen: Seen[History]) -> Cases:
    """Every honest process delivers."""
    yield case(set(seen.history.delivered) == seen.history.honest, delivered=seen.history.delivered)


@sometimes
def is_delivered_by_who_echoed_another(seen: Seen[History]) -> Cases:
    """A process delivers another value than the one that it echoed: the sender lied to it."""
    echoes, delivered = seen.history.echoes, seen.history.delivered
    yield case(any(echoes.get(each, value) != value for each, value in delivered.items()), echoes=echoes, delivered=delivered)


SENDER = Address("process")
"""Who broadcasts: everybody knows it."""
