"""Two-phase commit: what the code's states and events say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.refimpl.consensus.two_phase_commit import Logged, Participating
from concordant.spec.consensus.two_phase_commit import Phase, Prepared, Refused, Resolved
from concordant.spec.vocabulary import Address, Reply


def local(address: Address, state: object) -> Iterator[Fact]:
    """What a log says. That it was said too is for `happened`: a decision announced and not logged is found out in a crash."""
    match state:
        case Logged(True):
            yield ("commit_logged",)
        case Logged(False):
            yield ("abort_logged",)
        case Participating(phase=Phase.PREPARED):
            yield "prepared", address
        case Participating(phase=Phase.COMMITTED):
            yield "committed", address
        case Participating(phase=Phase.ABORTED):
            yield "aborted", address


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was announced when it was logged, and what a user is told was logged; neither is forgotten."""
    match what:
        case Prepared():
            yield "prepared", at
        case Refused():
            yield "refused", at
        case Resolved(True) | Reply(_, Resolved(True)):
            yield ("commit_logged",)
        case Resolved(False) | Reply(_, Resolved(False)):
            yield ("abort_logged",)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001  # there is one sort
    """The participants, whether they did anything or not."""
    return tuple(address for address in processes if address.role == "participant")


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("two_phase_commit", commit, local, happened, elements, rigid)
