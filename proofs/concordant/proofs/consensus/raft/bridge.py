"""Raft: what the code's states and events say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.raft.model import raft
from concordant.proofs.kernel.refinement import Bridge, Fact, LowerElements
from concordant.refimpl.consensus.raft import Candidate, Leader, State
from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    AppendEntries,
    Command,
    Elected,
    Entry,
    Position,
    RequestVote,
    Stored,
    Term,
    Voted,
)
from concordant.spec.vocabulary import Address, Send

NOBODY = Command(Address("client", 0), 0, "")
"""A command for runs in which there is none: a sort has an element."""
UNDERSTANDS = "understands"
"""Up to which index a server takes its log for committed: no relation of the model, which asks by whom it was."""


def local(address: Address, state: object) -> Iterator[Fact]:
    """A server has left the terms below its own; it has its log, of which the disk of a leader may not have all, and applies some."""
    match state:
        case State(term, _, log, commit, role):
            if term:
                yield "left", address, LowerElements(term)
            if commit:
                yield UNDERSTANDS, address, commit
            for index, entry in enumerate(log, 1):
                yield "entry", address, index, entry.term, entry.command
                yield "reaches", address, index
            if isinstance(role, Candidate):
                yield "stands", address, term
            if isinstance(role, Leader):
                yield "leads", address, term
                yield from (("unwritten", address, index) for index in range(role.stored[address] + 1, len(log) + 1))


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was sent and announced stays said, also when the network has lost it."""
    match what:
        case Voted(term, candidate):
            yield "vote", at, term, candidate
        case Elected(term, _, log):
            yield "elected", at, term
            yield from (("led", term, index, entry.term, entry.command) for index, entry in enumerate(log, 1))
        case Appended(index, Entry(term, command)):
            yield "led", term, index, term, command
        case Advanced(term, log, servers):
            yield from (("committed", term, len(log), index, entry.term, entry.command) for index, entry in enumerate(log, 1))
            if at in servers:
                yield from _stored(at, term, len(log))
        case Send(_, RequestVote(term, Position(last, index))):
            yield "asked", at, term, index, last
        case Send(_, AppendEntries(term, Position(last, index), entry)):
            if index:
                yield "claimed", term, index, last
            if entry is not None:
                yield "sent", term, index, last, index + 1, entry.term, entry.command
                yield "claimed", term, index + 1, entry.term
        case Send(_, Stored(term, index)):
            yield from _stored(at, term, index)


def _stored(server: Address, term: Term, index: int) -> Iterator[Fact]:
    if index:
        yield "stored", server, term, LowerElements(index)
        yield "stored", server, term, index


def joined(facts: frozenset[Fact]) -> frozenset[Fact]:
    """A server applies its log as far as it takes it for committed: by the shortest log that a leader has committed and that goes so far."""
    commits = sorted({(fact[2], fact[1]) for fact in facts if fact[0] == "committed"})
    upto = {fact[1]: fact[2] for fact in facts if fact[0] == UNDERSTANDS}
    by = {server: next((each for each in commits if each[0] >= index), (0, 0)) for server, index in upto.items()}
    applied = (
        ("applied", fact[1], *reversed(by[fact[1]]), *fact[2:])
        for fact in facts
        if fact[0] == "entry" and fact[1] in upto and fact[2] <= upto[fact[1]]
    )
    return frozenset((*(fact for fact in facts if fact[0] != UNDERSTANDS), *applied))


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The servers and their majorities; terms and indices up to the last that occurred, each with a 0 that stands for none; the commands."""
    match sort:
        case "Node":
            return processes
        case "Quorum":
            return tuple(combinations(processes, len(processes) // 2 + 1))
        case "Value":
            return tuple(sorted(values)) or (NOBODY,)
        case _:
            return tuple(range(max(values, default=0) + 1))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Terms and indices are ordered as numbers; a quorum is the tuple of its members."""
    return {
        "le": {(low, high) for high in of["Term"] for low in of["Term"] if low <= high},
        "upto": {(low, high) for high in of["Index"] for low in of["Index"] if low <= high},
        "none": 0,
        "zero": 0,
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
    }


BRIDGE = Bridge("raft", raft, local, happened, elements, rigid, most=4, joined=joined)
