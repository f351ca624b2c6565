"""A batch of tasks, submitted one after the other to workers that stay: how far from the best is what comes of it?

Source: Graham, "Bounds for Certain Multiprocessing Anomalies", 1966. Where each of m workers can do every task, the busiest has at
most 2 - 1/m times as much to do as it must have in the best plan, whatever the loads. Where some can do only some tasks, it may have more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.allocation.load_balancer import NO_LOAD, Skills, Task
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Address, Amount, Case, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection


@frozen
class Batch:
    """What each worker can do, and tasks of different names, in the order in which they come."""

    workers: tuple[Skills, ...]
    tasks: tuple[Task, ...]


@frozen
class Plan:
    """Who has each task; the others wait."""

    given: Map[str, Address]


Outcome: TypeAlias = Plan | Rejected
Rule: TypeAlias = Callable[[Batch], Outcome]

REJECTED: Flaws[Batch] = ((NO_LOAD, lambda batch: not all(is_amount(task.load) and task.load > 0 for task in batch.tasks)),)


def able(batch: Batch, task: Task) -> tuple[int, ...]:
    """List the numbers of the workers that can do a task."""
    return tuple(number for number, skills in enumerate(batch.workers) if task.needs in skills)


def busiest(batch: Batch, way: tuple[int, ...]) -> Amount:
    """Return how much the busiest worker has to do, if each task is done by the worker of this number."""
    loads = [sum(task.load for task, who in zip(batch.tasks, way, strict=True) if who == number) for number in range(len(batch.workers))]
    return max(loads)


def compared(batch: Batch, plan: Plan) -> tuple[Amount, Amount]:
    """Return how much the busiest worker has to do, and how much in the best plan, by trying all."""
    ways = product(*(able(batch, task) for task in batch.tasks))
    return busiest(batch, tuple(plan.given[task.name].number for task in batch.tasks)), min(busiest(batch, way) for way in ways)


# ---- clauses


@for_all
def batches_without_loads_are_rejected(batch: Batch, outcome: Outcome) -> Cases:
    """A batch is rejected if, and only if, a load is no exact amount above 0."""
    yield from rejection(REJECTED, batch, outcome)


@for_all
def whoever_can_does_it(batch: Batch, outcome: Outcome) -> Cases:
    """Each task is given to a worker that can do it, and waits if, and only if, there is none."""
    if isinstance(outcome, Plan):
        for task in batch.tasks:
            worker = outcome.given.get(task.name)
            fits = able(batch, task) == () if worker is None else worker.number in able(batch, task)
            yield case(fits, task=task, worker=worker, able=able(batch, task))


@for_all
def among_equals_within_twice_the_best(batch: Batch, outcome: Outcome) -> Cases:
    """Where each of m workers can do every task, the busiest has at most 2 - 1/m times as much to do as in the best plan."""
    if isinstance(outcome, Plan) and all(len(able(batch, task)) == len(batch.workers) for task in batch.tasks):
        yield within_the_bound(batch, outcome)


@for_all
def within_twice_the_best(batch: Batch, outcome: Outcome) -> Cases:
    """Whoever can do what, the busiest of m workers has at most 2 - 1/m times as much to do as in the best plan."""
    if isinstance(outcome, Plan) and len(outcome.given) == len(batch.tasks):
        yield within_the_bound(batch, outcome)


@for_all
def as_good_as_the_best(batch: Batch, outcome: Outcome) -> Cases:
    """Where each worker can do every task, the busiest has no more to do than in the best plan."""
    if isinstance(outcome, Plan) and all(len(able(batch, task)) == len(batch.workers) for task in batch.tasks):
        most, best = compared(batch, outcome)
        yield case(most <= best, most=most, best=best)


def within_the_bound(batch: Batch, plan: Plan) -> Case:
    """Return the case that the busiest has at most 2 - 1/m times as much to do as in the best plan."""
    (most, best), count = compared(batch, plan), len(batch.workers)
    return case(count * most <= (2 * count - 1) * best, most=most, best=best)


CLAUSES = (batches_without_loads_are_rejected, whoever_can_does_it, among_equals_within_twice_the_best)

# ---- batches

SKILLS = ("x", "y")


def batches(draw: Draw, workers: int, tasks: int, *, skilled: bool = False) -> Batch:
    """Draw a batch of up to so many tasks for up to so many workers; skilled ones can do one of two kinds of tasks, or both."""
    kinds = tuple(subsets()) if skilled else (frozenset(SKILLS),)
    staff = tuple(
        draw.one_of(f"skills of worker{number}", kinds) if skilled else kinds[0]
        for number in range(draw.one_of("workers", range(1, workers + 1)))
    )
    named = tuple(f"task{number}" for number in range(draw.one_of("tasks", range(1, tasks + 1))))
    needs = {name: draw.one_of(f"{name} needs", SKILLS) if skilled else SKILLS[0] for name in named}
    return Batch(staff, tuple(Task(name, needs[name], draw.amount(f"load of {name}")) for name in named))


def subsets() -> Iterator[Skills]:
    """List what a worker may be able to do, most first."""
    yield frozenset(SKILLS)
    yield from (frozenset((skill,)) for skill in SKILLS)


def batches_at_large(draw: Draw) -> Batch:
    """Draw a batch of up to seven tasks for up to three workers."""
    return batches(draw, 3, 7, skilled=draw.one_of("some can do only some", (False, True)))


def malformed(draw: Draw) -> Batch:
    """Draw a batch of two tasks, one of which has no load."""
    batch = batches(draw, 1, 2)
    wrong = NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]
    place = draw.one_of("it is the load of task", range(len(batch.tasks)))
    return evolve(batch, tasks=tuple(evolve(task, load=wrong) if number == place else task for number, task in enumerate(batch.tasks)))
