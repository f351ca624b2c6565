"""Partial order: what messages say of what they come after, of their classes and places, and what processes have been handed up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.proofs.messaging.partial_ordering.claim import partial
from concordant.proofs.messaging.total_ordering import bridge as total
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Below, Layers, Send, Transmit


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a process was handed up, and the places of each class that it has passed; also one that stands over a link."""
    match state:
        case Layers(above):
            yield from local(address, above)
        case Sequencing(delivered=delivered, places=places):
            yield from (("delivered", address, name) for name in delivered)
            yield from (("passed", address, group, LowerElements(place)) for group, place in places.items())


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """A message was sent, with what it says of itself, and was given a place."""
    match what:
        case Send(_, Carried() as carried) | Below(Transmit(_, Carried() as carried)):
            if carried.name.origin == at:
                yield "sent", carried.name
                yield from (("after", carried.name, earlier) for earlier in carried.after)
                yield from (("within", carried.name, group) for group in (carried.conflict,) if group is not None)
            if carried.place is not None:
                yield "given", carried.conflict, carried.place
                yield "placed", carried.name, carried.conflict, carried.place


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The classes, by name; all else as in total order."""
    return tuple(sorted(values)) if sort == "Class" else total.elements(sort, processes, values)


BRIDGE = Bridge("partial_ordering", partial, local, happened, elements, total.rigid, most=8, assumed=total.assumed)
