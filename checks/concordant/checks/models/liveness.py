"""Deciding on the whole graph of a model: what must come about on every fair path, and what must stay possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import Liveness, OfAll
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.liveness.fair import NOWHERE, fair_components
from concordant.checks.liveness.lasso import Cycle, Way
from concordant.checks.liveness.obligations import NOBODY, Column, Graph
from concordant.checks.models.judging import ModelTally
from concordant.checks.models.semantics import MODEL, ModelSemantics, Path, State
from concordant.refimpl.machine import Fire
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import AlwaysPossible, Fair, InfinitelyOften

Chosen: TypeAlias = NDArray[np.bool_]


@frozen(eq=False)
class WholeModel:
    """A complete search: its states by number, in the order in which they were met, and its transitions as columns of numbers.

    `path`: a shortest path to a state. `failing`: in which states some case of a clause fails. `inside`: which lie within the bound.
    """

    semantics: ModelSemantics
    states: int
    sources: Column
    acts: Column
    targets: Column
    state: Callable[[int], State]
    path: Callable[[int], Path]
    failing: Callable[[ModelTally], Chosen]
    inside: Callable[[], Chosen]

    @classmethod
    def of_search(cls, semantics: ModelSemantics, search: Search[State, int], edges: Edges[int]) -> WholeModel:
        """Return what the plain search found."""
        states = tuple(search.reached)
        acts = np.array([edges.labels[name] for name in edges.named], dtype=np.int64)
        sources, targets = (np.frombuffer(column, dtype=np.intc).astype(np.int64) for column in (edges.sources, edges.targets))

        def failing(tally: ModelTally) -> Chosen:
            found = np.array([tally.judged(state) is not None for state in states], dtype=bool)
            tally.asked.ask_again()
            return found

        def inside() -> Chosen:
            return np.array([semantics.is_within(state) for state in states], dtype=bool)

        return cls(
            semantics, len(states), sources, acts, targets, states.__getitem__, lambda number: search.path(states[number]), failing, inside
        )

    def decided(self, clause: OfAll) -> Verdict | None:
        """Decide a clause; None where what would go on for ever on the bound of the scope is unknown."""
        if isinstance(clause, AlwaysPossible):
            return self._decide_possible(clause)
        return self._decide(clause) if self.inside().all() else None

    def _decide(self, clause: Liveness) -> Verdict:
        """Decide a clause of liveness, as it is decided of processes. Each own act that stays possible is owed, or is possible again and again."""
        tally = ModelTally(clause, semantics=self.semantics)
        wrong = self.failing(tally)
        if tally.cases == 0:
            return Verdict(clause, Status.VACUOUS)
        allowed = wrong if isinstance(clause, InfinitelyOften) else np.ones(self.states, dtype=bool)
        owed = [number for number in range(len(self.semantics.acts)) if clause.given and self.semantics.is_own(number)]
        is_strong = Fair.CHOICES in clause.given
        component = fair_components(self._graph(owed), np.full(len(owed), is_strong), allowed)
        found = np.flatnonzero(wrong & (component != NOWHERE))
        if not len(found):
            return Verdict(clause, Status.HOLDS, tally.cases)
        base = int(found[0])  # of the shortest stems this is one
        members = {self.state(int(each)) for each in np.flatnonzero(component == component[base])}

        def out(state: State) -> Iterator[Way[State, int]]:
            return (Way(number, target, number if number in owed else None) for number, target in self.semantics.successors(state))

        start, steps = self.path(base)
        cycle = Cycle(out, members.__contains__, lambda _: is_strong, int, self.state(base)).close()
        run = start, (*steps, *((way.label, way.target) for way in cycle))
        return evolve(self._violated(tally, run, self.state(base)), cycle=len(cycle))

    def _graph(self, owed: list[int]) -> Graph:
        """Return the transitions with what each discharges."""
        discharged = np.full(len(self.semantics.acts), NOBODY, dtype=np.int64)
        discharged[owed] = np.arange(len(owed))
        return Graph(
            self.states,
            self.sources,
            self.targets,
            discharged[self.acts],
            tuple(Fire(MODEL, self.semantics.acts[number][1]) for number in owed),
        )

    def _decide_possible(self, clause: AlwaysPossible[Any]) -> Verdict:
        """Decide a clause on what must stay possible, by whatever is no fault. What is possible beyond the bound of the scope is unknown."""
        tally = ModelTally(clause, semantics=self.semantics)
        good = ~self.failing(tally)
        if tally.cases == 0:
            return Verdict(clause, Status.VACUOUS)
        lost = np.flatnonzero(~self._leading_to(good | ~self.inside()))
        if len(lost):
            return self._violated(tally, self.path(int(lost[0])), self.state(int(lost[0])))
        return Verdict(clause, Status.HOLDS if self._leading_to(good).all() else Status.INCONCLUSIVE, tally.cases)

    def _leading_to(self, reached: Chosen) -> Chosen:
        """Return the states from which some of these can be reached, themselves included."""
        counts = np.array([self.semantics.moves(number) for number in range(len(self.semantics.acts))], dtype=bool)
        kept = counts[self.acts]
        sources, targets = self.sources[kept], self.targets[kept]
        found, before = reached.copy(), -1
        while (now := int(np.count_nonzero(found))) > before:
            found[sources[found[targets]]] = True
            before = now
        return found

    def _violated(self, tally: ModelTally, run: Path, state: State) -> Verdict:
        cases, case = tally.cases, tally.judged(state)
        facts = {} if case is None else case.facts
        return Verdict(tally.clause, Status.VIOLATED, cases, self.semantics.frames(run), facts, self.semantics.begun(run[0]))
