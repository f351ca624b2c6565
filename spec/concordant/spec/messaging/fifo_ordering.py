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

from concordant.spec.messaging.shared.conversations import Channel, Conversations
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Deliver,
    Fair,
    Fault,
    Map,
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
class Closed:
    """A conversation in which a gap was reported."""

    channel: Channel
    epoch: int


@frozen
class Order(Conversations):
    """What was sent and handed up on each channel, in order; where a gap was reported, who crashed, and how often.

    Of what is handed up one more is remembered than was sent: that is too much already.
    """

    delivered: Map[Channel, tuple[object, ...]] = Map()
    closed: frozenset[Closed] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Order:  # noqa: ARG002  # whoever asks, a user or a layer above
        """Return the history after one more happening."""
        match happening:
            case Deliver(source, message):
                channel = Channel(source, at)
                most = len(self.sent.get(channel, ())) + 1
                return evolve(self, delivered=self.delivered.put(channel, (*self.delivered.get(channel, ()), message)[:most]))
            case Gap(source, epoch):
                return evolve(self, closed=self.closed | {Closed(Channel(source, at), epoch)})
            case _:
                return self.heard(at, happening)

    def places(self, channel: Channel) -> Iterator[int | None]:
        """Yield for each message handed up its place among all that were sent, after the one before it; None where there is none."""
        sent = self.sent.get(channel, ())
        place = -1
        for message in self.delivered.get(channel, ()):
            later = (other for other in range(place + 1, len(sent)) if sent[other].message == message)
            found = next(later, None)
            yield found
            place = place if found is None else found

    def handed_up(self, channel: Channel, epoch: int) -> int:
        """Count what was handed up of one epoch."""
        sent = self.sent.get(channel, ())
        return sum(1 for place in self.places(channel) if place is not None and sent[place].epoch == epoch)

    def behind(self, closed: Closed) -> int:
        """Count what was sent of an epoch behind the first message that was not handed up."""
        return len(self.sent_in(closed.channel, closed.epoch)) - self.handed_up(closed.channel, closed.epoch) - 1


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.BYZANTINE
BETWEEN_CORRECT = Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.BYZANTINE


@on_event(Send, under=ANY)
def is_numbered(before: Order, who: Address, event: Send) -> Cases:
    """A message is sent with its number in an epoch of its sender, who begins the next after each crash."""
    epoch = before.epoch(who)
    sent = before.sent_in(Channel(who, event.to), epoch)
    numbered = [Numbered(epoch, len(sent) - 1, message) for message in sent[-1:]]
    yield case(event.message in numbered, sent=event, numbered=numbered)


@always(under=ANY)
def in_order(seen: Seen[Order]) -> Cases:
    """What is handed up of a sender comes in the order in which it was sent, nothing twice, and nothing that it did not send.

    Numbers of one epoch are handed up one by one, each once. Of an epoch before the last that was heard of nothing is taken.
    """
    honest = seen.views(OrderingView)
    for channel in seen.history.delivered:
        if channel.source in honest:
            found = tuple(seen.history.places(channel))
            yield case(None not in found, channel=channel, delivered=seen.history.delivered[channel])


@always(under=ANY)
def nothing_is_skipped(seen: Seen[Order]) -> Cases:
    """Between a crash of its sender and the next, what is handed up has no gap: it is the beginning of what was sent."""
    for channel, sent in seen.history.sent.items():
        found = [place for place in seen.history.places(channel) if place is not None]
        for before, place in pairwise([-1, *found]):
            skipped = [sent[other] for other in range(before + 1, place) if sent[other].epoch == sent[place].epoch]
            yield case(not skipped, channel=channel, delivered=sent[place].message, skipped=skipped)


@on_event(Gap, under=ANY & ~Fault.BYZANTINE)
def a_gap_names_what_is_missing(before: Order, who: Address, event: Gap) -> Cases:
    """A gap names the message after the last that was handed up of its epoch."""
    handed_up = before.handed_up(Channel(event.source, who), event.epoch)
    yield case(event.number == handed_up, gap=event, handed_up=handed_up)


@on_event(Gap, under=ANY & ~Fault.BYZANTINE)
def a_gap_has_something_behind_it(before: Order, who: Address, event: Gap) -> Cases:
    """A gap is reported where more was sent than is missing: a sender that has no more to say leaves none."""
    behind = before.sent_in(Channel(event.source, who), event.epoch)[event.number + 1 :]
    yield case(bool(behind), gap=event)


@on_event(Gap, under=ANY & ~Fault.BYZANTINE)
def a_gap_is_reported_once(before: Order, who: Address, event: Gap) -> Cases:
    """At most one gap is reported of an epoch of a sender."""
    yield case(Closed(Channel(event.source, who), event.epoch) not in before.closed, gap=event)


