"""What goes wrong at the sender: in its tables, its attempts, its epochs, and in what it tells of them."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.guaranteed_delivery import (
    BOUNDED,
    ON_DISK,
    A,
    AtMostOnce,
    B,
    C,
    Durable,
    Label,
    Link,
    Linking,
    Pending,
    Trigger,
    system,
)
from concordant.spec.messaging import guaranteed_delivery as spec
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data, GivenUp, GiveUp, LinkView, Resend
from concordant.spec.vocabulary import Address, Announce, Effect, Faults, Internal, Network, Send, Transmit


@frozen
class RetriesUntracked(Link):
    """Tracks the first attempt only: what is sent again is forgotten."""

    def fire(self, state: Linking, trigger: Trigger) -> Step[Linking]:
        label = Label(trigger.to, trigger.number)
        sent = Link.fire(self, state, trigger)
        return step(evolve(sent.state, outbox=sent.state.outbox.drop(label)), *sent.effects)


@frozen
class Untracked(Pending):
    """A message that is on its way, and in no table yet."""


@frozen
class Track(Internal):
    """The sender goes on after the message is on its way, and enters it in its tables."""

    to: Address
    number: int


@frozen
class TracksAfterwards(Link):
    """Enters a message in its tables once it was sent, and waits for the acknowledgement, which may have come."""

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        return Link.sent(self, state, label, Untracked(pending.message, pending.left))

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        return None if isinstance(state.outbox.get(label), Untracked) else Link.acknowledged(self, state, label)

    def armed(self, state: Linking) -> tuple[Track, ...]:  # type: ignore[override]  # an own step
        return tuple(Track(label.to, label.number) for label, pending in state.outbox.items() if isinstance(pending, Untracked))

    def fire(self, state: Linking, trigger: Track) -> Step[Linking]:  # type: ignore[override]
        label = Label(trigger.to, trigger.number)
        pending = state.outbox[label]
        return step(evolve(state, outbox=state.outbox.put(label, Pending(pending.message, pending.left))))


@frozen
class SaysItIsDone(Link):
    """Reports success of what it gives up."""

    def fire(self, state: Linking, trigger: Trigger) -> Step[Linking]:
        fired = Link.fire(self, state, trigger)
        return step(fired.state, *(_confirmed(effect) for effect in fired.effects))


def _confirmed(effect: Effect) -> Effect:
    match effect:
        case Announce(GivenUp(to, message)):
            return Announce(Confirmed(to, message))
        case _:
            return effect


@frozen
class SaysNothing(Link):
    """Takes an acknowledgement and tells nobody."""

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        known = Link.acknowledged(self, state, label)
        return None if known is None else step(known.state)


@frozen
class NeverGivesUp(Link):
    """Sends again whatever the bound says."""

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        return Link.sent(self, state, label, evolve(pending, left=None))


@frozen
class HasNoDeadline(Link):
    """Waits for the acknowledgement."""

    def armed(self, state: Linking) -> tuple[Trigger, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class StillListens(Link):
    """Takes an acknowledgement that comes after it gave up."""

    def armed(self, state: Linking) -> tuple[Trigger, ...]:
        return tuple(each for each in Link.armed(self, state) if state.outbox[Label(each.to, each.number)].left != -1)

    def fire(self, state: Linking, trigger: Trigger) -> Step[Linking]:
        label = Label(trigger.to, trigger.number)
        pending = state.outbox[label]
        match trigger:
            case Resend():
                return Link.fire(self, state, trigger)
            case GiveUp():
                kept = state.outbox.put(label, evolve(pending, left=-1))
                return step(evolve(state, outbox=kept), Announce(GivenUp(label.to, pending.message)))


@frozen
class ForgetsItsEpoch(Link):
    """Begins with the same numbers in the same epoch after every crash."""

    def recover(self, state: Linking) -> Step[Linking]:
        return step(state)


@frozen
class AcknowledgedInAnyEpoch(Link):
    """Looks at the number of an acknowledgement, and not at its epoch."""

    def receive(self, state: Linking, source: Address, message: Data | Ack) -> Step[Linking] | None:
        match message:
            case Data():
                return self.arrived(state, source, message)
            case Ack(_, number):
                return self.acknowledged(state, Label(source, number))


@frozen
class Dated(Pending):
    """A message with the epoch in which it was first sent."""

    epoch: int


@frozen
class KeepsTheOldEpoch(Durable):
    """Begins a new epoch after a crash, and sends what it finds on its disk in the old one, which the receiver takes to be over."""

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        dated = pending if isinstance(pending, Dated) else Dated(pending.message, pending.left, state.epoch)
        data = Data(dated.epoch, label.number, dated.message)
        return step(evolve(state, outbox=state.outbox.put(label, dated)), Send(label.to, data))

    def recover(self, state: Linking) -> Step[Linking]:
        return Link.recover(self, state)


@frozen
class OneCounter(Link):
    """Numbers what it sends, to whomever it goes."""

    def request(self, state: Linking, client: Address, request: Transmit) -> Step[Linking] | None:  # noqa: ARG002
        label = Label(request.to, sum(state.next.values()))
        numbered = evolve(state, next=state.next.put(request.to, state.next.get(request.to, 0) + 1))
        return self.sent(numbered, label, Pending(request.message, self.attempts))


@frozen
class NeverForgets(Link):
    """Keeps what is confirmed in its tables."""

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        known = Link.acknowledged(self, state, label)
        return None if known is None else step(state, *known.effects)


@frozen
class CountsFromZero(Link):
    """Asks whether an attempt is left after it has made it."""

    def armed(self, state: Linking) -> tuple[Trigger, ...]:
        return tuple((GiveUp if pending.left == -1 else Resend)(label.to, label.number) for label, pending in state.outbox.items())


@frozen
class GivesUpAtOnce(Link):
    """Gives a message up at the first deadline."""

    def armed(self, state: Linking) -> tuple[Trigger, ...]:
        return tuple(GiveUp(label.to, label.number) for label in state.outbox)


@frozen
class ShowsNothing(Link):
    """Says that all is done."""

    def view(self, state: Linking) -> LinkView:  # noqa: ARG002  # that is the mistake
        return LinkView(0)


@frozen
class ShowsAllItSent(Link):
    """Counts what it was asked for, and not what is left of it."""

    def view(self, state: Linking) -> LinkView:
        return LinkView(sum(state.next.values()))


RESTARTS = Faults(crashes=1, recoveries=1, who=(A,))
DEATH = Faults(crashes=1, who=(B,))
TWO = (Transmit(B, "a"), Transmit(B, "b"))

NEVER_TRACKED = Pitfall(
    "GDL-1",
    "By default a message is sent once, and nobody looks whether it arrives.",
    breaks=spec.is_delivered,
    subject=system(link=AtMostOnce),
    length=2,
)
RETRIES_UNTRACKED = Pitfall(
    "GDL-2",
    "Where the first attempt fails a second is made, of which no acknowledgement is waited for.",
    breaks=spec.is_delivered,
    subject=system(link=RetriesUntracked),
    length=3,
)
# Three moves to the acknowledgement that is dropped, as in the catalogue, and the one that writes the table too late.
TRACKS_AFTERWARDS = Pitfall(
    "GDL-3",
    "The table of what is unacknowledged is written after the message is sent: an acknowledgement that is quicker is dropped.",
    breaks=spec.every_sender_is_told,
    subject=system(link=TracksAfterwards, network=Network()),
    length=4,
)
SUCCESS_ALIKE = Pitfall(
    "GDL-6",
    "`delivery_initiated: True` is returned for success and for failure.",
    breaks=spec.confirmed_is_delivered,
    subject=system(attempts=1, link=SaysItIsDone, promises=BOUNDED),
    length=2,
)
TABLES_IN_MEMORY = Pitfall(
    "GDL-7",
    "The tables are in memory: with the sender they are gone, and with them every guarantee.",
    breaks=spec.a_restart_loses_nothing,
    subject=system(link=Link, faults=RESTARTS, promises=ON_DISK),
    length=4,
)
NOBODY_IS_TOLD = Pitfall(
    "GDL-8",
    "The confirmations are never written: nobody can ask whether a message has arrived.",
    breaks=spec.every_sender_is_told,
    subject=system(link=SaysNothing),
    length=3,
)
NO_BOUND = Pitfall(
    "GDL-8/no bound",
    "Nothing bounds how often a message is sent: to a receiver that is down, for ever.",
    breaks=spec.nobody_waits_for_the_dead,
    subject=system(attempts=2, link=NeverGivesUp, faults=DEATH, promises=BOUNDED),
    length=4,
)
WAITS = Pitfall(
    "guaranteed_delivery.HasNoDeadline",
    "A sender waits for an acknowledgement, and for nothing else.",
    breaks=spec.nothing_is_left_pending,
    subject=system(link=HasNoDeadline),
    length=2,
)
WAITS_FOR_THE_DEAD = Pitfall(
    "guaranteed_delivery.HasNoDeadline/dead",
    "A sender waits for the acknowledgement of a receiver that is down.",
    breaks=spec.nobody_waits_for_the_dead,
    subject=system(attempts=2, link=HasNoDeadline, faults=DEATH, promises=BOUNDED),
    length=1,
)
STILL_LISTENS = Pitfall(
    "guaranteed_delivery.StillListens",
    "An acknowledgement that comes after the message was given up confirms it.",
    breaks=spec.one_outcome,
    subject=system(attempts=1, link=StillListens, promises=BOUNDED),
    length=4,
)
FORGETS_ITS_EPOCH = Pitfall(
    "guaranteed_delivery.ForgetsItsEpoch",
    "A sender that restarts begins with the same numbers: an old acknowledgement confirms a new message.",
    breaks=spec.confirmed_is_delivered,
    subject=system(TWO, link=ForgetsItsEpoch, faults=RESTARTS),
    length=6,
)
ANY_EPOCH = Pitfall(
    "guaranteed_delivery.AcknowledgedInAnyEpoch",
    "An acknowledgement is taken by its number alone, whichever epoch it is of.",
    breaks=spec.confirmed_is_delivered,
    subject=system(TWO, link=AcknowledgedInAnyEpoch, faults=RESTARTS),
    length=6,
)
OLD_EPOCH = Pitfall(
    "guaranteed_delivery.KeepsTheOldEpoch",
    "What a sender finds on its disk after a crash it sends in the epoch before: once a new message has come, no copy is taken any more.",
    breaks=spec.a_restart_loses_nothing,
    subject=system(TWO, link=KeepsTheOldEpoch, faults=RESTARTS, promises=ON_DISK),
    length=9,
)
ONE_COUNTER = Pitfall(
    "guaranteed_delivery.OneCounter",
    "One counter numbers the messages to all receivers: to each of them the numbers have gaps.",
    breaks=spec.is_numbered,
    subject=system((Transmit(B, "a"), Transmit(C, "b")), link=OneCounter),
    length=2,
)
NEVER_FORGETS = Pitfall(
    "guaranteed_delivery.NeverForgets",
    "What is confirmed is not taken out of the tables, and is sent again.",
    breaks=spec.is_sent_until_told,
    subject=system(link=NeverForgets),
    length=4,
)
COUNTS_FROM_ZERO = Pitfall(
    "guaranteed_delivery.CountsFromZero",
    "Whether an attempt is left is asked after it was made: there is one too many.",
    breaks=spec.is_sent_until_told,
    subject=system(attempts=1, link=CountsFromZero, promises=BOUNDED),
    length=2,
)
GIVES_UP_LATE = Pitfall(
    "guaranteed_delivery.CountsFromZero/late",
    "So a message is given up late.",
    breaks=spec.is_given_up_last,
    subject=system(attempts=1, link=CountsFromZero, promises=BOUNDED),
    length=3,
)
GIVES_UP_AT_ONCE = Pitfall(
    "guaranteed_delivery.GivesUpAtOnce",
    "A message is given up at the first deadline, however often it may be sent.",
    breaks=spec.is_given_up_last,
    subject=system(attempts=2, link=GivesUpAtOnce, promises=BOUNDED),
    length=2,
)
SHOWS_NOTHING = Pitfall(
    "guaranteed_delivery.ShowsNothing",
    "The status that can be asked for is a constant.",
    breaks=spec.the_view_is_true,
    subject=system(link=ShowsNothing),
    length=1,
)
SHOWS_ALL_IT_SENT = Pitfall(
    "guaranteed_delivery.ShowsAllItSent",
    "The status that can be asked for counts what was sent, also where it is confirmed.",
    breaks=spec.the_view_is_true,
    subject=system(link=ShowsAllItSent),
    length=3,
)
