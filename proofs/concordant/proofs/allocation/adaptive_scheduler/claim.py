"""With aging nobody is passed over for long, and the shortest first ends soonest: the shipped scheduler, by running it.

Claim: `with_aging` and `by_priority` keep each of their clauses for all real priorities and times, and two tasks that may come after
each other; of three, one of which arrives at any time, nobody is passed over for long with aging, and somebody is without. Of three tasks
that may come after each other, each of which arrives at a time of its own, all of it holds as well.
Not covered: more tasks, of which random workloads show up to five; and more than one run before.
"""

from __future__ import annotations

from functools import partial

from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.allocation.adaptive_scheduler import aging, by_priority, priority_alone
from concordant.spec.allocation.adaptive_scheduler import (
    BY_PRIORITY,
    EITHER,
    WITH_AGING,
    nobody_is_passed_over_for_long,
    the_more_important_comes_first,
)
from concordant.spec.allocation.adaptive_scheduler.workloads import one_late, workloads

AMOUNTS = "all real priorities and times that are not negative"
WAITING = tuple(clause for clause in WITH_AGING if clause not in EITHER)

OF_TWO = tuple(
    by_running(
        f"adaptive_scheduler.{clause.name}",
        clause,
        aging(partial(workloads, most=2, runs=1)),
        f"{AMOUNTS}; one to two tasks; zero to one runs before",
    )
    for clause in EITHER
)
OF_THREE = (
    *(
        by_running(
            f"adaptive_scheduler.{clause.name}",
            clause,
            aging(one_late),
            f"{AMOUNTS}; three tasks, two of which arrive at 0, and the other at -1 or later",
        )
        for clause in WAITING
    ),
    by_running(
        "adaptive_scheduler.the_more_important_comes_first",
        the_more_important_comes_first,
        priority_alone(one_late),
        f"{AMOUNTS}; three tasks, two of which arrive at 0, and the other at -1 or later",
    ),
)
OF_THREE_AT_ANY_TIME = tuple(
    by_running(
        f"adaptive_scheduler.{name}_{clause.name}_of_three",
        clause,
        workload(partial(workloads, most=3)),
        f"{AMOUNTS}; one to three tasks; zero runs before",
        large=True,
    )
    for name, workload, clauses in (("aging", aging, WITH_AGING), ("priority", priority_alone, BY_PRIORITY))
    for clause in clauses
)
STARVES = by_running(
    "adaptive_scheduler.without_aging_somebody_is_passed_over",
    nobody_is_passed_over_for_long,
    aging(one_late, by_priority),
    claim="By priority alone a task is passed over by one that came later by more than that is more important.",
    holds=False,
)
