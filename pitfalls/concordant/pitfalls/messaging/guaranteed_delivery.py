"""What goes wrong with guaranteed delivery: the documents' protocol tracks what it delivers too late, too little, or not at all."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.guaranteed_delivery import (
    BOUNDED,
    ON_DISK,
    A,
    AtLeastOnce,
    AtMostOnce,
    B,
    Durable,
    Label,
    Link,
    Linking,
    Pending,
    Received,
    Trigger,
    system,
)
from concordant.spec.messaging import guaranteed_delivery as spec
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data, GivenUp, GiveUp, Resend
from concordant.spec.vocabulary import Address, Announce, Deliver, Effect, Faults, Internal, Network, Send, Transmit

# ---- senders


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


# ---- receivers


@frozen
class Echoes(Link):
    """Hands up what it has sent itself, when that is acknowledged."""

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        known = Link.acknowledged(self, state, label)
        return None if known is None else step(known.state, *known.effects, Deliver(label.to, state.outbox[label].message))


@frozen
class SilentOnCopies(Link):
    """Drops a copy without a word: its acknowledgement has been given."""

    def acknowledgements(self, source: Address, data: Data, *, new: bool) -> tuple[Effect, ...]:
        return Link.acknowledgements(self, source, data, new=new) if new else ()


@frozen
class WaitsForTheNext(Link):
    """Hands a message up, and acknowledges it, once a later one has come."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        known = state.received.get(source, Received(data.epoch))
        heard = known.numbers | {data.number}
        after = evolve(state, received=state.received.put(source, evolve(known, numbers=heard)))
        if data.number == max(heard):
            return step(after)
        return step(after, *self.acknowledgements(source, data, new=True), Deliver(source, data.message))


@frozen
class ForgetsWhatCame(Link):
    """Keeps nothing on its disk of what it has handed up."""

    def survives(self, state: Linking) -> tuple[Linking, ...]:
        return (Linking(epoch=state.epoch),)


@frozen
class TakesOldEpochs(Link):
    """Takes a message of an epoch that is over as if it were of the last."""

    def is_outdated(self, known: Received, data: Data) -> bool:  # noqa: ARG002
        return False

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        known = state.received.get(source, Received(data.epoch))
        forgotten = state if known.epoch == data.epoch else evolve(state, received=state.received.put(source, Received(data.epoch)))
        return Link.arrived(self, forgotten, source, data)


RESTARTS = Faults(crashes=1, recoveries=1, who=(A,))
RESTARTS_OF_THE_RECEIVER = Faults(crashes=1, recoveries=1, who=(B,))
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
TRACKS_AFTERWARDS = Pitfall(
    "GDL-3",
    "The table of what is unacknowledged is written after the message is sent: an acknowledgement that is quicker is dropped.",
    breaks=spec.every_sender_is_told,
    subject=system(link=TracksAfterwards, network=Network()),
    length=4,
)
NO_DUPLICATE_IS_KNOWN = Pitfall(
    "GDL-5",
    "Nobody looks whether a message was handed up before it was sent again.",
    breaks=spec.no_duplication,
    subject=system(link=AtLeastOnce),
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
    length=2,
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
ECHOES = Pitfall(
    "guaranteed_delivery.Echoes",
    "The sender takes what is acknowledged for a message of the receiver.",
    breaks=spec.no_creation,
    subject=system(link=Echoes),
    length=3,
)
SILENT = Pitfall(
    "guaranteed_delivery.SilentOnCopies",
    "A copy is dropped without acknowledging it again: where the first acknowledgement was lost the sender goes on for ever.",
    breaks=spec.every_sender_is_told,
    subject=system(link=SilentOnCopies),
    length=5,
)
WAITS_FOR_THE_NEXT = Pitfall(
    "guaranteed_delivery.WaitsForTheNext",
    "A message is handed up and acknowledged when the next one comes, so that the last is sent for ever.",
    breaks=spec.is_delivered,
    subject=system(link=WaitsForTheNext),
    length=4,
)
FORGETS_WHAT_CAME = Pitfall(
    "guaranteed_delivery.ForgetsWhatCame",
    "A receiver that restarts does not know what it has handed up.",
    breaks=spec.no_duplication,
    subject=system(link=ForgetsWhatCame, faults=RESTARTS_OF_THE_RECEIVER),
    length=6,
)
TAKES_OLD_EPOCHS = Pitfall(
    "guaranteed_delivery.TakesOldEpochs",
    "A message of an epoch that is over is handed up again, since its number is forgotten.",
    breaks=spec.no_duplication,
    subject=system(TWO, link=TakesOldEpochs, faults=RESTARTS, network=Network(duplicating=True)),
    length=7,
)
