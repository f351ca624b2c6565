"""Publish and subscribe: what queues, parcels and agents say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.messaging.publish_subscribe.claim import subscriptions
from concordant.refimpl.messaging.publish_subscribe import Acting, Brokering
from concordant.spec.messaging.publish_subscribe import Handed, Parcel, Published, Reacted, Unsubscribe
from concordant.spec.vocabulary import Address, Below, Layers, Send, Transmit


@frozen(order=True)
class Reader:
    """An agent, and a topic."""

    agent: Address
    topic: str


@frozen(order=True)
class Subscribed:
    """A subscription of a reader, by the number with which it was asked for: 0 of those that are there from the start."""

    reader: Reader
    number: int


def local(address: Address, state: object) -> Iterator[Fact]:
    """What is in the broker's queues, which later subscription an agent has, and what it has passed; also of those over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Brokering(topics=topics):
            for topic, queues in topics.items():
                for agent, queue in queues.items():
                    for each in queue.waiting:
                        yield "waiting", Subscribed(Reader(agent, topic), queue.number), each.number
        case Acting(subscriptions=held):
            for topic, current in held.items():
                one = Subscribed(Reader(address, topic), current.number)
                if current.number > 0:
                    yield "came", one
                if current.last >= 0:
                    yield from (("passed", one, LowerElements(current.last)), ("passed", one, current.last))


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was published, sent and handed. Who asks to leave a topic has gone from what was there from the start, if anything was."""
    match what:
        case Published(publication):
            number = publication.number
            yield from (("published", number), ("own", Reader(publication.publisher, publication.topic), number))
        case Send(to, Parcel(number, publication)) | Below(Transmit(to, Parcel(number, publication))):
            yield "parcel", Subscribed(Reader(to, publication.topic), number), publication.number
        case Handed(publication):
            yield "handed", Reader(at, publication.topic), publication.number
        case Unsubscribe(topic) | Reacted(Unsubscribe(topic)):
            yield "gone", Subscribed(Reader(at, topic), 0)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The readers, subscriptions and publications that are met, these by number."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Publications are ordered by their numbers; a subscription tells whose it is, and whether it was there from the start."""
    readers, held, numbers = of["Reader"], of["Subscription"], of["Publication"]
    return {
        "of": {(each, each.reader) for each in held if each.reader in readers},
        "initial": {(each,) for each in held if each.number == 0},
        "le": {(low, high) for high in numbers for low in numbers if low <= high},
    }


def assumed(system: Any) -> bool:
    """Tell whether nobody crashes."""
    return not system.faults.crashes


BRIDGE = Bridge("publish_subscribe", subscriptions, local, happened, elements, rigid, most=6, assumed=assumed)
