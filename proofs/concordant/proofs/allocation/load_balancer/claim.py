"""Who gives each task to the least loaded is within 2 - 1/m of the best, for any number of both; the shipped balancer, by running it.

Claim: what the balancer makes of a batch keeps each of its clauses for all real loads of up to three tasks for up to two workers.
Graham's bound holds for four tasks and three workers as well; for any number of both it holds of whoever gives each task to one who has
the least to do. It is not the best plan, and where some workers can do only some tasks not even within the bound: the numbers are shown.
Assumes, for any number: that the best plan leaves somebody no less than an equal part of all, and no less than the largest task.
Not covered: that the function chooses the least loaded of four workers and more, which its explored scopes ask at each step.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.refimpl.allocation.load_balancer import dispatch, one_after_the_other
from concordant.refimpl.machine import Mechanism
from concordant.spec.allocation.load_balancer.batches import (
    CLAUSES,
    among_equals_within_twice_the_best,
    as_good_as_the_best,
    batches,
    within_twice_the_best,
)

LOADS = "all real loads that are not negative, of which 0 is refused; "

PROVED = tuple(
    by_running(
        f"load_balancer.{clause.name}",
        clause,
        dispatch(2, 3),
        f"{LOADS}one or two workers, who can do all; one to three tasks",
    )
    for clause in CLAUSES
)
OF_THREE = by_running(
    "load_balancer.among_equals_within_twice_the_best_of_three",
    among_equals_within_twice_the_best,
    dispatch(3, 4),
    f"{LOADS}one to three workers, who can do all; one to four tasks",
    large=True,
)
FAILING = tuple(
    by_running(
        f"load_balancer.{clause.name}_fails",
        clause,
        Mechanism(one_after_the_other, partial(batches, workers=2, tasks=tasks, skilled=skilled), (clause,)),
        claim=claim,
        holds=False,
    )
    for clause, tasks, skilled, claim in (
        (as_good_as_the_best, 3, False, "The busiest worker may have more to do than it must: a large task may come last."),
        (within_twice_the_best, 2, True, "Where a worker alone can do some tasks, it may have been given the others, too."),
    )
)

# ---- any number of workers and tasks

WORKERS, BEST = z3.Int("workers"), z3.Real("what the busiest has in the best plan")
LEAST, LAST, REST = z3.Real("what it had before its last task"), z3.Real("its last task"), z3.Real("what all had before that task")
ONE, OTHER, CHOSEN = (z3.Real(f"what {worker} has") for worker in ("one worker", "another", "the least loaded"))
TASK = z3.Real("each task")


def _graham(*, least: bool = True) -> tuple[list[Term], Term]:
    best = [WORKERS * BEST >= REST + LAST, BEST >= LAST]
    hypotheses = [WORKERS >= 1, LEAST >= 0, LAST >= 0, REST >= LEAST, *best, *([WORKERS * LEAST <= REST] if least else ())]
    return hypotheses, WORKERS * (LEAST + LAST) <= (2 * WORKERS - 1) * BEST


def _tasks_of_one_load() -> tuple[list[Term], Term]:
    apart = [x - y <= TASK for x in (ONE, OTHER, CHOSEN) for y in (ONE, OTHER, CHOSEN)]
    after = CHOSEN + TASK
    return [TASK > 0, *apart, CHOSEN <= ONE, CHOSEN <= OTHER], z3.And(after - ONE <= TASK, ONE - after <= TASK, ONE - OTHER <= TASK)


ANY_NUMBER = "any number of workers, who can do all, and of tasks; all real loads"
OF_ANY_SIZE = (
    theorem(
        "load_balancer.graham",
        "Where each task is given to one who has the least to do, the busiest of m has at most 2 - 1/m times as much as in the best plan.",
        ANY_NUMBER,
        _graham,
        why="before its last task it had no more than an equal part of all others; and no plan spares somebody that task.",
    ),
    theorem(
        "load_balancer.tasks_of_one_load_are_spread",
        "If no worker has more than one task more than another, none has after the next task, where all tasks are as large.",
        ANY_NUMBER,
        _tasks_of_one_load,
        why="whoever is given it had no more than anybody else.",
    ),
)
GIVEN_TO_ANYBODY = theorem(
    "load_balancer.without_the_least_loaded_there_is_no_bound",
    "Where tasks are given to anybody, the busiest may have more.",
    EXAMPLE,
    partial(_graham, least=False),
    holds=False,
)
