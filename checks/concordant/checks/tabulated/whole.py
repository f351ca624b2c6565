"""The whole graph of a search that is complete, over tables, and what is decided on it: liveness, and what stays possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.exploration.judge import Liveness, OfAll, Tally
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import Path
from concordant.checks.liveness.deciding import lasso
from concordant.checks.liveness.obligations import is_strong, may_be_owed
from concordant.checks.liveness.possible import verdict_of
from concordant.checks.semantics.seen import Memo
from concordant.checks.semantics.semantics import OWED_TO_NOBODY
from concordant.checks.semantics.states import State, Taken
from concordant.checks.tabulated.components import fair_components
from concordant.checks.tabulated.journal import VISITS
from concordant.checks.tabulated.kernel.fairness import NOBODY, NOWHERE, Arcs, leading, ways
from concordant.checks.tabulated.kernel.words import Ints, Words
from concordant.checks.tabulated.panels import Inquiry, Panel
from concordant.checks.tabulated.search import Exploration
from concordant.checks.tabulated.tracing import Transitions
from concordant.spec.vocabulary import AlwaysPossible, Case, Fair, Fault, InfinitelyOften

BYTES_A_STATE, BYTES_A_TRANSITION = 80, 8
Chosen = NDArray[np.bool_]


@define(eq=False, repr=False)
class Whole:
    """The states and transitions of one search. `passes`: how often the components of what was left were looked for, over all clauses."""

    search: Exploration
    graph: Transitions = field(init=False)
    passes: int = field(default=0, init=False)
    _table: Words = field(init=False)
    _fair: dict[Fair, Ints] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.search.space.journal.keeps = False  # what is asked from here on is not saved
        self.graph = self.search.transitions_of_all()
        self._table = self.search.space.states.numbering()

    @staticmethod
    def size(search: Exploration) -> int:
        """Return how many bytes the graph of a search takes, with what is needed to decide on it."""
        return BYTES_A_STATE * search.states + BYTES_A_TRANSITION * search.transitions

    # ---- what clauses say of all states

    def those(self, inquiries: list[Inquiry]) -> Callable[[Ints], Ints]:
        """Return a function that returns those of some states, by place, to which some inquiry says no."""
        search = self.search
        panel = Panel(search.clauses.groups, search.space, VISITS, inquiries)
        panel.regroup()

        def found(states: Ints) -> Ints:
            return search.space.states.places(panel.refused(self.graph.states[states]))

        return found

    # ---- liveness

    def decide(self, clause: Liveness, judged_under: Callable[[OfAll, Ints], Fault]) -> Verdict:
        """Decide a clause of liveness as `concordant.checks.liveness.deciding` does, with the same lasso."""
        tally, semantics = Tally(clause, asks_later=True), self.search.judge.semantics
        failing, wrong = self._failing(tally)
        if tally.cases == 0:
            return Verdict(clause, Status.VACUOUS)
        component = self._components(clause.given, wrong) if isinstance(clause, InfinitelyOften) else self.fair(clause.given)
        marked = (wrong & (component != NOWHERE)).astype(np.int8)
        if not marked.any():
            under = judged_under(clause, np.flatnonzero(self.fair(clause.given) != NOWHERE).astype(np.int32))
            return Verdict(clause, Status.HOLDS, tally.cases, judged_under=under)
        stem = self._way(marked)
        base = stem[1][-1][1] if stem[1] else stem[0]
        name = component[self._place(base)]
        return lasso(semantics, clause, tally, stem, lambda state: bool(component[self._place(state)] == name), failing(base))

    def decide_possible(self, clause: AlwaysPossible[Any], judged_under: Callable[[OfAll, Ints], Fault]) -> Verdict:
        """Decide a clause on what must stay possible as `concordant.checks.liveness.possible` does, with the same path."""
        tally, semantics, space = Tally(clause, asks_later=True), self.search.judge.semantics, self.search.space
        failing, wrong = self._failing(tally)
        helps = np.array([not isinstance(move, OWED_TO_NOBODY) for move in (*self.graph.moves, None)], np.int8)
        arcs = Arcs(self.graph.starts, self.graph.ends, self.graph.targets, self.graph.names, np.zeros(0, np.int32))
        able = (~wrong).astype(np.int8)
        leading(space.width, arcs, helps, able)
        perhaps = able.copy()
        perhaps[space.states.places(self.search.beyond_bounds)] = 1
        perhaps[space.states.places(space.at_an_end(self.graph.states))] = 1
        leading(space.width, arcs, helps, perhaps)
        lost = None
        if not perhaps.all():
            path = self._way(1 - perhaps)
            lost = path, failing(path[1][-1][1] if path[1] else path[0])
        under = Fault.NONE if lost else judged_under(clause, np.arange(len(able), dtype=np.int32))
        return verdict_of(semantics, tally, lost, bool(able.all()), under)

    def _failing(self, tally: Tally) -> tuple[Memo[Case | None], Chosen]:
        """Return what gives the first case that fails in a state, and in which states one does."""
        memo: Memo[Case | None] = Memo(self.search.judge.semantics.parts, tally.of)
        wrong = np.zeros(len(self.graph.states), bool)
        holds = Inquiry(memo.run, lambda case, _: case is None, lambda: False)
        wrong[self.those([holds])(np.arange(len(wrong), dtype=np.int32))] = True
        tally.asked.ask_again()
        return memo, wrong

    def fair(self, given: Fair) -> Ints:
        """Return for each state the component in which a fair path can stay for ever, NOWHERE where there is none."""
        if given not in self._fair:
            self._fair[given] = self._components(given, np.ones(len(self.graph.states), bool))
        return self._fair[given]

    def _components(self, given: Fair, allowed: Chosen) -> Ints:
        graph = self.graph
        owed: list[int] = []
        strongly: list[bool] = []
        for move in graph.moves:
            owed.append(len(strongly) if may_be_owed(move, given) else NOBODY)
            if owed[-1] != NOBODY:
                strongly.append(is_strong(move, given))
        arcs = Arcs(graph.starts, graph.ends, graph.targets, graph.names, np.array([*owed, NOBODY], np.int32))
        component, passes = fair_components(arcs, strongly, allowed)
        self.passes += passes
        return component

    def _way(self, marked: NDArray[np.int8]) -> Path:
        """Return the path that the reference search would find first to any of the states that are marked.

        Of the first of them on the nearest level, whoever reached it was the first of those on the level before that lead
        to one of them, and so on: so from the start, the first move in order that stays on shortest ways.
        """
        graph, semantics = self.graph, self.search.judge.semantics
        arcs = Arcs(graph.starts, graph.ends, graph.targets, graph.names, np.zeros(0, np.int32))
        depths, order = np.zeros(len(marked), np.int32), np.zeros(len(marked), np.int32)
        far = ways(self.search.space.width, arcs, depths, order, marked)
        (start,) = semantics.initial()
        steps: list[tuple[Taken, State]] = []
        for depth in range(1, far + 1):
            for taken, target in semantics.successors(steps[-1][1] if steps else start):
                place = self._place(target)
                if marked[place] and depths[place] == depth:
                    steps.append((taken, target))
                    break
        return start, tuple(steps)

    def _place(self, state: State) -> int:
        return self.search.place(state, self._table)
