"""Supervision: what the supervisor's state, its events and its answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.hierarchies.supervisor.claim import supervision
from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.refimpl.hierarchies.supervisor import Nursery
from concordant.spec.hierarchies.shared.runs import Accepted
from concordant.spec.hierarchies.supervisor import Gathered
from concordant.spec.vocabulary import Address, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one supervisor, and agents say nothing here
    """What waits, runs and has an outcome, while a task is under way."""
    match state:
        case Nursery(queue=queue, running=running, outcomes=outcomes):
            yield ("going",)
            yield from (("waits", subtask.name) for subtask in queue)
            yield from (("runs", run.subtask) for run in running.values())
            yield from (("over", name) for name in outcomes)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """What a task consists of, and of what its client was told."""
    match what:
        case Accepted(_, subtasks):
            yield from map(Forget, ("planned", "told", "gathered"))
            yield from (("planned", subtask.name) for subtask in subtasks)
        case Reply(_, Gathered(outcomes)):
            yield ("gathered",)
            yield from (("told", name) for name in outcomes)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The names of subtasks."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("supervisor", supervision, local, happened, elements, rigid, most=6, silent=("agent",))
