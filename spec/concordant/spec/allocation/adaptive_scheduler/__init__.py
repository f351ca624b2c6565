"""Adaptive scheduler: which of the tasks that are ready one worker starts next: the most important, and with time also the least.

Source: Silberschatz, Galvin and Gagne, "Operating System Concepts", for priority with aging; Smith, "Various Optimizers for Single-Stage
Production", 1956, for the shortest first. A task is ready when it has arrived and all that it comes after has ended.
Chosen: a larger priority is the more important one; of equals whoever has been ready longer is first, then what takes less, then the
first by name. With aging, a task gains as much importance as it has been ready for. How long a task takes is estimated by the lower
median of what tasks of its kind took, since one that took far longer moves a mean; of those that failed nothing is learnt. For a kind
that has never run, whoever asks gives a default.
Does not promise: that tasks take as long as is estimated; without aging, that a task is ever started while more important ones arrive.
Nor that all end early: one worker that does not idle ends as early in any order, so that the longest first, which helps several, gains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Task:
    """A task of a kind; how important it is, when it arrives, and the names of those that must have ended before it is started."""

    name: str
    kind: str
    priority: Amount
    arrives: Amount
    after: frozenset[str]


@frozen
class Run:
    """How long a task of a kind took that was run before; None where it failed."""

    kind: str
    took: Amount | None


@frozen
class Workload:
    """Tasks in any order; what was run before; and how long a task is taken to take of a kind of which nothing is known."""

    tasks: tuple[Task, ...]
    runs: tuple[Run, ...]
    default: Amount


@frozen
class Start:
    """A task is started at this time, and is estimated to take so long."""

    task: str
    at: Amount
    takes: Amount


@frozen
class Plan:
    """All starts, the first one first. The worker is free from 0 on."""

    starts: tuple[Start, ...]


Outcome: TypeAlias = Plan | Rejected
Rule: TypeAlias = Callable[[Workload], Outcome]

DUPLICATE = Rejected("there are two tasks of one name")
UNKNOWN = Rejected("a task comes after one that there is not")
CIRCLE = Rejected("tasks come after each other in a circle")
NOT_EXACT = Rejected("a priority or a time is no exact amount")
NEGATIVE = Rejected("a task took, or is taken to take, less than no time")


def times(workload: Workload) -> list[Amount]:
    """List the default and how long tasks took that did not fail."""
    return [workload.default, *(run.took for run in workload.runs if run.took is not None)]


def some_wait_for_each_other(workload: Workload) -> bool:
    """Tell whether there are some tasks each of which comes after another of them, or after itself."""
    groups = (group for size in range(1, len(workload.tasks) + 1) for group in combinations(workload.tasks, size))
    return any(all(any(other.name in task.after for other in group) for task in group) for group in groups)


REJECTED: Flaws[Workload] = (
    (DUPLICATE, lambda load: any(one.name == other.name for one, other in combinations(load.tasks, 2))),
    (UNKNOWN, lambda load: any(not task.after <= {each.name for each in load.tasks} for task in load.tasks)),
    (CIRCLE, some_wait_for_each_other),
    (
        NOT_EXACT,
        lambda load: not all(map(is_amount, (*times(load), *(amount for task in load.tasks for amount in (task.priority, task.arrives))))),
    ),
    (NEGATIVE, lambda load: any(took < 0 for took in times(load))),
)
"""What is rejected, and why."""


# ---- what clauses ask of a plan


@frozen
class Placed:
    """A task, since when it is ready, and its start."""

    task: Task
    since: Amount
    start: Start


def end_of(start: Start) -> Amount:
    """Return when a task that is started so ends."""
    return start.at + start.takes


def placed(workload: Workload, plan: Plan) -> tuple[Placed, ...]:
    """Return the tasks in the order in which they are started. What is never started holds up nothing: that it is, another clause says."""
    tasks = {task.name: task for task in workload.tasks}
    ends = {start.task: end_of(start) for start in plan.starts}
    found = []
    for start in plan.starts:
        task = tasks[start.task]
        found.append(Placed(task, max([task.arrives, *(ends[name] for name in sorted(task.after) if name in ends)]), start))
    return tuple(found)


def passed_over(workload: Workload, plan: Plan) -> Iterator[tuple[Placed, Placed]]:
    """Yield each task with each other that is ready when it is started, and is started later."""
    tasks = placed(workload, plan)
    for place, one in enumerate(tasks):
        ended = {each.task.name for each in tasks[:place]}
        for other in tasks[place + 1 :]:
            if other.since <= one.start.at and other.task.after <= ended:
                yield one, other


# ---- clauses about one plan


@for_all
def malformed_workloads_are_rejected(workload: Workload, outcome: Outcome) -> Cases:
    """A workload is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, workload, outcome)


@for_all
def every_task_is_started_once(workload: Workload, outcome: Outcome) -> Cases:
    """Each task is started once, and nothing else is."""
    if isinstance(outcome, Plan):
        started, tasks = sorted(start.task for start in outcome.starts), sorted(task.name for task in workload.tasks)
        yield case(started == tasks, started=started, tasks=tasks)


