"""What every clause of safety says of all that was explored so far, from the start, with the shortest run where it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field, frozen

from concordant.checks.exploration.budget import Budget, Progress, SearchLimit
from concordant.checks.exploration.judge import Judge, Tally, decided
from concordant.checks.explorer.seeking import why_stopped
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.promises import is_promised
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Clause, Sometimes


@frozen
class SoFar:
    """What is known of a clause. `cases`: how many were judged; `run`: the shortest to where it is false, or reached, if there is one."""

    clause: Clause
    promised: bool
    cases: int
    run: tuple[int, ...] | None

    def said(self, states: int, stopped: str | None) -> str:
        """Say it, of so many states. What was not explored is never spoken of: `stopped` says why there may be more; None where these are all."""
        among = f"in all {counted(states, 'state')}" if stopped is None else f"in {counted(states, 'state')} so far"
        if isinstance(self.clause, Sometimes):
            return f"not reached {among}" if self.run is None else f"reached after {counted(len(self.run), 'move')}"
        if self.run is not None:
            return f"false after {counted(len(self.run), 'move')}{'' if self.promised else ', where it is not promised'}"
        return f"no violation {among}" if self.cases else f"no case {among}"

    def tone(self, stopped: str | None) -> str:
        """Tell whether that is good or bad, or open: what should happen and never does, in all there is, is bad."""
        if isinstance(self.clause, Sometimes):
            return "good" if self.run is not None else "bad" if self.promised and stopped is None else "open"
        return "bad" if self.promised and self.run is not None else "open"


@frozen
class Everything:
    """What is known of all clauses of safety. `stopped`: why no more was explored; None where that is all."""

    clauses: tuple[SoFar, ...]
    states: int
    stopped: str | None

    @property
    def says(self) -> str:
        """Say how far it came."""
        return f"{counted(self.states, 'state')}{', which are all' if self.stopped is None else f'; {self.stopped}: what lies further is unknown'}"


@watching()
def explored(explorer: Explorer, budget: Budget, told: Callable[[Everything, int], None] | None = None) -> Everything:
    """Explore from the start, breadth first, and judge all clauses of safety that the system promises. `told`: hears now and then what is known, and how deep it is."""
    return _Exploration(explorer, budget, told).run()


@define(eq=False)
class _Exploration:
    explorer: Explorer
    budget: Budget
    told: Callable[[Everything, int], None] | None
    runs: dict[str, tuple[int, ...]] = field(factory=dict, init=False)
    judge: Judge = field(init=False)
    search: Search[Any, Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        safety, _ = decided(self.explorer.setting.system.promises)
        self.judge = Judge(self.explorer.semantics, safety)
        self.search = Search(self.explorer.semantics, self.judge, SearchLimit(self.budget, self._tell))

    def run(self) -> Everything:
        """Explore until all is judged, or the budget is spent."""
        self.search.run()
        return self._known(self.search.states, why_stopped(self.search, self.explorer.semantics))

    def _tell(self, progress: Progress) -> None:
        if self.told is not None:
            self.told(self._known(progress.states, "it goes on"), progress.depth)

    def _known(self, states: int, stopped: str | None) -> Everything:
        return Everything(tuple(self._so_far(tally) for tally in self.judge.tallies.values()), states, stopped)

    def _so_far(self, tally: Tally) -> SoFar:
        promised = is_promised(tally.clause, self.explorer.setting.system)
        return SoFar(tally.clause, promised, tally.cases, None if tally.telling is None else self._run(tally))

    def _run(self, tally: Tally) -> tuple[int, ...]:
        """Return the run to where a clause tells; of what the first steps of the processes announce, none."""
        known = self.runs.get(tally.clause.id)
        if known is None:
            known = self.runs[tally.clause.id] = () if tally.state is None else self._numbered(tally.state, tally.edge)
        return known

    def _numbered(self, state: State, edge: tuple[Taken, State] | None) -> tuple[int, ...]:
        start, steps = self.search.path(state)
        return self.explorer.numbered((start, steps if edge is None else (*steps, edge)))
