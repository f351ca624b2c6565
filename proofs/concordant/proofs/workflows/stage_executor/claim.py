"""Stage graphs, for all finite ones: an executor of an acyclic graph always has a stage that may run, until none is left.

Claim: if the graph has ranks (each stage above all that it depends on, which a topological order gives), then while any stage is
left, one of those left depends on nothing that is left. So an executor is stuck only on a graph with a circle.
Assumes: finitely many stages, so that among those left one has the least rank: it is named `least` below.
What ties it to the code: `may_run` and the executor are explored on every digraph of up to four stages, and stuck exactly on
those with a circle (tests/protocols/test_stage_executor.py).
Not covered: that workers who can do the stages exist, which validation checks; that stages ever end.
"""

from __future__ import annotations

from typing import Any

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.models import Term, exists, forall

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies

STAGE = z3.DeclareSort("Stage")
DEPENDS = z3.Function("depends", STAGE, STAGE, z3.BoolSort())
LEFT = z3.Function("left", STAGE, z3.BoolSort())
CIRCLE = z3.Function("circle", STAGE, z3.BoolSort())
RANK = z3.Function("rank", STAGE, z3.IntSort())
LEAST = z3.Const("least", STAGE)


def _ready(stage: Term) -> Term:
    """A stage that is left, all of whose dependencies have ended."""
    return And(LEFT(stage), forall(STAGE, lambda other: Implies(DEPENDS(stage, other), Not(LEFT(other)))))


def _ranked() -> Term:
    return forall(STAGE, STAGE, lambda a, b: Implies(DEPENDS(a, b), RANK(b) < RANK(a)))


def _least() -> Term:
    return And(LEFT(LEAST), forall(STAGE, lambda other: Implies(LEFT(other), RANK(LEAST) <= RANK(other))))


def _progress(*, ranked: bool) -> tuple[list[Term], Term]:
    return [*([_ranked()] if ranked else []), _least()], exists(STAGE, _named)


def _named(stage: Any) -> Term:
    return _ready(stage)


def _stuck() -> list[Term]:
    return [LEFT(LEAST), forall(STAGE, lambda stage: Not(_ready(stage)))]


def _circle_of_stuck() -> tuple[list[Term], Term]:
    waits = forall(STAGE, lambda a: Implies(LEFT(a), exists(STAGE, lambda b: And(DEPENDS(a, b), LEFT(b)))))
    return [*_stuck(), LEFT(LEAST)], waits


def _never_run() -> tuple[list[Term], Term]:
    """One step of any executor: a stage of a circle that is whole before is whole after."""
    ran = z3.Const("ran", STAGE)
    closed = forall(STAGE, lambda a: Implies(CIRCLE(a), exists(STAGE, lambda b: And(DEPENDS(a, b), CIRCLE(b)))))
    whole = forall(STAGE, lambda a: Implies(CIRCLE(a), LEFT(a)))
    return [closed, whole, _ready(ran)], forall(STAGE, lambda a: Implies(CIRCLE(a), And(LEFT(a), a != ran)))


PROGRESS = theorem(
    "stage_executor.something_may_run",
    "While any stage of an acyclic graph is left, one of those left depends on nothing that is left.",
    "for all finite graphs with ranks",
    lambda: _progress(ranked=True),
)
RANKS_ARE_NEEDED = theorem(
    "stage_executor.ranks_are_needed", "Without ranks that need not be so.", "an example", lambda: _progress(ranked=False), holds=False
)
STUCK_MEANS_A_CIRCLE = theorem(
    "stage_executor.stuck_means_a_circle",
    "Where nothing may run and something is left, each stage that is left depends on another: they contain a circle.",
    "for all finite graphs",
    _circle_of_stuck,
)
A_CIRCLE_NEVER_RUNS = theorem(
    "stage_executor.a_circle_never_runs",
    "No stage of a circle is ever run: while all of it is left, no step runs one of it.",
    "for all graphs, all orders of running",
    _never_run,
)
