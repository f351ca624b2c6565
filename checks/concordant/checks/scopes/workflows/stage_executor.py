"""The scopes of the stage executor: a few workflows, and every small graph."""

from __future__ import annotations

from collections.abc import Callable

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.machine import System
from concordant.refimpl.workflows.stage_executor import PROMISES, Executor, fault, illustrated, paper, system
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows import stage_executor as spec
from concordant.spec.workflows.stage_executor import Log, Stage

NAMES = ("a", "b", "c", "d")
DIAMOND = (Stage("a"), Stage("b", ("a",)), Stage("c", ("a",)), Stage("d", ("b", "c")))
WITNESSES = (spec.two_run_at_once, spec.a_stage_is_skipped, spec.a_failure_is_tolerated)


def digraph(draw: Draw, largest: int) -> tuple[Stage, ...]:
    """Draw a digraph without self-loops on 1 to so many stages: an edge for each pair that depends on one another."""
    names = NAMES[: draw.one_of("stages", range(1, largest + 1))]
    return tuple(
        Stage(name, tuple(other for other in names if other != name and draw.one_of(f"{name} after {other}", (False, True))))
        for name in names
    )


def acyclic(largest: int) -> Callable[[Draw], System[Log] | None]:
    """Return the family of executors, with two and three workers and up to two failures, on every acyclic digraph."""

    def systems(draw: Draw) -> System[Log] | None:
        stages = digraph(draw, largest)
        if fault(stages) is not None:
            return None
        return system(stages, workers=draw.one_of("workers", (2, 3)), failures=2)

    return systems


def cyclic(largest: int, executor: type[Executor]) -> Callable[[Draw], System[Log] | None]:
    """Return the family of executors on every digraph with a cycle."""

    def systems(draw: Draw) -> System[Log] | None:
        stages = digraph(draw, largest)
        return None if fault(stages) is None else system(stages, executor=executor)

    return systems


SCOPES = (
    Scope(
        "diamond",
        "a diamond of four stages, two workers, one of which may fail or be cancelled; one retry",
        system(DIAMOND, cancelled=True, retries=1, promises=(*PROMISES, spec.two_run_at_once, spec.a_stage_is_skipped)),
        Counts(28, 37, 8),
    ),
    Scope(
        "illustrated",
        "an article whose pictures are optional; two failures",
        system(illustrated(), failures=2, promises=(*PROMISES, *WITNESSES)),
        Counts(16, 19, 6),
    ),
    Scope(
        "paper",
        "the documents' workflow for a paper, a chain; a worker for each capability; one failure and one retry",
        system(paper(), workers=tuple(frozenset({able}) for able in ("research", "writing", "editing", "verification")), retries=1),
        Counts(33, 32, 9),
    ),
    Scope(
        "exclusive",
        "three stages, one of them exclusive; three workers of two kinds; one failure and one retry",
        system(
            (Stage("a", exclusive=True), Stage("b", needs="drawing"), Stage("c", ("b",), optional=True), Stage("d", ("c",))),
            workers=(frozenset({"any"}), frozenset({"any", "drawing"}), frozenset({"any"})),
            retries=1,
        ),
        Counts(25, 24, 8),
    ),
    Scope(
        "nobody_able",
        "a stage that no worker can do: rejected before anything starts",
        system((Stage("a"), Stage("b", needs="drawing")), failures=0),
        Counts(2, 1, 2),
    ),
    Family(
        "graphs_of_three",
        "every acyclic digraph on up to three stages, two or three workers, up to two failures",
        acyclic(3),
        Counts(648, 801, 5, members=58),
    ),
    Family(
        "graphs_of_four",
        "the 572 acyclic digraphs on up to four stages, two or three workers, up to two failures",
        acyclic(4),
        Counts(19_568, 27_286, 6, members=1_144),
        size=Size.MEDIUM,
    ),
    Family(
        "circles_of_three",
        "every digraph with a circle on up to three stages: rejected before anything starts",
        cyclic(3, Executor),
        Counts(80, 40, 2, members=40),
    ),
    Family(
        "circles_of_four",
        "the 3,593 digraphs with a circle on up to four stages: rejected before anything starts",
        cyclic(4, Executor),
        Counts(7_186, 3_593, 2, members=3_593),
        size=Size.MEDIUM,
    ),
)
