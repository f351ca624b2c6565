"""Guaranteed delivery: a link that repeats each message until it is acknowledged, and hands it up once.

Source: stubborn and perfect links, Cachin, Guerraoui and Rodrigues (2011), algorithms 2.1 and 2.2; the acknowledgement of
Bartlett, Scantlebury and Wilkinson (1969); numbers that start anew after a crash, Belsnes, "Single-Message Communication" (1976).
Three guarantees, by what the two ends do: a message that is sent once and of which a copy is dropped comes *at most once*; one
that is repeated until it is acknowledged, *at least once*; with both, *exactly once*, as far as the layer above can tell.
Assumes: a network that loses and repeats messages, but not the same one for ever; that whoever crashes keeps on its disk which
epoch it is in and what it has received. Every restart begins an epoch, since the numbers of the one before are forgotten.
Does not promise: any order; that a message reaches a process that stays down; that a sender which crashes learns, or its link
sends again, what it had asked for, unless the link keeps that on its disk too. A message that is given up may have arrived:
no protocol can tell (the two generals; Gray, 1978).
"""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.messaging.shared.conversations import Channel, Conversations
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Crashed,
    Deadline,
    Deliver,
    Fair,
    Fault,
    Recovered,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Data:
    """A message that is carried, with its number in an epoch of its sender."""

    epoch: int
    number: int
    message: object


@frozen
class Ack:
    """A message was handed up. Given for every copy of it: an earlier acknowledgement may be lost."""

    epoch: int
    number: int


# ---- triggers


@frozen
class Resend(Deadline):
    """A message was not acknowledged for a while."""

    to: Address
    number: int


@frozen
class GiveUp(Deadline):
    """A message was not acknowledged for a while, and was sent as often as it may be."""

    to: Address
    number: int


# ---- events


@frozen
class Confirmed:
    """The sender knows that a message was handed up."""

    to: Address
    message: object


@frozen
class GivenUp:
    """The sender will not send a message again. It may have been handed up or not: here nobody knows."""

    to: Address
    message: object


# ---- views


@frozen
class LinkView:
    """Of one end of the link, how many messages it has neither confirmed nor given up."""

    pending: int = 0


# ---- history


@frozen
class Parcel:
    """A message from one process to another."""

    source: Address
    to: Address
    message: object


Parcels: TypeAlias = frozenset[Parcel]


@frozen
class Try:
    """A message, and how often it was sent by then."""

    parcel: Parcel
    count: int


@frozen
class Deliveries(Conversations):
    """What was sent, handed up, confirmed and given up, and handed up more than once; who has crashed, and who is down.

    `lasting`: whether what a sender was asked is on its disk, so that its only epoch goes on. `attempts`: how often each message
    may be sent, None for ever; where there is a bound, `tries` remembers how often each was, as far as once too often.
    """

    delivered: Parcels = frozenset()
    delivered_again: Parcels = frozenset()
    confirmed: Parcels = frozenset()
    given_up: Parcels = frozenset()
    down: frozenset[Address] = frozenset()
    tries: frozenset[Try] = frozenset()
    lasting: bool = False
    attempts: int | None = None

    def after(self, at: Address, by: Address, happening: object) -> Deliveries:  # noqa: ARG002  # whoever asks, a user or a layer above
        """Return the history after one more happening."""
        match happening:
            case Deliver(source, message):
                parcel = frozenset({Parcel(source, at, message)})
                return evolve(self, delivered=self.delivered | parcel, delivered_again=self.delivered_again | (self.delivered & parcel))
            case Confirmed(to, message):
                return evolve(self, confirmed=self.confirmed | {Parcel(at, to, message)})
            case GivenUp(to, message):
                return evolve(self, given_up=self.given_up | {Parcel(at, to, message)})
            case Send(to, Data(message=message)) if self.attempts is not None:
                again = Parcel(at, to, message)
                return evolve(self, tries=self.tries | {Try(again, min(self.tried(again), self.attempts) + 1)})
            case Crashed():
                return evolve(self.heard(at, happening), down=self.down | {at})
            case Recovered():
                return evolve(self, down=self.down - {at})
            case _:
                return self.heard(at, happening)

    def epoch(self, sender: Address) -> int:
        """Return in which epoch a sender is."""
        return 0 if self.lasting else super().epoch(sender)

    def parcels(self) -> tuple[Parcel, ...]:
        """Return all that was sent, in the order of the channels."""
        return tuple(Parcel(channel.source, channel.to, one.message) for channel, sent in self.sent.items() for one in sent)

    def sent_again(self) -> Parcels:
        """Return what was sent more than once."""
        return frozenset(parcel for parcel, count in Counter(self.parcels()).items() if count > 1)

    def tried(self, parcel: Parcel) -> int:
        """Count how often a message was sent, where that is remembered."""
        return sum(1 for each in self.tries if each.parcel == parcel)

    def numbered(self, channel: Channel, epoch: int) -> tuple[Data, ...]:
        """Return how the messages of an epoch are sent."""
        return tuple(Data(epoch, number, message) for number, message in enumerate(self.sent_in(channel, epoch)))


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY
FAIRLY = Fair.DELIVERY | Fair.TRIGGERS
"""What is sent again and again arrives, and deadlines pass: a fair-lossy network, and clocks that go on."""


