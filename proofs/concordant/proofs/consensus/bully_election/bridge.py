"""Bully election: what members know, and which epochs they begin, as rows of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.consensus.bully_election.claim import bully
from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.refimpl.consensus.bully_election import State
from concordant.spec.consensus.bully_election import Elected, Epoch
from concordant.spec.vocabulary import Address


def local(address: Address, state: object) -> Iterator[Fact]:
    """The epochs up to the latest that a member knows. That before all elections, which nobody begins, is none of the model's."""
    match state:
        case State(epoch) if epoch.round:
            yield "knows", address, epoch
            yield "knows", address, LowerElements(epoch)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """Which epochs have begun."""
    match what:
        case Elected(epoch):
            yield "begun", at, epoch


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The members; the epochs that occurred, in their order."""
    return processes if sort == "Member" else tuple(sorted(value for value in values if isinstance(value, Epoch)))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Epochs are ordered as they are in the code, and have the names of their leaders."""
    epochs = of["Epoch"]
    return {
        "le": {(low, high) for high in epochs for low in epochs if low <= high},
        "named": {(epoch, member) for epoch in epochs for member in of["Member"] if epoch.leader == member},
    }


BRIDGE = Bridge("bully_election", bully, local, happened, elements, rigid)
