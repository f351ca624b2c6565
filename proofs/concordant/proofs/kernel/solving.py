"""Solvers, and when they give up: by how much they have done, which is the same on every machine and under every load.

What becomes of a query must not depend on what else the machine does meanwhile. So Z3 counts what it does, in units of its own
(`rlimit`), and stops at a number of them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.theorems import GaveUp

DEAREST = 8_000_000
"""What the dearest query took of all theorems that stand but the large ones, rounded up, since that varies with what was asked before.

`python -m concordant.proofs.effort` measures it.
"""
ROOM = 15
EFFORT = ROOM * DEAREST
"""How much Z3 may do for one query: so many times what the dearest one took. One that takes more is *unknown*."""
GUARD_SECONDS = 1_800
"""How long a query, or a search of paths, may last by the clock.

This decides nothing: it is a guard against what never ends, and Z3 does not count. Who meets it is told so.
"""


PATTERNS = "pi.max_multi_patterns"


def matching(laws: Sequence[Term]) -> Any:
    """Return a solver that is told laws, and looks, where one has quantifiers, also for several terms together that show to what it applies.

    Z3 itself looks for single terms, and where none names all variables of a law it has to guess. It has one setting for all solvers, of
    which each takes what it was when it was told something first.
    """
    solver = bounded(z3.SimpleSolver())
    z3.set_param(PATTERNS, 3)
    solver.add(*laws)
    z3.set_param(PATTERNS, 0)
    return solver


MATCHING = 1_000_000
"""How much Z3 may do to refute formulas by matching alone, which is quick or comes to nothing."""


def matched(formulas: Sequence[Term], tracked: Mapping[str, Term] = MappingProxyType({})) -> Any | None:
    """Return a solver that has refuted formulas by matching alone, and hypotheses that it tracks by name; None where that does not refute them.

    What is refuted so is refuted, and most is, in a hundredth of the time: what takes long is to build models of laws with quantifiers.
    """
    solver = bounded(z3.SimpleSolver(), min(MATCHING, EFFORT))
    solver.set("mbqi", False)
    z3.set_param(PATTERNS, 3)
    for name, term in tracked.items():
        solver.assert_and_track(term, name)
    solver.add(*formulas)
    z3.set_param(PATTERNS, 0)
    return solver if answer_of(solver) is SolverAnswer.UNSAT else None


class PathChoice(Protocol):
    """A choice of a path, as solvers hear of it. `new`: it follows from nothing before."""

    new: bool

    @property
    def said(self) -> Term:
        """What then holds."""


@define(eq=False)
class LateSolver:
    """A solver that knows what a path says, up to some choice: it is told only when it is asked, since telling takes long, too.

    `_heard`: of each choice of the path so far, whether the solver had to be told.
    """

    solver: Any
    _heard: list[bool] = field(factory=list, init=False)

    def tell(self, trail: Sequence[PathChoice]) -> None:
        """Tell it what it does not know yet of a path."""
        for choice in trail[len(self._heard) :]:
            if choice.new:
                said = choice.said
                self.solver.push()
                self.solver.add(said)
            self._heard.append(choice.new)

    def keep(self, choices: int) -> None:
        """Let it forget all but so many choices of the path, which goes on from there in another way."""
        while len(self._heard) > choices:
            if self._heard.pop():
                self.solver.pop()


class SolverAnswer(Enum):
    """What a solver says of a query."""

    UNSAT = "unsat"
    SAT = "sat"
    UNKNOWN = "unknown"


def bounded(solver: Any, effort: int | None = None) -> Any:
    """Let a solver do so much for each query and no more, by default EFFORT; return it."""
    solver.set("rlimit", EFFORT if effort is None else effort)
    solver.set("timeout", 1000 * GUARD_SECONDS)
    return solver


def answer_of(solver: Any, *assumed: Term) -> SolverAnswer:
    """Ask a solver. *Unknown* is that it has done all that it may; where it is the guard that stops it, GaveUp says so."""
    began = time.monotonic()
    answer = SolverAnswer(str(solver.check(*assumed)))
    if answer is SolverAnswer.UNKNOWN and (stopped := guard(began)) is not None:
        raise stopped
    return answer


def settled(solver: Any, effort: int | None = None) -> tuple[SolverAnswer, Any]:
    """Ask a solver; where it gives up before it has done all that it may, ask another one in a context of its own. Return the answer and whoever gave it.

    Where numbers are multiplied, Z3 may give up early, and whether it does turns on all that was asked before in its context, whatever that was about.
    """
    answer = answer_of(solver)
    if answer is SolverAnswer.UNKNOWN and "incomplete" in solver.reason_unknown():
        anew = bounded(solver.translate(z3.Context()), effort)
        return answer_of(anew), anew
    return answer, solver


def model_of(solver: Any) -> Any:
    """Return the model that a solver has found, in the context of all formulas."""
    model = solver.model()
    return model if model.ctx == z3.main_ctx() else model.translate(z3.main_ctx())


def guard(began: float) -> GaveUp | None:
    """Return what to raise where something that began then has lasted too long by the clock, and None where it has not."""
    if time.monotonic() - began < GUARD_SECONDS:
        return None
    return GaveUp(
        f"stopped after {GUARD_SECONDS:,} s by the clock, a guard that tells nothing of the claim: ask again where less else runs"
    )


@frozen
class Limits:
    """When a search of paths gives up: after so many paths, or so many queries. A proof that meets a limit is unknown."""

    paths: int = 100_000
    queries: int = 1_000_000

    def met(self, paths: int, queries: int, began: float) -> GaveUp | None:
        """Return what to raise where a limit is met, or the guard; None where none is."""
        if queries >= self.queries or paths >= self.paths:
            return GaveUp(f"not finished after {paths:,} paths and {queries:,} queries: a limit of {self} is met")
        return guard(began)