@on_event(Send, under=ANY)
def is_numbered(before: Deliveries, who: Address, event: Send) -> Cases:
    """A message is sent with its place among those to its receiver that the sender was asked for in its present epoch."""
    if isinstance(event.message, Data):
        numbered = before.numbered(Channel(who, event.to), before.epoch(who))
        yield case(event.message in numbered, sent=event, numbered=numbered)


@on_event(Send, under=ANY)
def what_is_acknowledged_was_handed_up(before: Deliveries, who: Address, event: Send) -> Cases:
    """An acknowledgement names a message that was handed up, by its epoch and number."""
    if isinstance(event.message, Ack):
        numbered = before.numbered(Channel(event.to, who), event.message.epoch)
        handed_up = [Ack(each.epoch, each.number) for each in numbered if Parcel(event.to, who, each.message) in before.delivered]
        yield case(event.message in handed_up, sent=event, handed_up=handed_up)


@on_event(Send, under=ANY)
def is_sent_until_told(before: Deliveries, who: Address, event: Send) -> Cases:
    """A message is not sent more often than it may be, nor once it was confirmed or given up."""
    if isinstance(event.message, Data):
        parcel = Parcel(who, event.to, event.message.message)
        if parcel not in before.sent_again():
            told = parcel in before.confirmed | before.given_up
            spent = before.attempts is not None and before.tried(parcel) >= before.attempts
            yield case(not told and not spent, sent=event, told=told, spent=spent)


@on_event(GivenUp, under=ANY)
def is_given_up_last(before: Deliveries, who: Address, event: GivenUp) -> Cases:
    """A message is given up when it was sent as often as it may be."""
    tried = before.tried(Parcel(who, event.to, event.message))
    yield case(tried == before.attempts, given_up=event, tried=tried)


@always_each(LinkView, under=ANY)
def the_view_is_true(view: LinkView, who: Address, history: Deliveries) -> Cases:
    """What a link shows as pending is as much as it was asked for in its present epoch, and has neither confirmed nor given up."""
    told = history.confirmed | history.given_up
    asked = [
        Parcel(who, channel.to, message)
        for channel in history.sent
        if channel.source == who
        for message in history.sent_in(channel, history.epoch(who))
    ]
    owed = [parcel for parcel in asked if parcel not in told]
    if not history.sent_again():
        yield case(view.pending == len(owed), who=who, pending=view.pending, owed=owed)


@always(under=ANY)
def no_creation(seen: Seen[Deliveries]) -> Cases:
    """What is handed up was sent, by that sender to that receiver."""
    if seen.history.delivered:
        made_up = seen.history.delivered - frozenset(seen.history.parcels())
        yield case(not made_up, made_up=made_up)


