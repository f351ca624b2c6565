"""The stage executor: what the code's states, events and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact, Forget
from concordant.proofs.workflows.stage_executor.claim import STATUSES, stages
from concordant.refimpl.workflows.stage_executor import Executing
from concordant.spec.vocabulary import Address, Map, Reply
from concordant.spec.workflows.shared.stages import StageStatus
from concordant.spec.workflows.stage_executor import Ended, Fails, IsStopped, StageEnded, Started, Submitted, Succeeds


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one executor
    """The workflow, and how far each stage is."""
    match state:
        case Executing(planned, statuses):
            for stage in planned:
                yield "planned", stage.name
                yield from (("depends", stage.name, before) for before in stage.after)
                yield from ((kind, stage.name) for kind in ("optional", "exclusive") if getattr(stage, kind))
            yield from _how_far(statuses)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact | Forget]:  # noqa: ARG001  # the signature of a bridge
    """How stages really ended, and what was said of them and of the end, to the user too; it is of this attempt."""
    match what:
        case Submitted():
            yield from map(Forget, (*STATUSES, "begun", "completed", "incomplete"))
        case Started(stage):
            yield "begun", stage
        case StageEnded(stage, status):
            yield from _how_far(Map.of({stage: status}))
        case Succeeds(stage):
            yield "done", stage
        case Fails(stage) | IsStopped(stage):
            yield "failed", stage
        case Ended(completed, statuses) | Reply(_, Ended(completed, statuses)):
            yield ("completed" if completed else "incomplete",)
            yield from _how_far(statuses)


def _how_far(statuses: Map[str, StageStatus]) -> Iterator[Fact]:
    yield from ((status.name.lower(), name) for name, status in statuses.items() if status is not StageStatus.WAITING)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The names of stages that were asked for."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("stage_executor", stages, local, happened, elements, rigid, most=25)