@for_all
def nothing_starts_too_early(workload: Workload, outcome: Outcome) -> Cases:
    """No task is started before it has arrived and all that it comes after has ended, nor while another is running."""
    if isinstance(outcome, Plan):
        free: Amount = 0
        ended: set[str] = set()
        for each in placed(workload, outcome):
            yield case(
                each.start.at >= free and each.start.at >= each.since and each.task.after <= ended,
                start=each.start,
                since=each.since,
                free=free,
            )
            free, ended = end_of(each.start), ended.union((each.task.name,))


@for_all
def the_worker_idles_beside_no_task(workload: Workload, outcome: Outcome) -> Cases:
    """A task that is ready waits only for others to end: between two tasks the worker waits at most until the next is ready."""
    if isinstance(outcome, Plan):
        free: Amount = 0
        tasks = placed(workload, outcome)
        for place, each in enumerate(tasks):
            earliest = min(other.since for other in tasks[place:])
            yield case(each.start.at <= max(free, earliest), start=each.start, free=free, ready=earliest)
            free = end_of(each.start)


@for_all
def estimates_are_medians(workload: Workload, outcome: Outcome) -> Cases:
    """Of what tasks of its kind took, fewer than half is less than the estimate of a task, and at least half is no more; of a new kind it is the default."""
    if isinstance(outcome, Plan):
        for each in placed(workload, outcome):
            estimate, took = each.start.takes, [run.took for run in workload.runs if run.kind == each.task.kind and run.took is not None]
            less, no_more = sum(one < estimate for one in took), sum(one <= estimate for one in took)
            right = 2 * less < len(took) <= 2 * no_more if took else estimate == workload.default
            yield case(right, start=each.start, took=tuple(took), default=workload.default)


@for_all
def the_more_important_comes_first(workload: Workload, outcome: Outcome) -> Cases:
    """No task is started while a more important one is ready."""
    if isinstance(outcome, Plan):
        for one, other in passed_over(workload, outcome):
            yield case(one.task.priority >= other.task.priority, started=one, waits=other)


@for_all
def importance_yields_to_waiting_alone(workload: Workload, outcome: Outcome) -> Cases:
    """A task is started before a more important one that is ready only if it has been ready for longer, by as much as that is more important."""
    if isinstance(outcome, Plan):
        for one, other in passed_over(workload, outcome):
            if other.task.priority > one.task.priority:
                yield case(other.since - one.since >= other.task.priority - one.task.priority, started=one, waits=other)


@for_all
def nobody_is_passed_over_for_long(workload: Workload, outcome: Outcome) -> Cases:
    """What became ready later is started before a task that is ready only if it is more important, by more than it came later.

    So a task waits for no more than those that are ready when it has waited for as long as the highest priority is above its own.
    """
    if isinstance(outcome, Plan):
        for one, other in passed_over(workload, outcome):
            if one.since > other.since:
                yield case(one.task.priority - other.task.priority > one.since - other.since, started=one, waits=other)


@for_all
def equals_go_by_waiting_length_and_name(workload: Workload, outcome: Outcome) -> Cases:
    """Of two that are as important whoever has been ready longer is first; of those that have been so as long, what takes less; then the first by name."""
    if isinstance(outcome, Plan):
        for one, other in passed_over(workload, outcome):
            if one.task.priority == other.task.priority:
                longer, as_long = one.since < other.since, one.since == other.since
                less, as_much = one.start.takes < other.start.takes, one.start.takes == other.start.takes
                first = longer or (as_long and (less or (as_much and one.task.name < other.task.name)))
                yield case(first, started=one, waits=other)


@for_all
def no_order_ends_sooner_on_average(workload: Workload, outcome: Outcome) -> Cases:
    """Where all tasks are there, as important as each other, and free to start, no other order of them has an earlier mean end (Smith 1956)."""
    if isinstance(outcome, Plan):
        tasks = placed(workload, outcome)
        alike = all(each.task.priority == tasks[0].task.priority and each.since == tasks[0].since for each in tasks)
        if tasks and alike and not any(each.task.after for each in tasks):
            ways = [sum_of_ends(way) for way in permutations([each.start.takes for each in tasks])]
            ours = sum_of_ends(tuple(each.start.takes for each in tasks))
            yield case(all(ours <= other for other in ways), ours=ours, others=tuple(ways))


def sum_of_ends(times: tuple[Amount, ...]) -> Amount:
    """Return the sum of when tasks end that take so long, one after the other from 0 on."""
    return sum(sum(times[: place + 1]) for place in range(len(times)))


# ---- a clause about two plans


@relates
def order_of_tasks_is_irrelevant(rule: Rule, workload: Workload, draw: Draw) -> Cases:
    """Whichever task is listed first, and in which order runs are, the plan is the same."""
    if workload.tasks:
        place = draw.one_of("moved to the front", range(len(workload.tasks)))
        moved = (workload.tasks[place], *workload.tasks[:place], *workload.tasks[place + 1 :])
        yield case(rule(evolve(workload, tasks=moved, runs=workload.runs[::-1])) == rule(workload), moved=workload.tasks[place])


EITHER = (
    malformed_workloads_are_rejected,
    every_task_is_started_once,
    nothing_starts_too_early,
    the_worker_idles_beside_no_task,
    estimates_are_medians,
    equals_go_by_waiting_length_and_name,
    no_order_ends_sooner_on_average,
    order_of_tasks_is_irrelevant,
)
BY_PRIORITY = (*EITHER, the_more_important_comes_first)
WITH_AGING = (*EITHER, importance_yields_to_waiting_alone, nobody_is_passed_over_for_long)
