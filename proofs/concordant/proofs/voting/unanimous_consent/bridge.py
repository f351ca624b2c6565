"""One-shot unanimity: what the code's states and events say of the proved model's relations.

The model's nodes are the electors that do not lie. Of the others the coordinator may hear anything, which only declines more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.voting.unanimous_consent.claim import consent
from concordant.refimpl.voting.unanimous_consent import Closed, Told
from concordant.spec.vocabulary import Address, Reply
from concordant.spec.voting.unanimous_consent import Consented, Decided, Vetoed


def local(address: Address, state: object) -> Iterator[Fact]:
    """What the coordinator has decided, and what an elector was told."""
    match state:
        case Closed(True):
            yield ("accepted",)
        case Closed(False):
            yield ("declined",)
        case Told(True):
            yield "told_yes", address
        case Told(False):
            yield "told_no", address


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was voted and announced, and what a user is told."""
    match what:
        case Consented():
            yield "consented", at
        case Vetoed():
            yield "vetoed", at
        case Decided(True) | Reply(_, Decided(True)):
            yield ("accepted",)
        case Decided(False) | Reply(_, Decided(False)):
            yield ("declined",)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001  # there is one sort
    """The electors, whether they did anything or not."""
    return tuple(address for address in processes if address.role == "elector")


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("unanimous_consent", consent, local, happened, elements, rigid)
