"""Schedulers that go wrong: the documents' one as written, and other rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from concordant.refimpl.allocation.adaptive_scheduler import (
    Key,
    flaw,
    planned,
    with_aging,
)
from concordant.spec.allocation.adaptive_scheduler import (
    Outcome,
    Plan,
    Rule,
    Run,
    Start,
    Task,
    Workload,
)
from concordant.spec.vocabulary import Amount, Rejected, ratio

# ---- the documents' scheduler


def as_written(workload: Workload) -> Outcome:
    """Sort by priority, the least first, and of equals by the mean of what similar tasks took, the longest first."""
    return written(workload, {})


def with_a_default(workload: Workload) -> Outcome:
    """Do so, where the default has a value."""
    return written(workload, {"DEFAULT_DURATION": workload.default})


def written(workload: Workload, names: Mapping[str, Amount]) -> Outcome:
    """Do so with the names that have a value. What a task comes after, and whether it has arrived, is not asked."""
    takes = {task.name: mean(workload, task, names) for task in workload.tasks}
    free: Amount = 0
    starts: tuple[Start, ...] = ()
    for task in sorted(workload.tasks, key=lambda task: (task.priority, -takes[task.name])):
        starts = (*starts, Start(task.name, free, takes[task.name]))
        free += takes[task.name]
    return Plan(starts)


def mean(workload: Workload, task: Task, names: Mapping[str, Amount]) -> Amount:
    """Return the mean of what similar tasks took; where one failed, that is a TypeError."""
    took = [run.took for run in workload.runs if run.kind == task.kind]
    return ratio(sum(took), len(took)) if took else names["DEFAULT_DURATION"]  # type: ignore[arg-type]  # that is the mistake


# ---- other orders


def ordered(key: Key) -> Rule:
    """Return a rule that starts what is least by a key."""
    return lambda workload: planned(workload, key)


def reverse(name: str) -> str:
    """Return a name that comes the earlier the later that of a task does."""
    return "".join(chr(0x10FFFF - ord(letter)) for letter in name) + chr(0x10FFFF)


least_important_first = ordered(lambda each: (each.task.priority, each.since, each.takes, each.task.name))
longest_first = ordered(lambda each: (each.since - each.task.priority, each.since, -each.takes, each.task.name))
last_come_first = ordered(lambda each: (-each.task.priority, -each.since, each.takes, each.task.name))
shortest_first = ordered(lambda each: (-each.task.priority, each.takes, each.since, each.task.name))
by_name = ordered(lambda each: (each.since - each.task.priority, each.since, 0, each.task.name))
last_by_name = ordered(lambda each: (each.since - each.task.priority, each.since, each.takes, reverse(each.task.name)))
as_listed = ordered(lambda each: (each.since - each.task.priority, each.since, each.takes, ""))
in_turn = ordered(lambda each: (each.since, -each.task.priority, each.takes, each.task.name))


def aging_by(pace: Amount) -> Rule:
    """Return a rule by which a task gains so much for each time that it waits."""
    return ordered(lambda each: (pace * each.since - each.task.priority, each.since, each.takes, each.task.name))


# ---- other workloads


def nothing_comes_after(workload: Workload) -> Outcome:
    """Do not ask what comes after what."""
    return with_aging(evolve(workload, tasks=tuple(evolve(task, after=frozenset()) for task in workload.tasks)))


def all_at_once_there(workload: Workload) -> Outcome:
    """Plan as if all tasks were there."""
    return with_aging(evolve(workload, tasks=tuple(evolve(task, arrives=0) for task in workload.tasks)))


def by_mean(workload: Workload) -> Outcome:
    """Take the mean for what tasks of a kind take."""
    return known(workload, lambda took: ratio(sum(took), len(took)))


def by_extreme(extreme: Callable[[list[Amount]], Amount]) -> Rule:
    """Return a rule that takes the longest or the shortest for what tasks of a kind take."""
    return lambda workload: known(workload, extreme)


def known(workload: Workload, made_of: Callable[[list[Amount]], Amount]) -> Outcome:
    """Make one number of what tasks of each kind took, as if one had run alone."""
    kinds = sorted({run.kind for run in workload.runs if run.took is not None})
    took = {kind: [run.took for run in workload.runs if run.kind == kind and run.took is not None] for kind in kinds}
    return with_aging(evolve(workload, runs=tuple(Run(kind, made_of(took[kind])) for kind in kinds)))


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw."""
    return lambda workload: Plan(()) if flaw(workload) == reason else with_aging(workload)


# ---- other plans


def changed(change: Callable[[Workload, tuple[Start, ...]], tuple[Start, ...]]) -> Rule:
    """Return a rule that plans otherwise."""

    def rule(workload: Workload) -> Outcome:
        outcome = with_aging(workload)
        return Plan(change(workload, outcome.starts)) if isinstance(outcome, Plan) else outcome

    return rule


def forget_the_last(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:  # noqa: ARG001
    """Leave out the last."""
    return starts[:-1]


def start_again(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:  # noqa: ARG001
    """Start the last once more when it has ended."""
    return (*starts, *(evolve(start, at=start.at + start.takes) for start in starts[-1:]))


def when_ready(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:
    """Start each as soon as it is there."""
    arrives = {task.name: task.arrives for task in workload.tasks}
    return tuple(evolve(start, at=arrives[start.task]) for start in starts)


def after_the_last_arrival(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:
    """Start nothing before all are there."""
    late = max(task.arrives for task in workload.tasks)
    return tuple(evolve(start, at=start.at + late) for start in starts)


def last_two_changed(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:  # noqa: ARG001
    """Let the last two of tasks that all take as long change places."""
    *first, one, other = starts
    return (*first, evolve(one, task=other.task), evolve(other, task=one.task))


def last_takes_longer(workload: Workload, starts: tuple[Start, ...]) -> tuple[Start, ...]:  # noqa: ARG001
    """Let the last take longer."""
    return (*starts[:-1], *(evolve(start, takes=start.takes + 1) for start in starts[-1:]))
