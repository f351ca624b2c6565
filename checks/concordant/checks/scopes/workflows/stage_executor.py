"""The scopes of the stage executor: a few workflows, and every small graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Fire, System
from concordant.refimpl.workflows.stage_executor import PROMISES, Executor, flaw, illustrated, paper, system
from concordant.spec.vocabulary import Address, Draw
from concordant.spec.workflows.shared.stages import Stage, complaints
from concordant.spec.workflows.stage_executor import Log, Retry, Submit, Succeeds
from concordant.spec.workflows.stage_executor import clauses as spec

NAMES = ("a", "b", "c", "d")
A = Stage("a")
DIAMOND = (A, Stage("b", ("a",)), Stage("c", ("a",)), Stage("d", ("b", "c")))
WITNESSES = (spec.two_run_at_once, spec.a_stage_is_skipped, spec.a_failure_is_tolerated)


def digraph(draw: Draw, largest: int) -> tuple[Stage, ...]:
    """Draw a digraph without self-loops on up to `largest` stages: an edge for each pair that depends on one another."""
    names = NAMES[: draw.one_of("stages", range(1, largest + 1))]
    return tuple(
        Stage(name, tuple(other for other in names if other != name and draw.one_of(f"{name} after {other}", (False, True))))
        for name in names
    )


def acyclic(largest: int, workers: tuple[int, ...]) -> Callable[[Draw], System[Log] | None]:
    """Return the family of executors, with that many workers and up to two failures, on every acyclic digraph."""

    def systems(draw: Draw) -> System[Log] | None:
        stages = digraph(draw, largest)
        if flaw(stages) is not None:
            return None
        return system(stages, workers=draw.one_of("workers", workers), failures=2)

    return systems


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "optional": {"optional": True},
    "exclusive": {"exclusive": True},
    "drawn": {"needs": "drawing"},
}
ONE_DRAWS = (frozenset({"any"}), frozenset({"any", "drawing"}))


def of_all_kinds(largest: int) -> Callable[[Draw], System[Log]]:
    """Return the family of executors, with a worker who draws and one who does not, on every graph listed in order, of stages of all kinds.

    One stage may fail, or, if it is optional, be stopped; what failed is tried again.
    """

    def systems(draw: Draw) -> System[Log]:
        names = NAMES[: draw.one_of("stages", range(1, largest + 1))]
        stages = tuple(
            Stage(
                name,
                tuple(other for other in names[:place] if draw.one_of(f"{name} after {other}", (False, True))),
                **KINDS[draw.one_of(f"{name} is", KINDS)],
            )
            for place, name in enumerate(names)
        )
        optional = tuple(stage.name for stage in stages if stage.optional)
        return system(stages, workers=ONE_DRAWS, then=(Retry(),), stopped=optional)

    return systems


def cyclic(largest: int, executor: type[Executor]) -> Callable[[Draw], System[Log] | None]:
    """Return the family of executors on every digraph with a cycle."""

    def systems(draw: Draw) -> System[Log] | None:
        stages = digraph(draw, largest)
        return None if flaw(stages) is None else system(stages, executor=executor)

    return systems


WRONG = (Stage(""), A, Stage("a", ("z",)), Stage("b", ("a", "z")), Stage("b", ("z", "a")), Stage("b", needs="drawing"))


def flawed(draw: Draw) -> System[Log] | None:
    """Draw two stages, one of them without a name, with the name of the other, after one that is none, or beyond all workers."""
    stages = draw.one_of("first", WRONG), draw.one_of("second", WRONG)
    return system(stages) if next(complaints(stages, (frozenset({"any"}),)), None) else None


SCOPES = (
    Scope(
        "diamond",
        "a diamond of four stages, two workers, one of which may fail or be stopped; one retry",
        system(DIAMOND, stopped=NAMES, then=(Retry(),), promises=(*PROMISES, spec.two_run_at_once, spec.a_stage_is_skipped)),
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
        system(paper(), workers=tuple(frozenset({able}) for able in ("research", "writing", "editing", "verification")), then=(Retry(),)),
        Counts(33, 32, 9),
    ),
    Scope(
        "rivals",
        "two users of one executor, each of whom asks for a workflow and then for another try; one failure",
        system((Stage("a"), Stage("b", ("a",))), then=(Retry(),), rival=(Submit((Stage("b"), Stage("c"))), Retry())),
        Counts(102, 167, 8),
    ),
    Scope(
        "refused",
        "a stage that no worker can do: rejected before anything starts, and there is nothing to try again",
        system((Stage("a"), Stage("b", needs="drawing")), then=(Retry(),), failures=0),
        Counts(3, 2, 3),
    ),
    Scope(
        "exclusive",
        "an exclusive stage becomes ready while one runs that is listed after it",
        system((A, Stage("b", ("a",), exclusive=True), Stage("c"))),
        Counts(12, 14, 5),
    ),
    Family(
        "flawed",
        "two stages, without a name, of one name, after what is no stage, or beyond all workers: rejected before anything starts",
        flawed,
        Counts(72, 36, 2, members=36),
    ),
    Family(
        "kinds_of_two",
        "every graph on up to two stages, each plain, optional, exclusive or with a need; one failure and one retry",
        of_all_kinds(2),
        Counts(428, 439, 6, members=36),
    ),
    Family(
        "graphs_of_three",
        "every acyclic digraph on up to three stages, two workers, up to two failures",
        acyclic(3, (2,)),
        Counts(325, 399, 5, members=29),
    ),
    Family(
        "circles_of_three",
        "every digraph with a circle on up to three stages: rejected before anything starts",
        cyclic(3, Executor),
        Counts(80, 40, 2, members=40),
    ),
    Family(
        "kinds_of_three",
        "every graph, listed in order, on up to three stages, each plain, optional, exclusive or with a need; one failure and one retry",
        of_all_kinds(3),
        Counts(10_498, 11_778, 7, members=548),
        size=Size.MEDIUM,
    ),
    Family(
        "graphs_of_four",
        "the 572 acyclic digraphs on up to four stages, two workers, up to two failures",
        acyclic(4, (2,)),
        Counts(9_776, 13_385, 6, members=572),
        size=Size.MEDIUM,
    ),
    Family(
        "circles_of_four",
        "the 3,593 digraphs with a circle on up to four stages: rejected before anything starts",
        cyclic(4, Executor),
        Counts(7_186, 3_593, 2, members=3_593),
        size=Size.MEDIUM,
    ),
)

EXECUTOR = Address("executor")

SITUATIONS = (
    Situation(
        "a_join_waits",
        "Of a diamond the first stage and one branch have ended: what joins the branches waits for the other, though a worker is free.",
        system(DIAMOND),
        (Ask(EXECUTOR, ANY, ANY), Fire(EXECUTOR, Succeeds("a")), Fire(EXECUTOR, Succeeds("b"))),
    ),
)
