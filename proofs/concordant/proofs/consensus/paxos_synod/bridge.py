"""Paxos: what the code's states and events say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.paxos_synod.claim import paxos
from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.spec.consensus.paxos_synod import (
    AcceptorView,
    Began,
    Chosen,
    Preempted,
    Prepare,
    Promise,
    Propose,
    Proposed,
    Superseded,
    Voted,
)
from concordant.spec.vocabulary import Address, Rejected, Reply, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """What an acceptor has promised, it has left everything below."""
    match state:
        case AcceptorView(promised) if promised is not None:
            yield "left", address, LowerElements(promised)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # the signature of a bridge
    """What was asked, sent, announced and answered stays said, also when the network has lost it."""
    match what, asked:
        case Propose(value), _:
            yield "asked", value
        case Reply(_, Preempted() | Rejected() | Superseded() as no), Propose(value):
            yield "refused", value
            yield from _said(at, Reply(by, no))
        case _:
            yield from _said(at, what)


def _said(at: Address, what: object) -> Iterator[Fact]:
    match what:
        case Began(ballot) | Send(_, Prepare(ballot)):
            yield "prepared", ballot
        case Send(_, Promise(ballot, _)):
            yield "promise", at, ballot
        case Proposed(vote):
            yield "proposal", vote.ballot, vote.value
        case Voted(vote):
            yield "vote", at, vote.ballot, vote.value
        case Chosen(vote) | Reply(_, Chosen(vote) | Superseded(vote)):
            yield "decided", vote.ballot, vote.value


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The acceptors and their majorities; the ballots and values that occurred, the ballots above the one that stands for none."""
    acceptors = tuple(address for address in processes if address.role == "acceptor")
    match sort:
        case "Node":
            return acceptors
        case "Quorum":
            return tuple(combinations(acceptors, len(acceptors) // 2 + 1))
        case "Round":
            return (None, *sorted(value for value in values if value is not None))
        case _:
            return tuple(sorted(values)) or ("x",)


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Ballots are ordered as they are listed; a quorum is the tuple of its members."""
    rounds = of["Round"]
    return {
        "le": {(low, high) for place, high in enumerate(rounds) for low in rounds[: place + 1]},
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
        "none": None,
    }


BRIDGE = Bridge("paxos_synod", paxos, local, happened, elements, rigid)
