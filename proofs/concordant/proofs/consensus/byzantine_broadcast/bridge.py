"""Byzantine broadcast: what the code's states and events say of the proved model's relations.

The model's nodes are the honest processes. Among them, the honest parts of quorums are majorities, however many liars there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concordant.proofs.consensus.byzantine_broadcast.claim import bracha
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.refimpl.consensus.byzantine_broadcast import Done, Listening, Readied
from concordant.refimpl.machine import AnySystem
from concordant.spec.consensus.byzantine_broadcast import SENDER, Delivered, Echo, Initial, Ready
from concordant.spec.vocabulary import Address, Send


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a process has echoed, is ready for, and has delivered."""
    match state:
        case Listening(echoes) if address in echoes:
            yield "echo", address, echoes[address]
        case Readied(value):
            yield "ready", address, value
        case Done(value):
            yield "ready", address, value
            yield "delivered", address, value


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was said stays said, also when whoever said it has forgotten it."""
    match what:
        case Send(_, Initial(value)):
            yield "told", value
        case Send(_, Echo(value)):
            yield "echo", at, value
        case Send(_, Ready(value)):
            yield "ready", at, value
        case Delivered(value):
            yield "delivered", at, value


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The honest processes and their majorities; the values that occurred."""
    match sort:
        case "Node":
            return processes
        case "Quorum":
            return tuple(combinations(processes, len(processes) // 2 + 1))
        case _:
            return tuple(sorted(values)) or ("x",)


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """A quorum is the tuple of its members; the sender is among the honest, or lies."""
    return {
        "member": {(node, quorum) for quorum in of["Quorum"] for node in quorum},
        "is_sender": {(node,) for node in of["Node"] if node == SENDER},
    }


def assumed(system: AnySystem) -> bool:
    """Leave out crashes in the middle of a step: what was then echoed, and sent to nobody, only the process has known."""
    return not system.faults.mid_step


BRIDGE = Bridge("byzantine_broadcast", bracha, local, happened, elements, rigid, most=4, assumed=assumed)
