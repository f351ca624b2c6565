"""The workloads on which schedulers are judged."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.allocation.adaptive_scheduler import Run, Task, Workload
from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Draw

KINDS = ("build", "test")


def workloads(draw: Draw, most: int, runs: int = 0) -> Workload:
    """Draw up to `most` tasks, of which each may come after one that has a place before it, and up to `runs` runs."""
    names = [f"task{number}" for number in range(draw.one_of("tasks", range(1, most + 1)))]
    if draw.one_of("the last by name has the first place", (False, True)):
        names.reverse()
    return workload_of(draw, tuple(names), draw.one_of("runs", range(runs + 1)))


def one_late(draw: Draw) -> Workload:
    """Draw three tasks of a kind of which nothing is known: one arrives at -1 or later, two at 0, one of which may come after the other."""
    late = task("task0", draw.amount("priority of task0"), draw.amount("the first arrives after -1 by") - 1)
    first, second = (task(name, draw.amount(f"priority of {name}")) for name in ("task1", "task2"))
    needs = frozenset({"task1"}) if draw.one_of("the last comes after the second", (False, True)) else frozenset[str]()
    return Workload((late, first, evolve(second, after=needs)), (), draw.amount("the default"))


def task(name: str, priority: Amount, arrives: Amount = 0) -> Task:
    """Return a task of the first kind that comes after no other."""
    return Task(name, KINDS[0], priority, arrives, frozenset())


def workload_of(draw: Draw, names: tuple[str, ...], runs: int) -> Workload:
    """Draw tasks of these names, of two kinds in turn, and so many runs."""
    tasks = []
    for place, name in enumerate(names):
        after = draw.one_of(f"{name} comes after", (None, *names[:place]))
        arrives = draw.amount(f"{name} arrives")
        needs = frozenset[str]() if after is None else frozenset({after})
        tasks.append(Task(name, KINDS[place % len(KINDS)], draw.amount(f"priority of {name}"), arrives, needs))
    return Workload(tuple(tasks), tuple(run_of(draw, f"run{number}") for number in range(runs)), draw.amount("the default"))


def run_of(draw: Draw, name: str) -> Run:
    """Draw a run of either kind, which may have failed."""
    kind = draw.one_of(f"{name} was to", KINDS)
    return Run(kind, draw.amount(f"{name} took") if draw.one_of(f"{name} succeeded", (True, False)) else None)


def three_alike(draw: Draw) -> Workload:
    """Draw how long each of three tasks takes that are as important as each other."""
    return Workload((task("task0", 0), task("task1", 0), task("task2", 0)), (), draw.amount("the default"))


def three_ranks(draw: Draw) -> Workload:
    """Draw how long each of three tasks takes of which one is more important than the next."""
    return Workload((task("task0", 2), task("task1", 1), task("task2", 0)), (), draw.amount("the default"))


def longer_there(draw: Draw) -> Workload:
    """Draw how long a task takes that has been there for longer than another, which takes no time and is as important."""
    tasks = (task("task0", 0, -1), evolve(task("task1", 0), kind=KINDS[1]))
    return Workload(tasks, (Run(KINDS[1], 0),), draw.amount("the default, beyond 1") + 1)


def two_come_later(draw: Draw) -> Workload:
    """Draw how long tasks take: one is started at once, another waits for it, and two come later that are more important than that, one of them by enough."""
    tasks = (task("task0", 5), task("task1", 0), task("task2", 1, 1), task("task3", 2, 1))
    return Workload(tasks, (), draw.amount("the default, beyond 1") + 1)


def workloads_at_large(draw: Draw) -> Workload:
    """Draw up to five tasks of any names, and up to five runs."""
    return workload_of(draw, some_names(draw, "task", 1, 5), draw.one_of("runs", range(6)))


FLAWS = ("a task twice", "unknown", "a circle", "after itself", "a priority", "an arrival", "the default", "a run", "nothing")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Workload:
    """Draw two tasks and a run with one of these flaws, of what comes first or last; that there are no tasks is none."""
    first, second = (Task(name, KINDS[0], draw.amount(f"priority of {name}"), 0, frozenset()) for name in ("task0", "task1"))
    sound = Workload((first, second), (Run(KINDS[0], 1), Run(KINDS[0], None)), 1)
    match draw.one_of("flaw", flaws):
        case "a task twice":
            return evolve(sound, tasks=(first, second, first))
        case "unknown":
            return with_task(draw, first, evolve(second, after=frozenset({"task2"})), sound)
        case "a circle":
            return evolve(sound, tasks=(evolve(first, after=frozenset({"task1"})), evolve(second, after=frozenset({"task0"}))))
        case "after itself":
            return with_task(draw, first, evolve(second, after=frozenset({"task1"})), sound)
        case "nothing":
            return evolve(sound, tasks=())
        case which:
            wrong = NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]
            match which:
                case "a priority":
                    return with_task(draw, first, evolve(second, priority=wrong), sound)
                case "an arrival":
                    return with_task(draw, first, evolve(second, arrives=wrong), sound)
                case "the default":
                    return evolve(sound, default=wrong)
                case _:
                    return evolve(sound, runs=(*sound.runs, Run(KINDS[1], wrong)))


def with_task(draw: Draw, first: Task, wrong: Task, workload: Workload) -> Workload:
    """Draw whether a task comes after another, or before it."""
    return evolve(workload, tasks=(first, wrong) if draw.one_of("it is the last", (True, False)) else (wrong, first))


def careless(draw: Draw) -> Workload:
    """Draw up to three tasks and up to two runs with any flaws, or none: what is told is the first."""
    names = ("a", "b", "c")
    tasks = tuple(
        Task(
            draw.one_of(f"task {place}", names),
            KINDS[0],
            perhaps(draw, f"priority {place}"),
            perhaps(draw, f"arrival {place}"),
            frozenset(name for name in names if draw.one_of(f"task {place} comes after {name}", (False, False, False, True))),
        )
        for place in range(draw.one_of("tasks", range(4)))
    )
    runs = tuple(Run(KINDS[0], perhaps(draw, f"run {number} took")) for number in range(draw.one_of("runs", range(3))))
    return Workload(tasks, runs, perhaps(draw, "the default"))
