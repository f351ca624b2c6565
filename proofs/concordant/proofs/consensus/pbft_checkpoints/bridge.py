"""PBFT's checkpoints: what the code's states and events say of the proved model's relations.

The model's nodes are the honest replicas. Among them, the honest parts of quorums are majorities, however many liars there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.pbft_checkpoints.claim import pbft_checkpoints
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.refimpl.consensus.pbft_checkpoints import State
from concordant.spec.consensus.pbft_checkpoints import Checkpoint, Proposal, Stabilized, Vote
from concordant.spec.vocabulary import Address, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a replica has, executed or taken over."""
    match state:
        case State(executed=executed):
            yield from (("has", address, number, value) for number, value in enumerate(executed, 1))


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was signed stays signed, and what was stable was, also when it is discarded."""
    match what:
        case Send(_, Proposal(number, value) | Vote(number, value)):
            yield "vote", at, number, value
        case Send(_, Checkpoint(state)):
            yield "signed", at, state
        case Stabilized(certificate):
            yield "stable", at, certificate.state


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The honest replicas and their majorities; the numbers, requests and states that occurred."""
    match sort:
        case "Node":
            return processes
        case "Quorum":
            return tuple(combinations(processes, len(processes) // 2 + 1))
        case "Number":
            return tuple(sorted(values)) or (1,)
        case "Request":
            return tuple(sorted(values)) or ("x",)
        case _:
            return tuple(sorted(values)) or ((),)


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """A quorum is the tuple of its members, and a state that of its requests."""
    return {
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
        "holds": {(state, number, value) for state in of["Reached"] for number, value in enumerate(state, 1)},
    }


BRIDGE = Bridge("pbft_checkpoints", pbft_checkpoints, local, happened, elements, rigid, most=6)
