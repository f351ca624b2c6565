"""Exploring a system by many workers: the same report as one process gives, but for what only the whole graph shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.checks.cluster.dividing.hands import Hands, Lost, Reachable
from concordant.checks.cluster.dividing.search import Divided
from concordant.checks.cluster.passport import Passport
from concordant.checks.exploration.budget import Budget, Progress, in_time
from concordant.checks.exploration.explore import Reductions, Task, prepare
from concordant.checks.exploration.report import Report
from concordant.checks.semantics.watching import watching
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.search import started
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Clause

ATTEMPTS = 2
"""How many times a search is begun that loses a worker."""


def explore_divided(
    system: System[Any],
    clauses: tuple[Clause, ...] | None = None,
    *,
    carrier: Reachable,
    passport: bytes | None = None,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    until: Clause | tuple[Clause, ...] = (),
    progress: Callable[[Progress], None] | None = None,
    tuning: Tuning | None = None,
) -> Report:
    """Explore a system breadth first by as many workers as a carrier has room for; each owns a part of the states.

    If a worker is lost, everything is begun anew; a search that loses two is stopped, and its report says why. What the whole graph shows is left undecided.
    """
    shown = Passport.here().written() if passport is None else passport
    lost: list[str] = []
    while True:
        hands = Hands(carrier, shown, None if budget is None else budget.memory)
        with watching(None if budget is None else budget.seconds):
            meter = started(budget or Budget())
            with in_time(meter):
                task = prepare(system, clauses, reductions or Reductions(), until)
            try:
                search = Divided(task.judge, meter, progress, tuning or Tuning(), hands=hands)
                if len(lost) < ATTEMPTS:
                    search.run()
                else:
                    search.stopped = (
                        f"{ATTEMPTS} times a worker was lost: {', then '.join(lost)}; it may have been out of memory: give --budget"
                    )
                return _reported(task, search)
            except Lost as gone:
                lost.append(str(gone))
            finally:
                hands.end()


def _reported(task: Task, search: Divided) -> Report:
    report = task.report(search, engine="tabulated", seconds=search.seconds, meter=search.meter)
    if report.complete and task.sees_all:
        report = evolve(task.undecided_on_the_whole(report, search, None), divided=True)
    return evolve(report, grew=() if report.complete else search.growth.told())
