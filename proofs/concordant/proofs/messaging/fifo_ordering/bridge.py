"""FIFO order: what numbers, in conversations and in messages, say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.messaging.fifo_ordering.claim import fifo
from concordant.refimpl.machine import AnySystem
from concordant.refimpl.messaging.fifo_ordering import Numbering
from concordant.spec.messaging.fifo_ordering import Gap, Numbered
from concordant.spec.messaging.shared.conversations import Channel
from concordant.spec.vocabulary import Address, Below, Deliver, Layers, Send, Transmit


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a receiver was handed up of the epoch in which each sender is, as it knows, and what it holds; also one that stands over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Numbering(conversations=conversations):
            for source, known in conversations.items():
                channel = Channel(source, address)
                yield "over", channel, LowerElements(known.epoch)
                yield "passed", channel, known.epoch, LowerElements(known.expected)
                for number, message in known.held.items():
                    yield "held", channel, known.epoch, number, message


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """A message was sent under a number, and handed up; a number was reported as missing."""
    match what:
        case Send(to, Numbered(epoch, number, message)) | Below(Transmit(to, Numbered(epoch, number, message))):
            yield "used", Channel(at, to), epoch, number
            yield "sent", Channel(at, to), epoch, number, message
        case Deliver(source, message):
            yield "handed", Channel(source, at), message
        case Gap(source, epoch, number):
            yield "gap", Channel(source, at), epoch, number


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The channels between processes, and from whoever else is heard of; epochs and numbers, to one beyond the last; messages.

    What is no number, where somebody takes it for one, comes after them.
    """
    match sort:
        case "Channel":
            between = (Channel(source, to) for source in processes for to in processes if source != to)
            return tuple(dict.fromkeys((*between, *sorted(values))))
        case "Message":
            return tuple(sorted(values, key=repr))
        case _:
            numbers = [value for value in values if isinstance(value, int)]
            others = sorted(value for value in values if not isinstance(value, int))
            return (*range(min((0, *numbers)), max((0, *numbers)) + 2), *others)


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Epochs and numbers are ordered as they are listed."""
    ordered = {"le": of["Number"], "before": of["Epoch"]}
    return {name: {(low, high) for place, high in enumerate(each) for low in each[: place + 1]} for name, each in ordered.items()}


def assumed(system: AnySystem) -> bool:
    """Tell whether nobody forges messages."""
    return not system.byzantine


BRIDGE = Bridge("fifo_ordering", fifo, local, happened, elements, rigid, most=4, assumed=assumed)
