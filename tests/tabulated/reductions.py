"""Comparing reduced runs with full ones: every verdict, every length, and every trace made again without any reduction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Report, Verdict
from concordant.checks.semantics.handlers import view_class
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.checkpoint import Checkpoint
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import AtRest, Cases, Clause, Send, Sometimes, case
from tests.tabulated.adaptive_clauses import adaptive, assumption, bound, full_of_names
from tests.tabulated.equality import TUNINGS
from tests.tabulated.naming_systems import Rumoured, Said
from tests.tabulated.random_systems import Heard, Noticed, dice, leaves_ignored, random_system
from tests.tabulated.symmetric_systems import symmetric_system

CLAUSES = 12
"""How many clauses are drawn for each system."""


SIZES = ((4, 1), (5, 1), (6, 1), (4, 2), (3, 3), (5, 2), (4, 3), (5, 3), (4, 4), (1, 6))
"""How many nodes and hubs there are: up to eight that can be exchanged, in up to 720 ways."""
ENGINES = (explore, explore_tabulated)
Maker: TypeAlias = Callable[[int], System[Any]]
"""Makes the system of a seed."""


@frozen
class Compared:
    """How many pairs of a system and a clause were compared, how many of the clauses told, how many systems were refused, and what differs."""

    pairs: int = 0
    refused: int = 0
    told: int = 0
    differences: tuple[str, ...] = ()

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            self.pairs + other.pairs,
            self.refused + other.refused,
            self.told + other.told,
            self.differences + other.differences,
        )


def compared_up_to_symmetry(seed: int, most: int, make: Maker = symmetric_system) -> Compared:
    """Compare, on the symmetric random system of a seed, runs up to symmetry with the full run."""
    draw, system = dice("adaptive", seed), make(seed)
    names = tuple(address for group in system.symmetric for block in group for address in block if address in system.processes)
    system = _bounded(system, draw, names)
    both = leaves_ignored(system) and draw.random() < 0.3
    return _compared(system, f"{make.__name__} {seed}", _clauses(draw, names, system), Reductions(symmetry=True, leave_ignored=both), most)


def compared_among_many(seed: int, most: int) -> Compared:
    """Compare, on a random system with four to eight that can be exchanged, runs up to symmetry with the full run; one of them on threads, one stopped and resumed."""
    draw = dice("many", seed)
    system = symmetric_system(seed, draw.choice(SIZES))
    names = tuple(address for group in system.symmetric for block in group for address in block if address in system.processes)
    clauses = _clauses(draw, names, system)
    system = _bounded(system, draw, names)
    small = _reduced(partial(explore_tabulated, budget=Budget(states=most)), system, clauses, Reductions(symmetry=True))
    if small is not None and not small.complete:  # in full it is too large
        return Compared()
    threads = partial(explore_tabulated, workers=2 + seed % 2, tuning=TUNINGS[seed % len(TUNINGS)])
    engines = (*ENGINES, threads, resumed)
    return _compared(system, f"many, seed {seed}", clauses, Reductions(symmetry=True), 100 * most, engines)


def _bounded(system: System[Any], draw: Random, names: tuple[Any, ...]) -> System[Any]:
    """Give a few systems one more bound, or assumption, which may tell processes apart."""
    if draw.random() < 0.1:
        system = evolve(system, within=(*system.within, bound(draw, names, _shown(system))))
    if draw.random() < 0.1:
        system = evolve(system, assume=(*system.assume, assumption(draw, names, _shown(system))))
    return system


def resumed(system: System[Any], clauses: tuple[Clause, ...], reductions: Reductions) -> Report:
    """Search in pieces, each of which goes on from what the one before has saved."""
    states, tuning = 5, Tuning(chunk=5)
    with TemporaryDirectory() as folder:
        checkpoint = Path(folder, "saved")
        while True:
            budget = Budget(states=states)
            report = explore_tabulated(
                system, clauses, reductions=reductions, tuning=tuning, budget=budget, checkpoint=Checkpoint(checkpoint)
            )
            if report.complete:
                return report
            states = max(report.states + 1, 4 * states)


def compared_leaving_ignored(seed: int, most: int, make: Maker = random_system) -> Compared:
    """Compare, on the random system of a seed, runs that leave ignored messages in flight with the full run."""
    draw, system = dice("adaptive", seed), make(seed)
    if not leaves_ignored(system):
        return Compared()
    return _compared(
        system, f"{make.__name__} {seed}", _clauses(draw, tuple(system.processes), system), Reductions(leave_ignored=True), most
    )


def _clauses(draw: Random, names: tuple[Any, ...], system: System[Any]) -> tuple[Clause, ...]:
    view = _shown(system)
    events: tuple[type[Any], ...] = (Noticed, Heard, Send)
    if full_of_names(view):  # where many are told one thing, the sends of a step tell them apart
        events = draw.choice(((Said, Rumoured), (Said, Rumoured, Send)))
    return adaptive(draw, names, view, events, CLAUSES)


def _shown(system: System[Any]) -> type[Any]:
    return view_class(next(iter(system.processes.values())))


def _compared(
    system: System[Any],
    name: str,
    clauses: tuple[Clause, ...],
    reductions: Reductions,
    most: int,
    engines: tuple[Callable[..., Report], ...] = ENGINES,
) -> Compared:
    if reductions.leave_ignored or system.clocks is not None:
        clauses = tuple(clause for clause in clauses if not isinstance(clause, AtRest))
    full = explore_tabulated(system, clauses, budget=Budget(states=most))
    if not full.complete:
        return Compared()
    reduced = [_reduced(engine, system, clauses, reductions) for engine in engines]
    if all(report is None for report in reduced):
        return Compared(refused=1)
    found = [each for report in reduced for each in (_differences(system, full, report) if report else ["refused by one engine alone"])]
    told = sum(verdict.trace is not None for verdict in full.verdicts)
    return Compared(len(clauses), 0, told, tuple(f"{name}, {reductions.names}: {each}" for each in found))


def _reduced(engine: Callable[..., Report], system: System[Any], clauses: tuple[Clause, ...], reductions: Reductions) -> Report | None:
    try:
        return engine(system, clauses, reductions=reductions)
    except UntrueSymmetry:
        return None


def _differences(system: System[Any], full: Report, reduced: Report) -> list[str]:
    found: list[str] = []
    for whole, part in zip(full.verdicts, reduced.verdicts, strict=True):
        if (whole.status, whole.length) != (part.status, part.length):
            found.append(f"{reduced.engine}: {whole.clause} {whole.status} {whole.length} in full, but {part.status} {part.length}")
        elif part.trace is not None and not _shows(system, part):
            found.append(f"{reduced.engine}: {whole.clause} is not shown by its trace")
        elif reduced.reductions == ("symmetry",) and whole.judged_under != part.judged_under:
            found.append(f"{reduced.engine}: {whole.clause} judged under {whole.judged_under} in full, but {part.judged_under}")
    return found


def _shows(system: System[Any], verdict: Verdict) -> bool:
    """Make the moves of a trace without any reduction; tell whether its last state or its last move shows the same facts."""
    semantics = Semantics(system)
    start, steps = run(semantics, tuple(frame.move for frame in verdict.trace or ()))
    states = [start, *(target for _, target in steps)]
    told: list[object] = []
    judge = Judge(semantics, decided((_noting(verdict.clause, told),))[0])
    if steps and not isinstance(verdict.clause, AtRest):
        judge.cross(states[-2], *steps[-1])
    judge.visit(states[-1])
    if isinstance(verdict.clause, AtRest):
        for step in semantics.successors(states[-1]):
            judge.cross(states[-1], *step)
        judge.leave(states[-1])
    return verdict.facts in told


def _noting(clause: Any, told: list[object]) -> Clause:
    """Return a clause that notes the facts of every case that tells, and never tells itself."""
    wanted = isinstance(clause, Sometimes)

    def cases(*given: Any) -> Cases:
        for each in clause.cases(*given):
            if each.holds is wanted:
                told.append(each.facts)
            yield case(not wanted)

    noting: Clause = evolve(clause, cases=cases)
    return noting
