"""The durable engine: what its log, and what it announces and answers, say of one workflow of the proved model, that which is called w."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.workflows.workflow_engine.claim import engine
from concordant.refimpl.workflows.workflow_engine import Engaged, Workflow
from concordant.spec.vocabulary import Address, Map, Reply
from concordant.spec.workflows.shared.stages import StageStatus
from concordant.spec.workflows.workflow_engine import Ended, Job, Started, Succeeds, TaskEnded, Verdict

ONE = "w"


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one engine
    """The workflow as it is logged, and which of its tasks run."""
    workflow = state.workflows.get(ONE) if isinstance(state, Engaged) else None
    if isinstance(state, Engaged) and workflow is not None:
        yield from _logged(workflow)
        yield from (("running", job.task) for job in state.busy if job.workflow == ONE)


def _logged(workflow: Workflow) -> Iterator[Fact]:
    for task in workflow.tasks:
        yield "planned", task.name
        yield from (("depends", task.name, before) for before in task.after)
        yield from ((kind, task.name) for kind in ("optional", "exclusive") if getattr(task, kind))
    yield from ((flag,) for flag in ("wanted", "cancelled") if getattr(workflow, flag))
    yield from (("tried", name) for name in workflow.tries)
    yield from _how_far(workflow.ended)
    if workflow.verdict is not None:
        yield from _told(workflow.verdict)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What started and how it really ended, and what was said of that and of the end, to users too."""
    match what:
        case Started(Job(workflow, task)) if workflow == ONE:
            yield "tried", task
        case Succeeds(Job(workflow, task)) if workflow == ONE:
            yield "done", task
        case TaskEnded(Job(workflow, task), status) if workflow == ONE:
            yield from _how_far(Map.of({task: status}))
        case Ended(workflow, verdict, statuses) | Reply(_, Ended(workflow, verdict, statuses)) if workflow == ONE:
            yield from _told(verdict)
            yield from _how_far(statuses)


def _told(verdict: Verdict) -> Iterator[Fact]:
    yield ("completed" if verdict is Verdict.COMPLETED else "incomplete",)


def _how_far(statuses: Map[str, StageStatus]) -> Iterator[Fact]:
    yield from ((status.name.lower(), name) for name, status in statuses.items() if status is not StageStatus.WAITING)


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """The names of the workflow's tasks."""
    return tuple(sorted(values))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:  # noqa: ARG001  # nothing is rigid
    """Nothing."""
    return {}


BRIDGE = Bridge("workflow_engine", engine, local, happened, elements, rigid, most=25)
