"""Deciding clauses of liveness on the graph of a complete search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import Liveness, Tally
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import Path, frames
from concordant.checks.liveness.fair import NOWHERE, fair_components
from concordant.checks.liveness.lasso import Cycle, Way
from concordant.checks.liveness.obligations import graph_of, is_owed, is_strong, strongly_owed
from concordant.checks.semantics.canonical import order_key
from concordant.checks.semantics.seen import Memo
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.spec.vocabulary import Case, Fault, InfinitelyOften


def decide(
    semantics: Semantics,
    clause: Liveness,
    numbers: Mapping[State, int],
    edges: Edges[Taken],
    path: Callable[[State], Path],
    judged_under: Callable[[Liveness, Sequence[int]], Fault],
) -> Verdict:
    """Decide a clause of liveness. `numbers`: of all states, in the order of the search. `path`: returns a shortest path to a state, the stem of the lasso. `judged_under`: see `Occasions`.

    `eventually` is violated where a fair path comes again and again to a state in which a case fails; `infinitely_often` where
    one stays for ever among such states.
    """
    states = tuple(numbers)
    tally = Tally(clause, asks_later=True)
    failing = failing_cases(semantics, tally, states)
    if tally.cases == 0:
        return Verdict(clause, Status.VACUOUS)
    wrong = np.array([case is not None for case in failing], dtype=bool)
    allowed = wrong if isinstance(clause, InfinitelyOften) else np.ones(len(states), dtype=bool)
    graph = graph_of(semantics, states, edges, clause.given)
    strongly = strongly_owed(graph, clause.given)
    component = fair_components(graph, strongly, allowed)
    found = np.flatnonzero(wrong & (component != NOWHERE))
    if not len(found):
        fair = component if allowed.all() else fair_components(graph, strongly, np.ones(len(states), dtype=bool))
        under = judged_under(clause, np.flatnonzero(fair != NOWHERE).tolist())
        return Verdict(clause, Status.HOLDS, tally.cases, judged_under=under)
    base = states[int(found[0])]  # states are numbered in the order of the search: of the shortest stems this is one
    name = component[found[0]]
    return lasso(semantics, clause, tally, path(base), lambda state: bool(component[numbers[state]] == name), failing[int(found[0])])


def lasso(semantics: Semantics, clause: Liveness, tally: Tally, stem: Path, inside: Callable[[State], bool], case: Case | None) -> Verdict:
    """Return the verdict on a clause that a lasso violates, given its stem, the component of its cycle, and the case that fails."""
    start, steps = stem

    def out(state: State) -> Iterator[Way[State, Taken]]:
        for taken, target in semantics.successors(state):
            yield Way(taken, target, taken.move if is_owed(semantics, state, taken.move, clause.given) else None)

    base = steps[-1][1] if steps else start
    cycle = [(way.label, way.target) for way in Cycle(out, inside, partial(is_strong, given=clause.given), order_key, base).close()]
    facts = {} if case is None else case.facts
    return Verdict(clause, Status.VIOLATED, tally.cases, frames(semantics, (start, (*steps, *cycle))), facts, cycle=len(cycle))


def failing_cases(semantics: Semantics, tally: Tally, states: Sequence[State]) -> list[Case | None]:
    """Return for each state the first case that fails there; a clause is run once for each distinct reading."""
    memo: Memo[Case | None] = Memo(semantics.parts, tally.of)
    failing = [memo(state) for state in states]
    tally.asked.ask_again()
    return failing
