"""Exploring a system with tables: the same report as the reference explorer gives, at the speed of compiled code."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from attrs import evolve

from concordant.checks.exploration.breakdown import Breakdown
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.explore import Reductions, prepare
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.search import Progress
from concordant.checks.semantics.watching import watching
from concordant.checks.tabulated.breakdown import inputs, slots
from concordant.checks.tabulated.checkpoint import Checkpoint
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.phases import measured
from concordant.checks.tabulated.search import Exploration
from concordant.refimpl.machine import Move, System
from concordant.spec.vocabulary import Clause


def explore_tabulated(
    system: System[Any],
    clauses: tuple[Clause, ...] | None = None,
    *,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    until: Clause | None = None,
    progress: Callable[[Progress], None] | None = None,
    workers: int = 1,
    tuning: Tuning | None = None,
    checkpoint: Checkpoint | None = None,
    breakdown: bool = False,
    edges: Edges[Move] | None = None,
) -> Report:
    """Explore a system breadth first, as `explore` does, for scopes of millions of states.

    `workers`: threads that search side by side; the counts, verdicts and lengths of traces do not depend on them. `edges` takes
    every transition, which costs as much as the search once more. Raises what `explore` raises, and Unsuited where a system has more parts, or more values in one, than tables can number.
    """
    if edges is not None and checkpoint is not None:
        raise ValueError("edges of a search that goes on from a checkpoint: those before are not in the file; leave out one of the two")
    with watching(None if budget is None else budget.seconds), measured() if breakdown else nullcontext() as phases:
        task = prepare(system, clauses, reductions or Reductions(), until)
        search = Exploration(task.judge, budget or Budget(), progress, tuning or Tuning(), workers, checkpoint, edges)
        search.run()
        report = task.report(search, engine="tabulated")
    return evolve(
        report,
        grew=() if report.complete else search.growth.told(),
        breakdown=None if phases is None else Breakdown(slots(search.space), inputs(search.numbers), phases.seconds),
    )
