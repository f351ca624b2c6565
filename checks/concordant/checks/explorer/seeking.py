"""Seeking from a place the nearest one where a clause is false, or where something is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, frozen

from concordant.checks.exploration.budget import Budget, Progress, SearchLimit
from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.explorer.truths import TELLING
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.misuse import Misuse
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Clause

BUDGET = Budget(seconds=20, states=200_000)
"""How long a reader waits."""


@frozen
class Sought:
    """What a search from a place found. `run`: the nearest run that goes on from there and ends where the clause tells, if any.

    `states`: among how many. `stopped`: why no more were looked at; None where nothing is left.
    """

    run: tuple[int, ...] | None
    states: int
    stopped: str | None

    def said(self, since: int) -> str:
        """Say what was found, from a place after so many moves. That nothing was found is never called more than that."""
        if self.run is not None:
            return f"{counted(len(self.run) - since, 'move')} from where you were"
        stopped = f"; stopped, {self.stopped}: what lies further is unknown" if self.stopped else ", which are all"
        return f"no such place among {counted(self.states, 'state')} from here{stopped}"


def why_stopped(search: Search[Any, Any], semantics: Semantics) -> str | None:
    """Say why a search that has ended need not have seen all: a budget, the bound of the scope, the end of its time; None where it has."""
    bound = ["at the bound of the scope"] if search.beyond else []
    time = [f"where time ends, when a clock shows {semantics.horizon}"] if semantics.horizon else []
    return search.stopped or " and ".join(bound + time) or None


@define(eq=False)
class _FromHere:
    """The same moves, from another start."""

    semantics: Semantics
    start: State

    def initial(self) -> tuple[State]:
        return (self.start,)

    def successors(self, state: State) -> Iterator[tuple[Taken, State]]:
        return self.semantics.successors(state)


@watching()
def nearest(
    explorer: Explorer, numbers: tuple[int, ...], clause: Clause, budget: Budget = BUDGET, told: Callable[[Progress], None] | None = None
) -> Sought:
    """Seek the nearest place, here included, in which a clause of safety is false, or a `sometimes` is reached.

    One of liveness is a Misuse: it is false of a whole path, and of no place. `told`: hears now and then how far the search has come.
    """
    safety, _ = decided((clause,))
    if not safety:
        raise Misuse(f"{clause.id} says something of whole paths, so that it is false in no one place; concordant check shows the lasso")
    if any(truth.clause.id == clause.id and truth.here in TELLING for truth in explorer.at(numbers).truths):
        return Sought(numbers, 1, None)
    judge = Judge(explorer.semantics, safety, (clause,))
    tally = judge.tallies[clause.id]
    tally.cases, tally.telling = 0, None  # what the first steps announce is no move from here
    search = Search(_FromHere(explorer.semantics, explorer.state(numbers)), judge, SearchLimit(budget, told)).run()
    if tally.telling is None or tally.state is None:
        return Sought(None, search.states, why_stopped(search, explorer.semantics))
    start, steps = search.path(tally.state)
    path = (start, steps if tally.edge is None else (*steps, tally.edge))
    return Sought((*numbers, *explorer.numbered(path)), search.states, None)
