"""Replicated memory: what copies, and what nodes say that they heard, say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.memory.dsm_eventual.claim import memory
from concordant.refimpl.memory.dsm_eventual import Copy
from concordant.spec.memory.dsm_eventual import Heard
from concordant.spec.vocabulary import Address


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a copy holds."""
    match state:
        case Copy(versions):
            for key, version in versions.items():
                yield "holds", address, key, version.stamp
                yield "filled", address, key


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What a node has heard. It was written where the stamp says."""
    match what:
        case Heard(key, version):
            yield "heard", at, key, version.stamp
            if at == version.stamp.node:
                yield "written", key, version.stamp


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:
    """The nodes, and the keys and stamps that they heard of, in order."""
    return processes if sort == "Node" else tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Stamps are ordered as they are in the code."""
    stamps = of["Stamp"]
    return {"le": {(low, high) for place, high in enumerate(stamps) for low in stamps[: place + 1]}}


BRIDGE = Bridge("dsm_eventual", memory, local, happened, elements, rigid, most=3)
