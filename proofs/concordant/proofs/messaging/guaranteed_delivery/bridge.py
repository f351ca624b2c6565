"""Exactly-once delivery: what numbers, in the two ends of a link and in messages, say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.messaging.guaranteed_delivery.claim import delivery
from concordant.refimpl.machine import AnySystem
from concordant.refimpl.messaging.guaranteed_delivery import AtLeastOnce, AtMostOnce, Linking
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data
from concordant.spec.messaging.shared.conversations import Channel
from concordant.spec.vocabulary import Address, Deliver, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """Which numbers a receiver remembers, and of which epoch."""
    if isinstance(state, Linking):
        for source, known in state.received.items():
            channel = Channel(source, address)
            yield "over", channel, LowerElements(known.epoch)
            for number in sorted(known.numbers):
                yield "received", channel, known.epoch, number


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """A message was sent under a number, handed up, acknowledged and confirmed."""
    match what:
        case Send(to, Data(epoch, number, message)):
            yield "used", Channel(at, to), epoch, number
            yield "sent", Channel(at, to), epoch, number, message
        case Send(to, Ack(epoch, number)):
            yield "acknowledged", Channel(to, at), epoch, number
        case Deliver(source, message):
            yield "handed", Channel(source, at), message
        case Confirmed(to, message):
            yield "confirmed", Channel(at, to), message


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The channels between processes; epochs and numbers, to one beyond the last that is spoken of; and messages."""
    match sort:
        case "Channel":
            return tuple(Channel(source, to) for source in processes for to in processes if source != to)
        case "Message":
            return tuple(sorted(values, key=repr))
        case _:
            return tuple(range(max(values, default=0) + 2))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Epochs are ordered as numbers are."""
    return {"before": {(low, high) for low in of["Epoch"] for high in of["Epoch"] if low <= high}}


def assumed(system: AnySystem) -> bool:
    """Tell whether a link hands every message up once, and acknowledges it."""
    return not any(isinstance(process, AtLeastOnce | AtMostOnce) for process in system.processes.values())


BRIDGE = Bridge("guaranteed_delivery", delivery, local, happened, elements, rigid, most=3, assumed=assumed)
