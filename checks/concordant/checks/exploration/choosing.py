"""Choosing the engine by what is seen: the reference begins, and where tables would be quicker everything is begun anew by them.

Tables win where states are combinations of few parts. Where each state brings an answer of its own, as in a counter, they have to ask as
often as the reference; and each level costs them a round of questions, whatever few states it has. So it is seen, of what was found since
the look before, how many answers were new, and how many states a level has. Both are counted, and not timed: who looks again sees the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import define, evolve, field, frozen

from concordant.checks.exploration.budget import Budget, Progress, SearchLimit, in_time
from concordant.checks.exploration.explore import Reductions, explore, prepare, search_through
from concordant.checks.exploration.report import Report
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import System
from concordant.refimpl.machine.search import Search

LOOK: Final = 10_000
"""How many states the reference finds before the first look; before each further one twice as many. It takes as long as tables take to be loaded."""
LOOK_AT_ORBITS: Final = 2_500
"""The same up to symmetry, where each state takes it four or five times as long: it chooses in Python who stands for whom."""
TO_COMPILE: Final = 10
"""So many times as many, where tables have to be compiled first."""
WIDE: Final = 16
"""States a level from which tables are quicker: a round of questions takes as long as the reference takes for half as many."""
WIDE_IN_ORBITS: Final = 4
"""The same up to symmetry, where each state takes the reference longer."""
TOLD: Final = 2
"""States for each new answer from which they are."""
WORD, IN_FLIGHT = 64, 2
"""Bits of a word; and how many times as many bits a state takes as its processes and the history, with what is in flight."""


class BeginAnew(Exception):  # noqa: N818  # it says what is to be done
    """Tables would be quicker. `states`: how many were found until now."""

    def __init__(self, states: int) -> None:
        super().__init__(f"tables would be quicker after {states:,} states")
        self.states = states


@frozen
class Sight:
    """How much was found: states, levels, and answers of handlers and histories, each counted once."""

    states: int = 0
    levels: int = 0
    answers: int = 0

    def suits_tables(self, before: Sight, *, symmetric: bool = False) -> bool:
        """Tell whether what was found since then would have been found more quickly by tables.

        >>> Sight(10_000, 10_000, 10_000).suits_tables(Sight())  # a counter
        False
        >>> Sight(10_000, 40, 800).suits_tables(Sight())
        True
        """
        states = self.states - before.states
        wide = WIDE_IN_ORBITS if symmetric else WIDE
        return states >= wide * (self.levels - before.levels) and states >= TOLD * (self.answers - before.answers)


@define(eq=False, repr=False)
class Chooser(SearchLimit):
    """A budget, and a look now and then at whether tables would be quicker. `semantics`: of what is searched; None where tables will not do."""

    semantics: Semantics | None = None
    _next: int = field(default=0, init=False)
    _before: Sight = field(factory=Sight, init=False)

    @property
    def first(self) -> int:
        """How many states are found before the first look."""
        return LOOK if self.semantics is None or self.semantics.symmetry is None else LOOK_AT_ORBITS

    def why_stop(self, search: Search[Any, Any]) -> str | None:
        """Say which part of the budget is spent; BeginAnew where tables would be quicker."""
        if self.semantics is not None and search.states >= max(self.first, self._next):
            self._look(search, self.semantics)
        return super().why_stop(search)

    def _look(self, search: Search[Any, Any], semantics: Semantics) -> None:
        seen = Sight(search.states, search.depth, semantics.parts.steps.handler_calls + len(semantics.parts.observations.histories))
        suits = seen.suits_tables(self._before, symmetric=semantics.symmetry is not None)
        if suits and (search.states >= TO_COMPILE * self.first or is_compiled(semantics)):
            raise BeginAnew(search.states)
        self._next, self._before = 2 * search.states, seen


def is_compiled(semantics: Semantics) -> bool:
    """Tell whether tables need not be compiled first, by rows that are about as wide as is seen by now."""
    from concordant.checks.tabulated.ahead import all_compiled  # noqa: PLC0415  # loaded where tables may be taken

    parts = semantics.parts
    values = *map(len, parts.steps.locals), len(parts.observations.histories)
    return all_compiled(1 + IN_FLIGHT * sum((count - 1).bit_length() for count in values) // WORD)


def explore_as_suits(
    system: System[Any],
    *,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    progress: Callable[[Progress], None] | None = None,
    workers: int = 1,
) -> Report:
    """Explore a system by the reference, or from where tables are seen to be quicker anew by these; the report is the same, and says so.

    `workers`: threads of the tabulated engine, which find the same.
    """
    budget = budget or Budget()
    with watching(budget.seconds):
        chooser = Chooser(budget, progress)
        with in_time(chooser.meter):
            task = prepare(system, None, reductions or Reductions())
        if task.semantics.delays is None:  # which only the reference counts
            chooser.semantics = task.semantics
        try:
            return search_through(task, chooser, None)
        except BeginAnew as anew:
            meter, lost, found = chooser.meter, chooser.seconds, anew.states
    del task, chooser  # whose states are many
    from concordant.checks.tabulated.explore import explore_tabulated  # noqa: PLC0415  # as above
    from concordant.checks.tabulated.numbers import Unsuited  # noqa: PLC0415  # as above

    try:
        report = explore_tabulated(system, budget=meter.rest(0), reductions=reductions, progress=progress, workers=workers)
    except Unsuited:  # tables have no room for something that the reference takes
        report, found = explore(system, budget=meter.rest(0), reductions=reductions, progress=progress), 0
    return evolve(report, seconds=report.seconds + lost, begun_anew=found)
