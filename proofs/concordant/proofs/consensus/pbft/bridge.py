"""PBFT: what the code's states and events say of the proved model's relations.

The model's nodes are the honest replicas. Among them, the honest parts of quorums are majorities, however many liars there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.pbft.claim import pbft
from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.refimpl.consensus.pbft import State
from concordant.spec.consensus.pbft import Commit, Decided, Moved, NewView, Prepare, PrePrepare, Request
from concordant.spec.vocabulary import Address, Send

NONE = -1
"""The view that stands for none, below the first."""


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a replica has left, all views below its own, and what it has signed and committed to."""
    match state:
        case State(view, _, proposal, prepared):
            if view:
                yield "left", address, LowerElements(view)
            if proposal is not None:
                yield "prepare", address, view, proposal
            if prepared is not None:
                yield "commit", address, prepared.view, prepared.request


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was said stays said, also when whoever said it has gone on to another view."""
    match what:
        case Send(_, PrePrepare(view, request) | Prepare(view, request) | NewView(view, request)):
            yield "prepare", at, view, request
        case Send(_, Commit(view, request)):
            yield "commit", at, view, request
        case Moved(view):
            yield "changed", at, view
        case Decided(view, request):
            yield "decided", view, request


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The honest replicas and their majorities; the views and requests that occurred, with the first view and the one that stands for none."""
    replicas = tuple(address for address in processes if address.role == "replica")
    match sort:
        case "Node":
            return replicas
        case "Quorum":
            return tuple(combinations(replicas, len(replicas) // 2 + 1))
        case "View":
            return tuple(sorted({NONE, 0, *values}))
        case _:
            return tuple(sorted(values)) or (Request(Address("client"), "x"),)


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Views are ordered as they are listed; a quorum is the tuple of its members."""
    views = of["View"]
    return {
        "le": {(low, high) for place, high in enumerate(views) for low in views[: place + 1]},
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
        "none": NONE,
        "first": 0,
    }


BRIDGE = Bridge("pbft", pbft, local, happened, elements, rigid, most=4, silent=("client",))
