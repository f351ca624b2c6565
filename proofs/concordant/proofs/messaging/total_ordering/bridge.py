"""Total order: what processes have been handed up, and the places in messages, say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.messaging.total_ordering.claim import total
from concordant.refimpl.machine import AnySystem
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Below, Layers, Send, Transmit


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a process was handed up, and the places that it has passed; also one that stands over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Sequencing(delivered=delivered, places=places):
            yield from (("delivered", address, name) for name in delivered)
            yield from (("passed", address, LowerElements(place)) for place in places.values())


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """A message was sent, to the sequencer or by it, and was given a place."""
    match what:
        case Send(_, Carried(name, place=place)) | Below(Transmit(_, Carried(name, place=place))):
            if name.origin == at:
                yield "sent", name
            if place is not None:
                yield "given", place
                yield "placed", name, place


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The processes; the messages, by sender; and the places, to one beyond the last."""
    match sort:
        case "Process":
            return processes
        case "Message":
            return tuple(sorted(values))
        case _:
            return tuple(range(max((0, *values)) + 2))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Places are ordered as they are listed."""
    return {"le": {(low, high) for high in of["Place"] for low in of["Place"] if low <= high}}


def assumed(system: AnySystem) -> bool:
    """Tell whether nobody crashes: what a process was handed up is not in its state any more, and the model cannot be asked about it."""
    return not system.faults.crashes


BRIDGE = Bridge("total_ordering", total, local, happened, elements, rigid, most=6, assumed=assumed)
