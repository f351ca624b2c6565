"""What goes wrong at the receiver: with copies, with acknowledgements, and with what it remembers."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.guaranteed_delivery.sending import RESTARTS, TWO
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.guaranteed_delivery import (
    AtLeastOnce,
    B,
    Label,
    Link,
    Linking,
    Received,
    system,
)
from concordant.spec.messaging import guaranteed_delivery as spec
from concordant.spec.messaging.guaranteed_delivery import Data
from concordant.spec.vocabulary import Address, Deliver, Faults, Internal, Network


@frozen
class Stored(Internal):
    """A message goes on from the queue to the layer above."""

    source: Address
    message: object


@frozen
class Queueing(Linking):
    """What was acknowledged, and is on its way up."""

    queue: tuple[Stored, ...] = ()


@frozen
class AcknowledgesOnArrival(Link):
    """Acknowledges what it has put into its queue, from which it is handed up later."""

    def start(self) -> Step[Linking]:
        return step(Queueing())

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        taken = Link.arrived(self, state, source, data)
        if taken is None or not isinstance(taken.state, Queueing):
            return taken
        stored = tuple(Stored(effect.source, effect.message) for effect in taken.effects if isinstance(effect, Deliver))
        queued = evolve(taken.state, queue=(*taken.state.queue, *stored))
        return step(queued, *(effect for effect in taken.effects if not isinstance(effect, Deliver)))

    def armed(self, state: Queueing) -> tuple[Stored, ...]:  # type: ignore[override]  # its own state and step
        return state.queue[:1]

    def fire(self, state: Queueing, trigger: Stored) -> Step[Linking]:  # type: ignore[override]
        return step(evolve(state, queue=state.queue[1:]), Deliver(trigger.source, trigger.message))


@frozen
class Echoes(Link):
    """Hands up what it has sent itself, when that is acknowledged."""

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        known = Link.acknowledged(self, state, label)
        return None if known is None else step(known.state, *known.effects, Deliver(label.to, state.outbox[label].message))


@frozen
class SilentOnCopies(Link):
    """Drops a copy without a word: its acknowledgement has been given."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        known = state.received.get(source, Received())
        return None if known.epoch == data.epoch and data.number in known.numbers else Link.arrived(self, state, source, data)


@frozen
class WaitsForTheNext(Link):
    """Hands a message up, and acknowledges it, once a later one has come."""

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        known = state.received.get(source, Received())
        heard = known.numbers if data.number in known.numbers else known.numbers.add(data.number)
        after = evolve(state, received=state.received.put(source, evolve(known, numbers=heard)))
        if data.number == max(heard):
            return step(after)
        return step(after, Deliver(source, data.message), *self.acknowledgements(source, data))


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


RESTARTS_OF_THE_RECEIVER = Faults(crashes=1, recoveries=1, who=(B,))

NO_DUPLICATE_IS_KNOWN = Pitfall(
    "GDL-5",
    "Nobody looks whether a message was handed up before it was sent again.",
    breaks=spec.no_duplication,
    subject=system(link=AtLeastOnce),
    length=4,
)
ACKNOWLEDGES_ON_ARRIVAL = Pitfall(
    "guaranteed_delivery.AcknowledgesOnArrival",
    "A message is acknowledged when it is stored, before it is handed up.",
    breaks=spec.what_is_acknowledged_was_handed_up,
    subject=system(link=AcknowledgesOnArrival),
    length=2,
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
