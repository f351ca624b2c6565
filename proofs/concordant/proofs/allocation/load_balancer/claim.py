"""Who gives each task to the least loaded is within 2 - 1/m of the best: the shipped balancer, by running it.

Claim: what the balancer makes of a batch keeps each of its clauses for all real loads of up to three tasks for up to two workers.
Graham's bound holds for four tasks and three workers as well. It is not the best plan, and where some workers can do only some
tasks not even within the bound: the numbers are shown.
Not covered: four workers and more; five tasks and more.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
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
