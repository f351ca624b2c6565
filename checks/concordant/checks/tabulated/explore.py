"""Exploring a system with tables: the same report as the reference explorer gives, at the speed of compiled code."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from attrs import evolve

from concordant.checks.exploration.breakdown import Breakdown
from concordant.checks.exploration.budget import Budget, BudgetSpent, Progress, in_time
from concordant.checks.exploration.explore import Reductions, Task, prepare
from concordant.checks.exploration.judge import OfAll
from concordant.checks.exploration.report import Report, Verdict
from concordant.checks.semantics.watching import watching
from concordant.checks.tabulated.breakdown import inputs, slots
from concordant.checks.tabulated.checkpoint import Checkpoint
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.compiling import clock
from concordant.checks.tabulated.phases import measured
from concordant.checks.tabulated.search import Exploration, started
from concordant.checks.tabulated.under import Occasions
from concordant.checks.tabulated.whole import Whole
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import AlwaysPossible, Clause


def explore_tabulated(
    system: System[Any],
    clauses: tuple[Clause, ...] | None = None,
    *,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    until: Clause | tuple[Clause, ...] = (),
    progress: Callable[[Progress], None] | None = None,
    workers: int = 1,
    tuning: Tuning | None = None,
    checkpoint: Checkpoint | None = None,
    breakdown: bool = False,
) -> Report:
    """Explore a system breadth first, as `explore` does, for scopes of millions of states.

    `workers`: threads that search side by side; the counts, verdicts and lengths of traces do not depend on them. Raises what `explore` raises, and Unsuited where a system has more parts, or more values in one, than tables can number.
    """
    with watching(None if budget is None else budget.seconds), measured() if breakdown else nullcontext() as phases:
        meter = started(budget or Budget())
        with in_time(meter):
            task = prepare(system, clauses, reductions or Reductions(), until)
            search = Exploration(task.judge, meter, progress, tuning or Tuning(), workers, checkpoint, task.sees_all)
        search.run()
        report = task.report(search, engine="tabulated", seconds=search.seconds, meter=meter)
        counted = None if phases is None else (slots(search.space), inputs(search.numbers))  # before more is asked
        if task.sees_all and report.complete:
            report = _judged_on_the_whole(task, search, report, search.meter.bears(Whole.size(search)))
    return evolve(
        report,
        grew=() if report.complete else search.growth.told(),
        breakdown=None if phases is None or counted is None else Breakdown(*counted, phases.seconds),
    )


def _judged_on_the_whole(task: Task, search: Exploration, report: Report, bears: bool) -> Report:
    """Decide what only the whole graph shows; without memory for that, or time, nothing is said of it."""
    if not bears:
        return task.undecided_on_the_whole(report, search, None)
    try:
        with in_time(search.meter):
            return _decided(task, search, report)
    except BudgetSpent as spent:
        return task.undecided_on_the_whole(report, search, str(spent))


def _decided(task: Task, search: Exploration, report: Report) -> Report:
    began = clock()
    whole = Whole(search)
    occasions = Occasions(whole)

    def decide(clause: OfAll) -> Verdict:
        if isinstance(clause, AlwaysPossible):
            return whole.decide_possible(clause, occasions.in_states)
        return whole.decide(clause, occasions.in_states)

    judged = task.judged_on_the_whole(report, search, occasions.of_all(), decide)
    return evolve(judged, seconds=report.seconds + clock() - began)
