"""Gossip: what nodes know, say that they learned and send, in the relations of the proved model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.messaging.gossip.claim import gossip
from concordant.refimpl.messaging.gossip import Gossiping
from concordant.spec.messaging.gossip import Learned, News, Rumour
from concordant.spec.vocabulary import Address, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a node knows."""
    match state:
        case Gossiping(known):
            yield from (("knows", address, Rumour(name, content)) for name, content in known.items())


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What a node has learned, and sent. Where a rumour is named by the node that learns it, this was asked to spread it."""
    match what:
        case Learned(rumour):
            yield "learned", at, rumour
            if rumour.name.origin == at:
                yield "spread", rumour
        case Send(_, News(rumours)):
            yield from (("sent", at, Rumour(name, content)) for name, content in rumours.items())


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The nodes, and the rumours that were heard of, by their names."""
    return processes if sort == "Node" else tuple(sorted(values, key=lambda rumour: (rumour.name, str(rumour.content))))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("gossip", gossip, local, happened, elements, rigid, most=4)