@on_event(Deliver, under=ANY & ~Fault.BYZANTINE)
def nothing_comes_after_a_gap(before: Order, who: Address, event: Deliver) -> Cases:
    """Once a gap is reported nothing more of its epoch is handed up."""
    channel = Channel(event.source, who)
    *_, place = before.after(who, who, event).places(channel)
    if place is not None:
        epoch = before.sent[channel][place].epoch
        yield case(Closed(channel, epoch) not in before.closed, delivered=event, epoch=epoch)


@always(under=BETWEEN_CORRECT & ~Fault.BYZANTINE)
def a_gap_is_not_reported_lightly(seen: Seen[Order]) -> Cases:
    """A gap is reported only of an epoch that is over, or if more was sent behind it than there is room for.

    Of a layer without a deadline.
    """
    history, views = seen.history, seen.views(OrderingView)
    if history.closed:
        light = [
            closed
            for closed in sorted(history.closed)
            if closed.epoch == history.epoch(closed.channel.source)
            if history.behind(closed) <= views[closed.channel.to].room
        ]
        yield case(not light, reported=light)


@always_each(OrderingView, under=ANY)
def what_is_held_has_room(view: OrderingView, who: Address, history: Order) -> Cases:  # noqa: ARG001  # whatever happened
    """Nobody holds more messages of one sender than it has room for."""
    counts = Counter(each.source for each in view.held)
    yield case(all(count <= view.room for count in counts.values()), who=who, held=view.held)


@always_each(OrderingView, under=ANY)
def what_is_held_came_early(view: OrderingView, who: Address, history: Order) -> Cases:
    """What is held was sent with that number in that epoch, and something before it was not handed up; a liar is held to nothing."""
    if view.held:
        wrong = {
            each
            for each in view.held
            if (channel := Channel(each.source, who)) in history.sent
            if each.number <= history.handed_up(channel, each.epoch)
            or history.sent_in(channel, each.epoch)[each.number : each.number + 1] != (each.message,)
        }
        yield case(not wrong, who=who, held=view.held)


@every_step(OrderingView, under=ANY)
def what_is_held_is_not_replaced(before: OrderingView, after: OrderingView) -> Cases:
    """A number has one content: another message with the number of one that is held does not take its place."""
    if before.held and after.held:
        taken = {(each.source, each.epoch, each.number) for each in before.held - after.held}
        places = {(each.source, each.epoch, each.number) for each in after.held}
        yield case(taken.isdisjoint(places), held=before.held, instead=after.held)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ANY & ~Fault.BYZANTINE)
def nothing_is_held_for_ever(seen: Seen[Order]) -> Cases:
    """In the end whoever is up holds no message of senders that never crash: it was handed up, or a gap was reported.

    Where messages are lost, of a layer with a deadline. A liar may leave a message with us; it fills no room but its own.
    """
    for who, view in seen.views(OrderingView).items():
        senders = {channel.source for channel in seen.history.sent if channel.to == who}
        if seen.up(who) and not senders & set(seen.history.crashes):
            yield case(not view.held, who=who, held=view.held)


@eventually(Fair.DELIVERY, under=BETWEEN_CORRECT)
def is_delivered(seen: Seen[Order]) -> Cases:
    """In the end all that a sender sent since it last crashed is handed up by whoever never crashes, unless a gap is reported."""
    for channel in seen.history.sent:
        epoch = seen.history.epoch(channel.source)
        if channel.to not in seen.history.crashes and Closed(channel, epoch) not in seen.history.closed:
            owed = seen.history.sent_in(channel, epoch)
            handed_up = seen.history.handed_up(channel, epoch)
            yield case(handed_up == len(owed), channel=channel, epoch=epoch, owed=owed, handed_up=handed_up)


@sometimes
def comes_early(seen: Seen[Order]) -> Cases:
    """A message comes before one that was sent before it."""
    yield case(any(view.held for view in seen.views(OrderingView).values()))


@sometimes
def two_come_early(seen: Seen[Order]) -> Cases:
    """Messages of two senders wait at one receiver, each for another of its own sender."""
    yield case(any(len({each.source for each in view.held}) > 1 for view in seen.views(OrderingView).values()))


@sometimes
def a_gap_is_reported(seen: Seen[Order]) -> Cases:
    """A gap is reported."""
    yield case(bool(seen.history.closed))


@sometimes
def a_restart_leaves_a_gap(seen: Seen[Order]) -> Cases:
    """A gap is reported in an epoch that is over; of a layer that has room for all that is sent, and no deadline."""
    yield case(any(each.epoch < seen.history.epoch(each.channel.source) for each in seen.history.closed))
