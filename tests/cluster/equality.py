"""Comparing searches that are made in parts, by several workers or one after the other, with one that the reference makes in one go."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from attrs import evolve

from concordant.checks.cluster.dividing.explore import explore_divided
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.judge import decided
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.scope import Scope
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.clusters import Tuning
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import AtRest, Clause, Fault
from tests.cluster.within import Within
from tests.tabulated.equality import TUNINGS, Found, found
from tests.tabulated.naming_systems import naming_system
from tests.tabulated.random_systems import leaves_ignored, random_system
from tests.tabulated.reductions import resumed
from tests.tabulated.symmetric_systems import symmetric_system
from tests.tabulated.timed_systems import timed_symmetric_system, timed_system

KINDS = (random_system, symmetric_system, timed_system, naming_system, timed_symmetric_system)
"""What makes random systems. Those that are symmetric are searched up to symmetry, and of the others each second one without what is ignored."""
SYMMETRIC = (symmetric_system, naming_system, timed_symmetric_system)


def of_safety(system: AnySystem, reductions: Reductions) -> tuple[Clause, ...]:
    """Return the promises of a system that are judged state by state."""
    safety, _ = decided(judged_with(system, reductions))
    return safety


def judged_with(system: AnySystem, reductions: Reductions) -> tuple[Clause, ...]:
    """Return the promises of a system that can be judged under some reductions."""
    return tuple(clause for clause in system.promises if not (reductions.leave_ignored and isinstance(clause, AtRest)))


def without_faults(report: Report) -> Found:
    """Return what a report says, but for the faults under which clauses were judged: these are known of the whole graph."""
    said = found(report)
    return evolve(said, judged=tuple(evolve(each, judged_under=Fault.NONE) for each in said.judged))


def divided(system: AnySystem, workers: int, clauses: tuple[Clause, ...] | None = None, **options: Any) -> Report:
    """Explore a system by several workers, which are threads of this process."""
    with closing(Within(workers)) as within:
        return explore_divided(system, clauses, carrier=within, passport=b"", **options)


def differing(number: int, most: int) -> tuple[int, list[str]]:
    """Compare, on the random system of a number, a search by one, two or three workers, and one that is stopped and resumed, with that of the reference.

    Returns whether this was done, since the system has so few states and is symmetric where it should be, and what differed.
    """
    make, seed = KINDS[number % len(KINDS)], number // len(KINDS)
    system, workers, tuning = make(seed), 1 + number % 3, TUNINGS[number % len(TUNINGS)]
    symmetric = make in SYMMETRIC
    reductions = Reductions(symmetry=symmetric, leave_ignored=not symmetric and seed % 2 == 0 and leaves_ignored(system))
    try:
        return differing_in_parts(Scope(f"{make.__name__}({seed})", "", system, reductions=reductions), workers, most, tuning)
    except UntrueSymmetry:  # the first steps tell nodes apart
        return 0, []


def differing_in_parts(scope: Scope, workers: int, most: int, tuning: Tuning | None = None) -> tuple[int, list[str]]:
    """Compare the same on a scope; return whether it has so few states that this was done, and what differed."""
    system, reductions = scope.system, scope.reductions
    clauses, safety = judged_with(system, reductions), of_safety(system, reductions)
    reference = explore(system, clauses, reductions=reductions, budget=Budget(states=most))
    if not reference.complete:
        return 0, []
    by_state = evolve(reference, verdicts=tuple(each for each in reference.verdicts if each.clause in safety))
    in_parts = divided(system, workers, safety, reductions=reductions, tuning=tuning)
    pairs = {
        f"divided over {workers}": (without_faults(in_parts), without_faults(by_state)),
        "stopped and resumed": (found(resumed(system, clauses, reductions)), found(reference)),
    }
    different = {how: pair for how, pair in pairs.items() if pair[0] != pair[1]}
    return 1, [f"{scope.name}, {reductions.names}, {how}:\n  {had}\n  reference {wanted}" for how, (had, wanted) in different.items()]
