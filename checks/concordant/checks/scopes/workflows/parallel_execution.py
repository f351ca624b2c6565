"""The scopes of forks: both plans, fewer workers than stages, runs that are cancelled or rejected, and every small fork."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire, System
from concordant.refimpl.workflows.parallel_execution import CLIENT, FORK, system
from concordant.spec.vocabulary import Draw, Faults, Map
from concordant.spec.workflows import parallel_execution as spec
from concordant.spec.workflows.parallel_execution import Fails, OnFailure, Record, Run
from concordant.spec.workflows.shared.stages import Stage

NAMES = ("a", "b", "c", "d")
A, B, C, D = (Stage(name) for name in NAMES)
WRONG = (
    Run((A, A)),
    Run((A, B), Map.of({"b": "given"})),
    Run((A, Stage("b", ("a",)))),
    Run((Stage("a", ("b",)), B)),
    Run(()),
)


def every_fork(draw: Draw) -> System[Record]:
    """Draw a fork: up to four stages, as many workers at most, either plan; each stage may fail, and the run may be cancelled."""
    names = NAMES[: draw.one_of("stages", range(1, len(NAMES) + 1))]
    return system(
        Run(tuple(Stage(name) for name in names)),
        width=draw.one_of("workers", range(1, len(names) + 1)),
        on_failure=draw.one_of("plan", OnFailure),
        failing=names,
        faults=Faults(cancellations=1),
    )


SCOPES = (
    Scope(
        "stop",
        "three stages, of which two may fail, on two workers; a failure stops the others, and the run may be cancelled",
        system(
            Run((A, B, C)),
            failing=("a", "b"),
            faults=Faults(cancellations=1),
            examples=(spec.one_succeeds_all_the_same, spec.some_are_left_out, spec.one_stops),
        ),
        Counts(89, 112, 6),
    ),
    Scope(
        "wait",
        "four stages, of which one may fail, on two workers; all are waited for; the run may be cancelled, and another follows",
        system(
            Run((Stage("a", ("x",)), B, C, D), Map.of({"x": "given"})),
            Run((C,)),
            on_failure=OnFailure.WAIT,
            failing=("a",),
            faults=Faults(cancellations=1),
            examples=(spec.one_is_cancelled,),
        ),
        Counts(138, 248, 9),
    ),
    Scope(
        "all",
        "two stages on two workers",
        system(Run((A, B)), examples=(spec.all_run_at_once,)),
        Counts(5, 5, 4),
    ),
    Scope(
        "rejected",
        "runs that cannot be run side by side, and one without stages, beside a client that runs one stage and may cancel",
        system(*WRONG, rival=(Run((C,)),), faults=Faults(cancellations=1)),
        Counts(38, 60, 9),
    ),
    Family(
        "every_fork",
        "up to four stages that may fail, on every number of workers, by either plan; one may cancel",
        every_fork,
        Counts(6_707, 12_522, 7, members=20),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "stopping",
        "A stage has failed, and the other was asked to stop: the client waits for that, too.",
        system(Run((A, B)), failing=("a",)),
        (Ask(FORK, CLIENT, Run((A, B))), Fire(FORK, Fails("a"))),
    ),
)
