"""Raft: what the code's states and events say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.raft.claim import raft
from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.refimpl.consensus.raft import Candidate, State
from concordant.spec.consensus.raft import Elected, Voted
from concordant.spec.vocabulary import Address


def local(address: Address, state: object) -> Iterator[Fact]:
    """A server has left the terms below its own."""
    match state:
        case State(term, role=role):
            if term:
                yield "left", address, LowerElements(term)
            if isinstance(role, Candidate):
                yield "stands", address, term


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was announced stays said, also when the network has lost it."""
    match what:
        case Voted(term, candidate):
            yield "vote", at, term, candidate
        case Elected(term):
            yield "elected", at, term


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The servers and their majorities; the terms up to the last that occurred."""
    match sort:
        case "Node":
            return processes
        case "Quorum":
            return tuple(combinations(processes, len(processes) // 2 + 1))
        case _:
            return tuple(range(max(values, default=0) + 1))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Terms are ordered as numbers; a quorum is the tuple of its members."""
    return {
        "le": {(low, high) for high in of["Term"] for low in of["Term"] if low <= high},
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
    }


BRIDGE = Bridge("raft", raft, local, happened, elements, rigid)
