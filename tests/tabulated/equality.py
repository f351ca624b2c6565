"""Comparing the two explorers: everything in a report that does not depend on the order of states within a level."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Frame, Report, Status, Verdict
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.registry import protocols
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import AnySystem, System
from concordant.spec.vocabulary import AtRest, Clause, Fault
from tests.explorations import explored
from tests.tabulated.late_reading import late_reading_system
from tests.tabulated.naming_systems import naming_system
from tests.tabulated.random_systems import leaves_ignored, random_system
from tests.tabulated.symmetric_systems import symmetric_system
from tests.tabulated.timed_systems import timed_symmetric_system, timed_system

TUNINGS = (
    Tuning(piece=3),
    Tuning(fused_bits=0, cluster_bits=0, paired_bits=0, room=1, piece=1),
    Tuning(fused_bits=12, chunk=7, piece=1, word_bits=24),
    Tuning(fused_bits=0, cluster_bits=9, paired_bits=4, piece=1),
)


@frozen
class Judged:
    """A verdict, without the case that was met first. `vacuous`: no case was met at all. `lasso`: of a clause of liveness, all of its trace."""

    clause: str
    status: Status
    length: int | None
    vacuous: bool
    judged_under: Fault
    cycle: int | None
    lasso: tuple[Frame, ...] | None


@frozen
class Found:
    """What a report says, whichever explorer made it."""

    states: int
    transitions: int
    depth: int
    at_rest: int
    beyond: int
    allowed: Fault
    occurred: Fault
    dropped: int
    never: tuple[tuple[str, str], ...]
    handler_calls: int
    stopped: str | None
    members: int
    reductions: tuple[str, ...]
    judged: tuple[Judged, ...]


def found(report: Report) -> Found:
    """Return what both explorers must agree on."""
    return Found(
        report.states,
        report.transitions,
        report.depth,
        report.at_rest,
        report.beyond,
        report.allowed,
        report.occurred,
        report.dropped,
        report.never,
        report.handler_calls,
        report.stopped,
        report.members,
        report.reductions,
        tuple(map(judged, report.verdicts)),
    )


def judged(verdict: Verdict) -> Judged:
    """Return what both explorers must agree on of a verdict."""
    lasso = None if verdict.cycle is None else verdict.trace
    return Judged(verdict.clause.id, verdict.status, verdict.length, verdict.cases == 0, verdict.judged_under, verdict.cycle, lasso)


def scopes_of(size: Size) -> list[Any]:
    """List the scopes and families of a size that can be tabulated, of all protocols, each with its name, as parameters of a test."""
    named: list[tuple[str, Scope | Family]] = []
    for each in protocols():
        named += [(f"{each.stem}/{scope.name}", scope) for scope in each.scopes if scope.size is size and suited(scope)]
        named += [(f"{each.stem}/{family.name}", family) for family in each.families if family.size is size]
    return [pytest.param(*each, id=each[0]) for each in named]


WIDE = {"state_checkpoint/two_kept", "prefetch_execution/failures"}
"""Scopes whose rows have more words than those for which `make compiled` compiles the engine: they are left to `make test-all`."""


def suited(scope: Scope) -> bool:
    """Tell whether a scope can be tabulated: how long a message travels only the reference explorer counts."""
    return scope.system.network.delay is None


def assert_equal_on(name: str, scope: Scope | Family, threads: int = 1) -> None:
    """Explore a scope or family by the tabulated explorer, on so many threads, and compare with the reference."""
    explorer = partial(explore_tabulated, workers=threads)
    tabulated = explore_family(scope, None, explorer) if isinstance(scope, Family) else explorer(scope.system, reductions=scope.reductions)
    assert (name, found(tabulated)) == (name, found(explored(scope)))


def assert_equal(system: System[Any], clauses: tuple[Clause, ...] | None = None, **options: Any) -> None:
    """Explore a system twice; in the reports, all that can be compared is equal."""
    reference = explore(system, clauses, **options)
    assert found(explore_tabulated(system, clauses, **options)) == found(reference)


def differing(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the random system of a seed, with and without the reduction of ignored messages.

    The tabulated one runs alone, and with two or three threads and other tuning. Returns how many of the runs the reference
    finished within so many states, and what differed.
    """
    return _differing_in(random_system(seed), f"seed {seed}", seed, most)


def differing_reading_late(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the random system of a seed that is judged by what is read late, as `differing` does."""
    return _differing_in(late_reading_system(seed), f"late seed {seed}", seed, most)


def differing_in_time(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the random system of a seed with clocks, as `differing` does."""
    return _differing_in(timed_system(seed), f"timed seed {seed}", seed, most)


def _differing_in(system: AnySystem, name: str, seed: int, most: int) -> tuple[int, list[str]]:
    ways = (Reductions(), Reductions(leave_ignored=True)) if leaves_ignored(system) else (Reductions(),)
    return _differing(system, name, ways, seed, most, (1, 2 + seed % 2))


def differing_up_to_symmetry(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the symmetric random system of a seed, with and without the reduction by symmetry."""
    return _differing_images(symmetric_system(seed), f"symmetric seed {seed}", seed, most)


def differing_with_names(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the random system of a seed that is full of names, as `differing_up_to_symmetry` does."""
    return _differing_images(naming_system(seed), f"naming seed {seed}", seed, most)


def differing_up_to_symmetry_in_time(seed: int, most: int) -> tuple[int, list[str]]:
    """Compare the explorers on the symmetric random system of a seed with clocks, as `differing_up_to_symmetry` does."""
    return _differing_images(timed_symmetric_system(seed), f"timed symmetric seed {seed}", seed, most)


def _differing_images(system: AnySystem, name: str, seed: int, most: int) -> tuple[int, list[str]]:
    try:
        Semantics(system, symmetric=True)
    except UntrueSymmetry:  # the first steps tell nodes apart
        return 0, []
    return _differing(system, name, (Reductions(symmetry=True), Reductions()), seed, most, (1, 2))


def _differing(
    system: System[Any], name: str, ways: tuple[Reductions, ...], seed: int, most: int, workers: tuple[int, ...]
) -> tuple[int, list[str]]:
    compared, differences = 0, []
    for reductions in ways:
        clauses = tuple(clause for clause in system.promises if not (reductions.leave_ignored and isinstance(clause, AtRest)))
        reference = explore(system, clauses, budget=Budget(states=most), reductions=reductions)
        if not reference.complete:
            continue
        compared += 1
        for number, threads in enumerate(workers):
            tuning = TUNINGS[(seed + number) % len(TUNINGS)]
            tabulated = explore_tabulated(system, clauses, reductions=reductions, tuning=tuning, workers=threads)
            if found(tabulated) != found(reference):
                what = f"{name}, {reductions.names}, {threads} workers"
                differences.append(f"{what}:\n  reference {found(reference)}\n  tabulated {found(tabulated)}")
    return compared, differences
