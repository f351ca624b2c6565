"""Random walks over tables, for systems too large to search: many walkers in step, each with draws of its own."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

import numpy as np
from attrs import define, evolve, field
from numpy.typing import NDArray

from concordant.checks.exploration.budget import Budget, BudgetSpent, Progress, in_time
from concordant.checks.exploration.explore import Reductions, prepare
from concordant.checks.exploration.minimise import minimised
from concordant.checks.exploration.report import Report, Status
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.watching import watching
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.walking import stroll
from concordant.checks.tabulated.kernel.words import GOLDEN, HALF, SCRAMBLE, Ints, Words
from concordant.checks.tabulated.search import Exploration, started
from concordant.checks.tabulated.worker import Worker
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Clause

LOT: Final = 1 << 12
"""How many walkers go in step."""


@define(eq=False, repr=False)
class Walker(Worker):
    """A worker that makes one drawn move from a state, not all. What it is given to do are walkers, by number."""

    where: Ints = field(init=False)
    draws: Words = field(init=False)

    def make_moves(self, work: w.Work, memory: q.Memory, readings: Readings, watched: Words) -> None:
        """Make one move with each of the walkers of `work.todo`, as far as there is room."""
        space = self.space
        stroll(
            space.width,
            space.rules,
            space.layout,
            space.states.rows,
            space.reached.store,
            memory,
            readings,
            self.lists,
            watched,
            work,
            self.where,
            self.draws,
        )


@define(eq=False, repr=False)
class Walks(Exploration):
    """Random walks from the initial state. `walked`: how many are done. Transitions are moves made.

    Every state visited is judged, with every move that is possible there; a state beyond the bound of the scope ends a walk.
    """

    walks: int = 1_000
    moves: int = 100
    seed: int = 0
    walked: int = field(default=0, init=False)
    _rested: NDArray[np.bool_] = field(factory=lambda: np.zeros(1 << 10, np.bool_), init=False)

    def _search(self) -> None:
        try:
            self._walk()
        except BudgetSpent as spent:
            self.stopped = str(spent)
        done = f"{self.walks:,}" if self.walked == self.walks else f"{self.walked:,} of {self.walks:,}"
        why = f" ({self.stopped})" if self.stopped else ""
        self.stopped = f"{done} random walks of at most {self.moves:,} moves, seed {self.seed}{why}"

    def _walk(self) -> None:
        walker = Walker(self.space)
        self.team.workers = [walker]
        start = np.zeros(1, np.int32)
        beyond = self.clauses.visit(start)
        self.beyond = len(beyond)
        for first in range(0, self.walks, LOT):
            numbers = np.arange(first, min(first + LOT, self.walks), dtype=np.uint64)
            walker.where = np.zeros(len(numbers), np.int32)
            going = np.arange(len(numbers), dtype=np.int32)
            for move in range(self.moves):
                going = going[(walker.where[going] >= 0) & ~np.isin(walker.where[going], beyond)]
                if not len(going) or self._ends():
                    break
                walker.draws = draws(self.seed, numbers, move)
                self.team.expand(going)
                self.depth = max(self.depth, move + 2)
                beyond = np.concatenate([beyond, self.clauses.visit(self.team.take_changed())])
                self.beyond = len(beyond)
                self._rest(self._first_rests())
                self._tell_progress(len(going))
            if self._ends():
                break
            self.walked += len(numbers)

    def _first_rests(self) -> Ints:
        """Return the states at rest that were not met before."""
        rests: Ints = np.unique(self.team.take_rests())
        self._rested = grown(self._rested, self.states)
        first = rests[~self._rested[rests]]
        self._rested[first] = True
        return first


def draws(seed: int, walks: Words, move: int) -> Words:
    """Return a random word for each of some walks, by number, at one move; it depends on nothing else."""
    key = np.frombuffer(sha256(str(seed).encode()).digest()[:8], "<u8")
    return _mixed(_mixed(key + (walks + np.uint64(1)) * GOLDEN) + np.full(1, move, np.uint64) * GOLDEN)


def _mixed(words: Words) -> Words:
    for _ in range(2):
        words = (words ^ words >> HALF) * SCRAMBLE
    return words ^ words >> HALF


@watching()
def walk(
    system: System[Any],
    clauses: tuple[Clause, ...] | None = None,
    *,
    walks: int = 1_000,
    moves: int = 100,
    seed: int = 0,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    progress: Callable[[Progress], None] | None = None,
    tuning: Tuning | None = None,
) -> Report:
    """Walk at random through a system, and judge its promises, or the clauses given, in every state visited.

    Each move is drawn from those possible, all equally likely, and all of them are judged. The report is never complete: what holds in all states
    visited is `inconclusive`. A counterexample is minimised, not claimed to be shortest. The same arguments give the same
    report. Symmetry is not reduced. Raises what `explore_tabulated` raises.
    """
    if walks < 1 or moves < 1:
        raise Misuse(f"{walks} walks of {moves} moves show nothing; make at least one walk of one move")
    meter = started(budget or Budget())
    with in_time(meter):
        task = prepare(system, clauses, evolve(reductions or Reductions(), symmetry=False))
    search = Walks(task.judge, meter, progress, evolve(tuning or Tuning(), words=2), walks=walks, moves=moves, seed=seed)
    report = task.report(search.run(), engine="tabulated", seconds=search.seconds)
    verdicts = tuple(minimised(system, each) if each.status is Status.VIOLATED and each.trace else each for each in report.verdicts)
    return evolve(report, verdicts=verdicts, sampled=True)
