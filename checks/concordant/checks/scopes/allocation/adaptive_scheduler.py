"""The scopes of the adaptive scheduler."""

from __future__ import annotations

from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.adaptive_scheduler import aging, on_malformed, priority_alone
from concordant.spec.allocation.adaptive_scheduler import Run, Task, Workload
from concordant.spec.allocation.adaptive_scheduler.workloads import careless, one_late, workloads, workloads_at_large
from concordant.spec.vocabulary import Draw


def four_of_two_priorities(draw: Draw) -> Workload:
    """Draw four tasks, each of a kind of its own, of which it is known how long it takes."""
    names = tuple(f"task{number}" for number in range(4))
    tasks = tuple(Task(name, name, draw.one_of(f"priority of {name}", (1, 2)), 0, frozenset()) for name in names)
    return Workload(tasks, tuple(Run(name, draw.amount(f"{name} took")) for name in names), 0)


SCOPES = (
    Grid(
        "aging",
        "up to two tasks and a run, amounts 0 and 1; at random up to five of each",
        aging(partial(workloads, most=2, runs=1)),
        (0, 1),
        Profiles(1_008, 1_848, 10_976),
        at_random=workloads_at_large,
        examples=40,
    ),
    Grid(
        "aging_late",
        "three tasks, one of which arrives before or after the others, amounts 0 to 2",
        aging(one_late),
        (0, 1, 2),
        Profiles(486, 1_458, 7_722),
        examples=40,
    ),
    Grid(
        "priority",
        "up to two tasks by priority alone, amounts 0 and 1; at random up to five, and as many runs",
        priority_alone(partial(workloads, most=2)),
        (0, 1),
        Profiles(144, 264, 1_600),
        at_random=workloads_at_large,
        examples=40,
    ),
    Grid(
        "priority_late",
        "three tasks by priority alone, one of which arrives before or after the others, amounts 0 to 2",
        priority_alone(one_late),
        (0, 1, 2),
        Profiles(486, 1_458, 8_487),
        examples=40,
    ),
    Grid(
        "priority_of_four",
        "four tasks of two priorities by priority alone, which take 1 to 3",
        priority_alone(four_of_two_priorities),
        (1, 2, 3),
        Profiles(1_296, 6_480, 36_450),
        size=Size.MEDIUM,
        examples=20,
    ),
    Grid("malformed", "two tasks and one flaw; at random several", on_malformed(), (0, 1), Profiles(196, 165, 392), at_random=careless),
)
