"""Barriers: what the code's states and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.synchronization.barrier.claim import barrier
from concordant.refimpl.synchronization.barrier import Filling
from concordant.spec.synchronization.barrier import Arrive, Passed
from concordant.spec.vocabulary import Address, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one barrier
    """Who waits has come in the round that is waited for."""
    match state:
        case Filling(round, waiting):
            for party in waiting:
                yield "there", party, round


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """Who was told that a round has passed had come, and has passed."""
    match what, asked:
        case Reply(_, Passed(round)), Arrive(party):
            yield "there", party, round
            yield "passed", party, round


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The parties that came, and the rounds that there were."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """Rounds are ordered as numbers."""
    rounds = of["Round"]
    return {"earlier": {(low, high) for place, high in enumerate(rounds) for low in rounds[:place]}}


BRIDGE = Bridge("barrier", barrier, local, happened, elements, rigid)