@always(under=ANY)
def no_duplication(seen: Seen[Deliveries]) -> Cases:
    """What was sent once is handed up at most once.

    Copies carry the number of the first, by which the receiver knows them. That it keeps on its disk: what it forgot, it would hand up
    again. Of an epoch before the last that it heard of it takes nothing, since of that it has forgotten the numbers.
    """
    if seen.history.delivered:
        twice = seen.history.delivered_again - seen.history.sent_again()
        yield case(not twice, twice=twice)


@always(under=ANY)
def confirmed_is_delivered(seen: Seen[Deliveries]) -> Cases:
    """A message that is confirmed was handed up.

    An acknowledgement is given with the message, in one step, and names its epoch: that of an earlier one, whose number is the
    same, confirms nothing.
    """
    if seen.history.confirmed:
        never = seen.history.confirmed - seen.history.delivered
        yield case(not never, confirmed=never)


@always(under=ANY)
def one_outcome(seen: Seen[Deliveries]) -> Cases:
    """Nobody is told of one message both that it was confirmed and that it was given up."""
    if seen.history.confirmed | seen.history.given_up:
        both = seen.history.confirmed & seen.history.given_up - seen.history.sent_again()
        yield case(not both, both=both)


@at_rest(under=ANY)
def nothing_is_left_pending(seen: Seen[Deliveries]) -> Cases:
    """At rest no link that is up has a message that it has neither confirmed nor given up."""
    for address, view in seen.views(LinkView).items():
        if seen.up(address):
            yield case(not view.pending, at=address, pending=view.pending)


def between_correct(seen: Seen[Deliveries]) -> Parcels:
    """Return what was sent by processes that never crash to others that never crash."""
    return frozenset(parcel for parcel in seen.history.parcels() if not {parcel.source, parcel.to} & set(seen.history.crashes))


def all_are(owed: Parcels, done: Parcels) -> Cases:
    """Yield whether all that is owed is done, if anything is."""
    if owed:
        yield case(owed <= done, missing=owed - done)


@eventually(FAIRLY, under=ANY)
def is_delivered(seen: Seen[Deliveries]) -> Cases:
    """In the end what was sent is handed up, between two that never crash.

    It is sent again until it is acknowledged, so that it arrives, and that is only once it was handed up.
    """
    yield from all_are(between_correct(seen), seen.history.delivered)


@eventually(FAIRLY, under=ANY)
def every_sender_is_told(seen: Seen[Deliveries]) -> Cases:
    """In the end what was sent is confirmed or given up, between two that never crash."""
    yield from all_are(between_correct(seen), seen.history.confirmed | seen.history.given_up)


@eventually(Fair.TRIGGERS, under=ANY)
def nobody_waits_for_the_dead(seen: Seen[Deliveries]) -> Cases:
    """In the end what was sent by whoever never crashes is confirmed or given up, even if the receiver is down.

    Of a link with a bound on how often it sends a message.
    """
    owed = frozenset(parcel for parcel in seen.history.parcels() if parcel.source not in seen.history.crashes)
    yield from all_are(owed, seen.history.confirmed | seen.history.given_up)


@eventually(FAIRLY, under=ANY)
def a_restart_loses_nothing(seen: Seen[Deliveries]) -> Cases:
    """In the end what was sent is handed up, if its sender and its receiver are up again for good.

    Of a link that keeps on its disk what it was asked to carry, before it sends it.
    """
    owed = frozenset(parcel for parcel in seen.history.parcels() if not {parcel.source, parcel.to} & seen.history.down)
    yield from all_are(owed, seen.history.delivered)


@sometimes
def is_confirmed(seen: Seen[Deliveries]) -> Cases:
    """A message is confirmed."""
    yield case(bool(seen.history.confirmed))


@sometimes
def is_given_up(seen: Seen[Deliveries]) -> Cases:
    """A message is given up that was handed up all the same."""
    yield case(bool(seen.history.given_up & seen.history.delivered))


@sometimes
def comes_twice(seen: Seen[Deliveries]) -> Cases:
    """A message is handed up twice, which at least once does not rule out."""
    yield case(bool(seen.history.delivered_again))
