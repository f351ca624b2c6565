"""Workflows, as graphs of their stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from concordant.checks.explorer.groups.hooks import Hook, StageGraph, StageShown, Views

ENDS = {"succeeded": "done", "yes": "done", "no": "done", "cancelled": "skipped"}
"""How ends are called elsewhere that are drawn alike."""


def _executed(_: Any, views: Views) -> Iterator[StageShown]:
    for view in views.values():
        for stage in view.stages:
            ended = view.statuses.get(stage.name)
            yield StageShown(stage.name, stage.after, _stands(ended, running=stage.name in view.busy))


def _engaged(history: Any, _: Views) -> Iterator[StageShown]:
    """The tasks of all workflows, by the names of both where there are several."""
    running = {(job.workflow, job.task) for job in history.busy}
    ended = {(job.workflow, job.task): status for job, status in history.ended.items()}
    several = len(history.workflows) > 1
    for workflow, stages in history.workflows.items():
        before = f"{workflow}." if several else ""
        for stage in stages:
            key = (workflow, stage.name)
            stands = _stands(ended.get(key), running=key in running)
            yield StageShown(f"{before}{stage.name}", tuple(f"{before}{each}" for each in stage.after), stands)


def _orchestrated(history: Any, _: Views) -> Iterator[StageShown]:
    for orchestrator, run in history.runs.items():
        before = f"{orchestrator}." if len(history.runs) > 1 else ""
        for stage in run.stages:
            stands = _stands(run.ended.get(stage.name), running=stage.name in run.held)
            yield StageShown(f"{before}{stage.name}", tuple(f"{before}{each}" for each in stage.after), stands)


def _conditional(history: Any, _: Views) -> Iterator[StageShown]:
    for stage in history.stages:
        ended = history.ends.get(stage.name)
        yield StageShown(stage.name, tuple(link.before for link in stage.links), _stands(ended, running=stage.name in history.started))


def _in_turn(history: Any, _: Views) -> Iterator[StageShown]:
    names = [stage.name for stage in history.stages]
    for name, after in zip(names, _befores(names), strict=True):
        ended = "failed" if name == history.failed else "done" if name in history.done else None
        yield StageShown(name, after, ended or ("running" if name == history.running else "waiting"))


def _forked(history: Any, _: Views) -> Iterator[StageShown]:
    for stage in history.run.stages:
        yield StageShown(stage.name, (), _stands(history.ends.get(stage.name), running=stage.name in history.running))


def _befores(names: list[str]) -> Iterable[tuple[str, ...]]:
    return [(), *((one,) for one, _ in pairwise(names))] if names else []


def _stands(ended: Any, *, running: bool) -> str:
    """Say how a stage stands: as it has ended, or else whether it runs."""
    if ended is None:
        return "running" if running else "waiting"
    return ENDS.get(ended.value, str(ended.value))


PICTURES: dict[str, Hook] = {
    "stage_executor": StageGraph(_executed),
    "workflow_engine": StageGraph(_engaged),
    "orchestrator": StageGraph(_orchestrated),
    "conditional_workflow": StageGraph(_conditional),
    "sequential_execution": StageGraph(_in_turn),
    "parallel_execution": StageGraph(_forked),
}
