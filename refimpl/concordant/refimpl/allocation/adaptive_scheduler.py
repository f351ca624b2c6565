"""Scheduling by priority, with aging or without: pure functions from a workload to a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.refimpl.machine import Mechanism
from concordant.spec.allocation.adaptive_scheduler import (
    BY_PRIORITY,
    CIRCLE,
    DUPLICATE,
    NEGATIVE,
    NOT_EXACT,
    UNKNOWN,
    WITH_AGING,
    Outcome,
    Plan,
    Rule,
    Start,
    Task,
    Workload,
    malformed_workloads_are_rejected,
)
from concordant.spec.allocation.adaptive_scheduler.workloads import malformed
from concordant.spec.vocabulary import Amount, Draw, Rejected, is_amount


@frozen
class Ready:
    """A task, since when it is ready, and how long it is estimated to take."""

    task: Task
    since: Amount
    takes: Amount


Key: TypeAlias = Callable[[Ready], tuple[Amount, Amount, Amount, str]]
"""By what tasks that are ready are compared: the least is started."""


def by_priority(workload: Workload) -> Outcome:
    """Start the most important that is ready; of equals what has been so longer, then the shorter."""
    return planned(workload, lambda each: (-each.task.priority, each.since, each.takes, each.task.name))


def with_aging(workload: Workload) -> Outcome:
    """Do so, where each gains importance as long as it is ready."""
    # The hard step. At any time each that is ready has gained as much as has passed since it is so: of two, the one that is so
    # since an earlier time has gained the difference more, now and later. So what it is then does not matter, and they are compared
    # by the difference alone.
    return planned(workload, lambda each: (each.since - each.task.priority, each.since, each.takes, each.task.name))


def planned(workload: Workload, key: Key) -> Outcome:
    """Start one after the other what comes first of what is ready; where nothing is, wait for what is ready next."""
    reason = flaw(workload)
    if reason is not None:
        return reason
    ends: dict[str, Amount] = {}
    starts: tuple[Start, ...] = ()
    free: Amount = 0
    while len(starts) < len(workload.tasks):
        waiting = [task for task in workload.tasks if task.name not in ends and task.after.issubset(ends)]
        following = [Ready(task, ready_since(task, ends), estimate(workload, task)) for task in waiting]
        at = max(free, min(each.since for each in following))
        chosen = min((each for each in following if each.since <= at), key=key)
        starts = (*starts, Start(chosen.task.name, at, chosen.takes))
        free = ends[chosen.task.name] = at + chosen.takes
    return Plan(starts)


def ready_since(task: Task, ends: dict[str, Amount]) -> Amount:
    """Return since when a task is ready of which all that it comes after have been started."""
    return max([task.arrives, *(ends[name] for name in sorted(task.after))])


def estimate(workload: Workload, task: Task) -> Amount:
    """Return how long a task is estimated to take: the lower median of its kind, or the default."""
    took = sorted(run.took for run in workload.runs if run.kind == task.kind and run.took is not None)
    return next((middle for place, middle in enumerate(took, start=1) if 2 * place >= len(took)), workload.default)


def flaw(workload: Workload) -> Rejected | None:
    """Return why a workload is refused; None where it is not."""
    names = {task.name for task in workload.tasks}
    times = [workload.default, *(run.took for run in workload.runs if run.took is not None)]
    if len(names) < len(workload.tasks):
        return DUPLICATE
    if not all(task.after <= names for task in workload.tasks):
        return UNKNOWN
    if in_a_circle(workload.tasks):
        return CIRCLE
    if not all(is_amount(amount) for amount in (*times, *(amount for task in workload.tasks for amount in (task.priority, task.arrives)))):
        return NOT_EXACT
    return NEGATIVE if any(took < 0 for took in times) else None


def in_a_circle(tasks: tuple[Task, ...]) -> bool:
    """Tell whether some tasks are left when those that come after none of the rest are taken away, again and again."""
    left = {task.name: task.after for task in tasks}
    while free := [name for name, after in left.items() if after.isdisjoint(left)]:
        left = {name: after for name, after in left.items() if name not in free}
    return bool(left)


def aging(workloads: Callable[[Draw], Workload], rule: Rule = with_aging) -> Mechanism[Workload, Outcome]:
    """Return a rule on some workloads, with what is promised with aging."""
    return Mechanism(rule, workloads, WITH_AGING)


def priority_alone(workloads: Callable[[Draw], Workload], rule: Rule = by_priority) -> Mechanism[Workload, Outcome]:
    """Return a rule on some workloads, with what is promised without aging."""
    return Mechanism(rule, workloads, BY_PRIORITY)


def on_malformed(rule: Rule = with_aging) -> Mechanism[Workload, Outcome]:
    """Return a rule on workloads with a flaw."""
    return Mechanism(rule, malformed, (malformed_workloads_are_rejected,))
