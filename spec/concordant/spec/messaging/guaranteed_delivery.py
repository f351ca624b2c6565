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

from typing import TypeAlias

from attrs import evolve, frozen

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
    Transmit,
    always,
    at_rest,
    case,
    eventually,
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
class Deliveries:
    """What was sent, handed up, confirmed and given up, and more than once so; who has crashed, and who is down."""

    sent: Parcels = frozenset()
    sent_again: Parcels = frozenset()
    delivered: Parcels = frozenset()
    delivered_again: Parcels = frozenset()
    confirmed: Parcels = frozenset()
    given_up: Parcels = frozenset()
    crashed: frozenset[Address] = frozenset()
    down: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Deliveries:  # noqa: ARG002  # whoever asks, a user or a layer above
        """Return the history after one more happening."""
        match happening:
            case Transmit(to, message):
                parcel = frozenset({Parcel(at, to, message)})
                return evolve(self, sent=self.sent | parcel, sent_again=self.sent_again | (self.sent & parcel))
            case Deliver(source, message):
                parcel = frozenset({Parcel(source, at, message)})
                return evolve(self, delivered=self.delivered | parcel, delivered_again=self.delivered_again | (self.delivered & parcel))
            case Confirmed(to, message):
                return evolve(self, confirmed=self.confirmed | {Parcel(at, to, message)})
            case GivenUp(to, message):
                return evolve(self, given_up=self.given_up | {Parcel(at, to, message)})
            case Crashed():
                return evolve(self, crashed=self.crashed | {at}, down=self.down | {at})
            case Recovered():
                return evolve(self, down=self.down - {at})
            case _:
                return self


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY
FAIRLY = Fair.DELIVERY | Fair.TRIGGERS
"""What is sent again and again arrives, and deadlines pass: a fair-lossy network, and clocks that go on."""


@always(under=ANY)
def no_creation(seen: Seen[Deliveries]) -> Cases:
    """What is handed up was sent, by that sender to that receiver."""
    if seen.history.delivered:
        made_up = seen.history.delivered - seen.history.sent
        yield case(not made_up, made_up=made_up)


@always(under=ANY)
def no_duplication(seen: Seen[Deliveries]) -> Cases:
    """What was sent once is handed up at most once.

    Copies carry the number of the first, by which the receiver knows them. That it keeps on its disk: what it forgot, it would hand up
    again. Of an epoch before the last that it heard of it takes nothing, since of that it has forgotten the numbers.
    """
    if seen.history.delivered:
        twice = seen.history.delivered_again - seen.history.sent_again
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
        both = seen.history.confirmed & seen.history.given_up - seen.history.sent_again
        yield case(not both, both=both)


@at_rest(under=ANY)
def nothing_is_left_pending(seen: Seen[Deliveries]) -> Cases:
    """In the end no link that is up has a message that it has neither confirmed nor given up."""
    for address, view in seen.views(LinkView).items():
        if seen.up(address):
            yield case(view.pending == 0, at=address, pending=view.pending)


def between_correct(seen: Seen[Deliveries]) -> Parcels:
    """Return what was sent by processes that never crash to others that never crash."""
    return frozenset(parcel for parcel in seen.history.sent if not {parcel.source, parcel.to} & seen.history.crashed)


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
    """In the end what was sent by who never crashes is confirmed or given up, even if the receiver is down.

    Of a link with a bound on how often it sends a message.
    """
    owed = frozenset(parcel for parcel in seen.history.sent if parcel.source not in seen.history.crashed)
    yield from all_are(owed, seen.history.confirmed | seen.history.given_up)


@eventually(FAIRLY, under=ANY)
def a_restart_loses_nothing(seen: Seen[Deliveries]) -> Cases:
    """In the end what was sent is handed up, if its sender and its receiver are up again for good.

    Of a link that keeps on its disk what it was asked to carry, before it sends it.
    """
    owed = frozenset(parcel for parcel in seen.history.sent if not {parcel.source, parcel.to} & seen.history.down)
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
