"""Epochs of a hierarchy: what the code's states, appointments and results say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.hierarchies.adaptive_hierarchy.claim import epochs
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.refimpl.hierarchies.adaptive_hierarchy import Acting, Organising
from concordant.spec.hierarchies.adaptive_hierarchy import Appoint, Finishes, Recorded
from concordant.spec.vocabulary import Address, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """Who was given a role last, or has done it; who acts."""
    match state:
        case Organising():
            for role, epoch in state.epochs.items():
                yield "taken" if role in state.done else "latest", role, epoch, state.holders[role]
        case Acting(Appoint(epoch, role)):
            yield "acts", epoch, role, address


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """Who was given a role in which epoch, who has come to an end in it, and who is credited with it."""
    match what:
        case Send(to, Appoint(epoch, role)):
            yield "given", epoch, role, to
        case Finishes(epoch, role):
            yield "acted", epoch, role, at
        case Recorded(epoch, role, agent):
            yield "credited", epoch, role, agent


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The epochs and roles of which somebody speaks, and all agents."""
    return tuple(sorted({*processes, *values} if sort == "Agent" else values or {""}))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("adaptive_hierarchy", epochs, local, happened, elements, rigid, most=3)
