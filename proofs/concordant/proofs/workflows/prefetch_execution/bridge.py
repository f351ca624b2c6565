"""Prefetching: what a run under way says of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.workflows.prefetch_execution.claim import prefetching
from concordant.refimpl.workflows.prefetch_execution import Running
from concordant.spec.vocabulary import Address


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one prefetcher
    """The version of the store, what is fetched for which stage, and which have begun."""
    match state:
        case Running(version=version, had=had, is_busy=is_busy, fetches=fetches):
            yield "store", version
            yield from (("fetched", stage, of) for stage, of in fetches.items())
            yield from (("begun", stage) for stage in range(len(had)))
            yield from (("runs", len(had) - 1),) if is_busy else ()


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """Nothing: all that the model speaks of is in the state."""
    yield from ()


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The stages and the versions that are met, by number."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Stages run in the order of their numbers."""
    return {"le": {(low, high) for high in of["Stage"] for low in of["Stage"] if low <= high}}


BRIDGE = Bridge("prefetch_execution", prefetching, local, happened, elements, rigid, most=6)
