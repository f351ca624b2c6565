"""Causal order: what clocks, in processes and in messages, say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.messaging.causal_ordering.claim import causal
from concordant.refimpl.messaging.causal_ordering import Clocked
from concordant.spec.messaging.causal_ordering import Stamped
from concordant.spec.messaging.shared.broadcasts import Name
from concordant.spec.vocabulary import Address, Below, Layers, Map, Send, Transmit


def counted(clock: Map[Address, int]) -> Iterator[Name]:
    """Yield the messages that a clock counts."""
    for origin, count in clock.items():
        yield from (Name(origin, number) for number in range(count))


def local(address: Address, state: object) -> Iterator[Fact]:
    """A process was handed up what its clock counts of others; also one that stands over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Clocked(clock):
            for name in counted(clock.drop(address)):
                yield "delivered", address, name


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """A message was sent, and handed up where it was; before it happened what its clock counts, but for itself.

    One that is sent to nobody, since its process crashes first, is none.
    """
    match what:
        case Send(_, Stamped(clock)) | Below(Transmit(_, Stamped(clock))):
            sent = Name(at, clock[at] - 1)
            yield "sent", sent
            yield "delivered", at, sent
            for name in counted(clock):
                if name != sent:
                    yield "before", name, sent


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The processes, and the messages that clocks count."""
    return processes if sort == "Process" else tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("causal_ordering", causal, local, happened, elements, rigid, most=3)
