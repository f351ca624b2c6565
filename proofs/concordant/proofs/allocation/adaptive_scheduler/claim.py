"""With aging nobody is passed over for long, and the shortest first ends soonest: the shipped scheduler, by running it.

Claim: `with_aging` and `by_priority` keep each of their clauses for all real priorities and times, and two tasks that may come after
each other; of three, one of which arrives at any time, nobody is passed over for long with aging, and somebody is without. Of three tasks
that may come after each other, each of which arrives at a time of its own, all of it holds as well. For any number of tasks: which of
two is first with aging does not change while both wait, whoever came later by more than it is more important is never first, and of
two that follow one another the shorter first makes the sum of all ends no greater, so that the shortest first makes it smallest.
Not covered: that the shipped functions choose so among more tasks, which random workloads show of up to five; more than one run before.
"""

from __future__ import annotations

from functools import partial

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term
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

# ---- any number of tasks

NOW, LATER = z3.Real("now"), z3.Real("later")
PRIORITY, SINCE = z3.Real("its priority"), z3.Real("it is ready since")
OTHERS_PRIORITY, OTHERS_SINCE = z3.Real("the other's priority"), z3.Real("the other is ready since")
BEGIN, SHORT, LONG = z3.Real("the first begins"), z3.Real("the shorter takes"), z3.Real("the longer takes")


def _rank(at: Term, priority: Term, since: Term) -> Term:
    """Return how much a task counts with aging: its priority, and for how long it has been ready."""
    return priority + (at - since)


def _is_first(at: Term) -> Term:
    """State that a task is first of two, of which at equal ranks the one is that has been ready longer."""
    own, others = _rank(at, PRIORITY, SINCE), _rank(at, OTHERS_PRIORITY, OTHERS_SINCE)
    return z3.Or(own > others, z3.And(own == others, SINCE < OTHERS_SINCE))


def _stays_first() -> tuple[list[Term], Term]:
    return [LATER >= NOW, _is_first(NOW)], _is_first(LATER)


def _not_passed_over() -> tuple[list[Term], Term]:
    return [SINCE > OTHERS_SINCE, _is_first(NOW)], PRIORITY - OTHERS_PRIORITY > SINCE - OTHERS_SINCE


def _shorter_first() -> tuple[list[Term], Term]:
    end = BEGIN + SHORT + LONG
    return [SHORT >= 0, SHORT <= LONG], (BEGIN + SHORT) + end <= (BEGIN + LONG) + end


ANY_NUMBER = "any two of any number of tasks; all real priorities and times"
OF_ANY_SIZE = (
    theorem(
        "adaptive_scheduler.aging_changes_no_order",
        "Which of two tasks is first does not change while both wait.",
        ANY_NUMBER,
        _stays_first,
        why="both gain as much.",
    ),
    theorem(
        "adaptive_scheduler.aging_specification_passes_nobody_over_for_long",
        "Whoever became ready later is first only if it is more important, by more than it came later.",
        ANY_NUMBER,
        _not_passed_over,
        why="the other has gained as much as it has been ready longer, and is first of equals.",
    ),
    theorem(
        "adaptive_scheduler.of_two_in_a_row_the_shorter_is_first",
        "Of two tasks that follow one another the shorter first makes the sum of ends no greater.",
        f"{ANY_NUMBER}; whatever comes before and after them",
        _shorter_first,
        why="whatever comes after both begins at the same time, and so does the first of them (Smith 1956).",
    ),
)
