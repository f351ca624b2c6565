"""Searching within a budget: breadth first, as `concordant.refimpl.machine.search` says, with time, memory, progress and Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self

from attrs import define, field, frozen

from concordant.checks.exploration.budget import INTERRUPTED, Budget, Meter
from concordant.checks.exploration.edges import Edges
from concordant.refimpl.machine.search import BreadthFirst, L, S, TransitionSystem, Visitor

__all__ = ["Progress", "Search", "TransitionSystem", "Visitor"]


@frozen
class Progress:
    """How far a search has come. `frontier`: states met and not yet left."""

    states: int
    transitions: int
    depth: int
    frontier: int
    seconds: float


@define(eq=False)
class Search(BreadthFirst[S, L]):
    """A search within a budget, and what it found."""

    budget: Budget = field(factory=Budget)
    edges: Edges[L] | None = field(default=None, kw_only=True)
    progress: Callable[[Progress], None] | None = field(default=None, kw_only=True)
    seconds: float = field(default=0, init=False)
    _meter: Meter = field(init=False)
    _began: float = field(init=False)

    def run(self) -> Self:
        """Search until everything is searched, the visitor is satisfied, the budget is spent or Ctrl-C is pressed."""
        self._began = time.perf_counter()
        self._meter = self.budget.start()
        try:
            super().run()
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        finally:
            self.seconds = time.perf_counter() - self._began
        return self

    def why_stop(self, frontier: int) -> str | None:
        """Say which part of the budget is spent; otherwise tell now and then how far the search has come."""
        meter = self._meter
        stopped = meter.spent(self.states)
        if not stopped and self.progress and self.states >= meter.next_report:
            meter.next_report = self.states + 2_000
            self.progress(Progress(self.states, self.transitions, self.depth, frontier, time.perf_counter() - self._began))
        return stopped
