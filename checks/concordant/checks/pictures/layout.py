"""The space-time layout of a trace: a lane per participant, a row per move, and where each message was sent.

A message that is received or lost is paired with the earliest send of an equal one on its channel that is still in flight; on a
network that duplicates, a message stays in flight, and later deliveries are paired with the same send.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import define, field, frozen

from concordant.checks.exploration.report import Frame
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Ask, Cancel, Crash, Fire, Forge, Lose, Move, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import Address, Send


class Mark(Enum):
    """What is drawn where a move arrives."""

    ARRIVES = "arrives"
    INSIDE = "inside"
    DOWN = "down"
    LOST = "lost"
    UP = "up"


@frozen
class Arrow:
    """A move: from which lane to which, the mark at its end, what it says, and in which move its message was sent (counted from 1).

    `again`: whether the message was received before, and the network repeats it.
    """

    start: Address
    end: Address
    mark: Mark
    label: str
    sent: int | None = None
    again: bool = False


@frozen
class Left:
    """A message that is in flight at the end: its channel, its text, in which move it was sent; None where it was sent before all."""

    source: Address
    to: Address
    label: str
    sent: int | None


@frozen
class Diagram:
    """A trace, laid out."""

    lanes: tuple[Address, ...]
    rows: tuple[Arrow, ...]
    left: tuple[Left, ...]


def layout(trace: tuple[Frame, ...]) -> Diagram:
    """Lay a trace out. Lanes stand by role, in the order in which roles appear, and then by number."""
    flight = _Flight()
    rows: list[Arrow] = []
    for number, frame in enumerate(trace, start=1):
        rows.append(_row(frame.move, flight))
        for happening in frame.happened:
            if isinstance(happening.what, Send):
                flight.post(happening.at, happening.what, number)
        flight.keep(frame)
    found = [address for row in rows for address in (row.start, row.end)]
    order = {role: place for place, role in enumerate(dict.fromkeys(address.role for address in found))}
    lanes = sorted(set(found), key=lambda address: (order[address.role], address.number))
    return Diagram(tuple(lanes), tuple(rows), flight.left(trace))


@define(eq=False)
class _Flight:
    """The sends whose messages are in flight: source, receiver, message and the number of the move, in order; and what was received."""

    sends: list[tuple[Address, Address, object, int]] = field(factory=list)
    taken: list[tuple[Address, Address, object, int | None]] = field(factory=list)

    def post(self, source: Address, send: Send, number: int) -> None:
        self.sends.append((source, send.to, send.message, number))

    def received(self, source: Address, to: Address, message: object) -> tuple[int | None, bool]:
        """Return in which move a message was sent, and whether it was received before."""
        sent = self.sent(source, to, message)
        key = (source, to, message, sent)
        again = sent is not None and key in self.taken
        self.taken.append(key)
        return sent, again

    def sent(self, source: Address, to: Address, message: object) -> int | None:
        return next((number for s, t, m, number in self.sends if (s, t, m) == (source, to, message)), None)

    def keep(self, frame: Frame) -> None:
        """Forget what is in flight no more: of equal messages the earliest."""
        counts: dict[tuple[Address, Address, object], int] = {}
        for channel in frame.in_flight:
            for message in channel.messages:
                key = (channel.source, channel.to, message)
                counts[key] = counts.get(key, 0) + 1
        kept: list[tuple[Address, Address, object, int]] = []
        for source, to, message, number in reversed(self.sends):
            if counts.get((source, to, message), 0) > 0:
                counts[source, to, message] -= 1
                kept.append((source, to, message, number))
        self.sends = kept[::-1]

    def left(self, trace: tuple[Frame, ...]) -> tuple[Left, ...]:
        if not trace:
            return ()
        waiting = list(self.sends)
        found = []
        for channel in trace[-1].in_flight:
            for message in channel.messages:
                place = next((p for p, each in enumerate(waiting) if each[:3] == (channel.source, channel.to, message)), None)
                found.append(Left(channel.source, channel.to, text(message), None if place is None else waiting.pop(place)[3]))
        return tuple(found)


def _row(move: Move, flight: _Flight) -> Arrow:
    match move:
        case Receive(at, source, message):
            return Arrow(source, at, Mark.ARRIVES, text(message), *flight.received(source, at, message))
        case Ask(at, user, request):
            return Arrow(user, at, Mark.ARRIVES, text(request))
        case Cancel(at, user):
            return Arrow(user, at, Mark.ARRIVES, "cancel")
        case Forge(at, by, message):
            return Arrow(by, at, Mark.ARRIVES, f"forged {text(message)}")
        case Lose(source, to, message):
            return Arrow(source, to, Mark.LOST, f"lost {text(message)}", flight.sent(source, to, message))
        case Fire(at, trigger):
            return Arrow(at, at, Mark.INSIDE, text(trigger))
        case Suspect(at, peer):
            return Arrow(at, at, Mark.INSIDE, f"suspects {peer}")
        case Trust(at, peer):
            return Arrow(at, at, Mark.INSIDE, f"trusts {peer} again")
        case Tick(at, now):
            return Arrow(at, at, Mark.INSIDE, f"clock shows {now}")
        case SetBack(at, now):
            return Arrow(at, at, Mark.INSIDE, f"clock set back to {now}")
        case Recover(at):
            return Arrow(at, at, Mark.UP, "recovers")
        case Crash(at):
            return Arrow(at, at, Mark.DOWN, move_text(move).partition(";")[0])


def roles(lanes: Iterable[Address]) -> tuple[str, ...]:
    """Return the roles of lanes, each once, in their order."""
    return tuple(dict.fromkeys(address.role for address in lanes))
