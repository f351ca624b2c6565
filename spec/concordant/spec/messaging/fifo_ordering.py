"""FIFO order: a layer that hands messages up in the order in which each sender sent them, without a gap that nobody hears of.

Source: FIFO links and reliable FIFO broadcast, Cachin, Guerraoui and Rodrigues (2011), 3.9; numbers and a buffer for what comes
early, Stenning, "A Data Transfer Protocol" (1976); the receiver of TCP, RFC 9293, 3.4. A conversation is what one process sends to
another, in one epoch of the sender: two senders never share numbers, and one that restarts begins an epoch, as its numbers are gone.
Assumes: whoever receives a message knows its sender; the numbers that are expected, and what is held, are on the disk.
The buffer is bounded. What would not find room, or stays away until a deadline where there is one, is a *gap*: it is reported, once,
and closes the conversation until the sender's next epoch. Nothing is handed up beyond it, so that what is handed up is always
the beginning of what was sent.
Does not promise: that anything comes through a network that loses messages, which is a matter of the link below; any order between
the messages of different senders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Crashed,
    Deadline,
    Deliver,
    Fair,
    Fault,
    Map,
    Seen,
    Transmit,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Numbered:
    """A message with its number in an epoch of its sender, among those to one receiver; counted from 0."""

    epoch: int
    number: int
    message: object


# ---- triggers


@frozen
class Missing(Deadline):
    """What comes before the messages held of a sender has stayed away for long."""

    source: Address


# ---- events


@frozen
class Gap:
    """A message of a sender will not be handed up any more, nor what came after it in its epoch. `number`: the first that is missing."""

    source: Address
    epoch: int
    number: int


# ---- views


@frozen
class Held:
    """A message that came early."""

    source: Address
    epoch: int
    number: int
    message: object


@frozen
class OrderingView:
    """What a process holds, and for how many messages of each sender it has room."""

    room: int
    held: frozenset[Held] = frozenset()


# ---- history


@frozen(order=True)
class Channel:
    """From whom to whom."""

    source: Address
    to: Address


@frozen
class Sent:
    """A message, and after how many crashes of its sender it was sent."""

    life: int
    message: object


@frozen
class Order:
    """What was sent and handed up on each channel, in order; which gaps were reported, who crashed, and how often.

    Of what is handed up one more is remembered than was sent: that is too much already.
    """

    sent: Map[Channel, tuple[Sent, ...]] = Map()
    delivered: Map[Channel, tuple[object, ...]] = Map()
    gaps: frozenset[Channel] = frozenset()
    lives: Map[Address, int] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Order:  # noqa: ARG002  # whoever asks, a user or a layer above
        """Return the history after one more happening."""
        match happening:
            case Transmit(to, message):
                channel = Channel(at, to)
                one = Sent(self.lives.get(at, 0), message)
                return evolve(self, sent=self.sent.put(channel, (*self.sent.get(channel, ()), one)))
            case Deliver(source, message):
                channel = Channel(source, at)
                most = len(self.sent.get(channel, ())) + 1
                return evolve(self, delivered=self.delivered.put(channel, (*self.delivered.get(channel, ()), message)[:most]))
            case Gap(source):
                return evolve(self, gaps=self.gaps | {Channel(source, at)})
            case Crashed():
                return evolve(self, lives=self.lives.put(at, self.lives.get(at, 0) + 1))
            case _:
                return self


def places(history: Order, channel: Channel) -> Iterator[int | None]:
    """Yield for each message handed up its place among those sent, each after the one before it; None where there is none."""
    sent = history.sent.get(channel, ())
    place = -1
    for message in history.delivered.get(channel, ()):
        later = (other for other in range(place + 1, len(sent)) if sent[other].message == message)
        found = next(later, None)
        yield found
        place = place if found is None else found


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.BYZANTINE
BETWEEN_CORRECT = Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.BYZANTINE


@always(under=ANY)
def in_order(seen: Seen[Order]) -> Cases:
    """What is handed up of a sender comes in the order in which it was sent, nothing twice, and nothing that it did not send.

    Numbers of one epoch are handed up one by one, each once. Of an epoch before the last that was heard of nothing is taken.
    """
    honest = seen.views(OrderingView)
    for channel in seen.history.delivered:
        if channel.source in honest:
            found = tuple(places(seen.history, channel))
            yield case(None not in found, channel=channel, delivered=seen.history.delivered[channel])


@always(under=ANY)
def nothing_is_skipped(seen: Seen[Order]) -> Cases:
    """Between a crash of its sender and the next, what is handed up has no gap: it is the beginning of what was sent."""
    for channel, sent in seen.history.sent.items():
        found = [place for place in places(seen.history, channel) if place is not None]
        for before, place in pairwise([-1, *found]):
            skipped = [sent[other] for other in range(before + 1, place) if sent[other].life == sent[place].life]
            yield case(not skipped, channel=channel, delivered=sent[place].message, skipped=skipped)


@on_event(Gap, under=ANY & ~Fault.BYZANTINE)
def a_gap_names_what_is_missing(before: Order, who: Address, event: Gap) -> Cases:
    """A gap names the message after the last that was handed up of its epoch.

    A sender is in a new epoch after each crash.
    """
    channel = Channel(event.source, who)
    sent = before.sent.get(channel, ())
    found = [place for place in places(before, channel) if place is not None and sent[place].life == event.epoch]
    yield case(event.number == len(found), gap=event, handed_up=len(found))


@always_each(OrderingView, under=ANY)
def what_is_held_has_room(view: OrderingView, who: Address, history: Order) -> Cases:  # noqa: ARG001  # whatever happened
    """Nobody holds more messages of one sender than it has room for."""
    counts = Counter(each.source for each in view.held)
    yield case(all(count <= view.room for count in counts.values()), who=who, held=view.held)


@every_step(OrderingView, under=ANY)
def what_is_held_is_not_replaced(before: OrderingView, after: OrderingView) -> Cases:
    """A number has one content: another message with the number of one that is held does not take its place."""
    # A number is held once: no order of the set shows.
    contents = {(each.source, each.epoch, each.number): each.message for each in after.held}  # on purpose
    for old in sorted(before.held, key=lambda each: (each.source, each.epoch, each.number)):  # on purpose
        if (old.source, old.epoch, old.number) in contents:
            now = contents[old.source, old.epoch, old.number]
            yield case(now == old.message, held=old, instead=now)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ANY & ~Fault.BYZANTINE)
def nothing_is_held_for_ever(seen: Seen[Order]) -> Cases:
    """In the end who is up holds no message of senders that never crash: it was handed up, or a gap was reported.

    Where messages are lost, of a layer with a deadline. A liar may leave a message with us; it fills no room but its own.
    """
    for who, view in seen.views(OrderingView).items():
        senders = {channel.source for channel in seen.history.sent if channel.to == who}
        if seen.up(who) and not senders & set(seen.history.lives):
            yield case(not view.held, who=who, held=view.held)


@eventually(Fair.DELIVERY, under=BETWEEN_CORRECT)
def is_delivered(seen: Seen[Order]) -> Cases:
    """In the end all that was sent is handed up, between two that never crash, unless a gap is reported."""
    for channel, sent in seen.history.sent.items():
        if channel not in seen.history.gaps and not {channel.source, channel.to} & set(seen.history.lives):
            delivered = seen.history.delivered.get(channel, ())
            yield case(len(delivered) == len(sent), channel=channel, sent=len(sent), delivered=delivered)


@sometimes
def comes_early(seen: Seen[Order]) -> Cases:
    """A message comes before one that was sent before it."""
    yield case(any(view.held for view in seen.views(OrderingView).values()))


@sometimes
def a_gap_is_reported(seen: Seen[Order]) -> Cases:
    """A gap is reported."""
    yield case(bool(seen.history.gaps))
