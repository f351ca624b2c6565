"""Deciding on the whole graph of a model: what must come about on every fair path, and what must stay possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import evolve

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import Liveness
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.liveness.fair import NOWHERE, fair_components
from concordant.checks.liveness.lasso import Cycle, Way
from concordant.checks.liveness.obligations import NOBODY, Graph
from concordant.checks.liveness.possible import leading_to
from concordant.checks.models.judging import ModelTally
from concordant.checks.models.semantics import MODEL, ModelSemantics, Path, State
from concordant.refimpl.machine import Fire
from concordant.spec.vocabulary import AlwaysPossible, Case, Fair, InfinitelyOften


def decide(
    semantics: ModelSemantics, clause: Liveness, numbers: Mapping[State, int], edges: Edges[int], path: Callable[[State], Path]
) -> Verdict:
    """Decide a clause of liveness, as it is decided of processes. Each own act that stays possible is owed, or is possible again and again.

    `numbers`: of all states, in the order of the search. `path`: returns a shortest path to a state, the stem of the lasso.
    """
    states, tally = tuple(numbers), ModelTally(clause, semantics=semantics)
    failing = _failing(tally, states)
    if tally.cases == 0:
        return Verdict(clause, Status.VACUOUS)
    wrong = np.array([case is not None for case in failing], dtype=bool)
    allowed = wrong if isinstance(clause, InfinitelyOften) else np.ones(len(states), dtype=bool)
    owed = {number: place for place, number in enumerate(_owed(semantics, clause.given))}
    graph = _graph(semantics, len(states), edges, owed)
    is_strong = Fair.CHOICES in clause.given
    component = fair_components(graph, np.full(len(owed), is_strong), allowed)
    found = np.flatnonzero(wrong & (component != NOWHERE))
    if not len(found):
        return Verdict(clause, Status.HOLDS, tally.cases)
    base, name = states[int(found[0])], component[found[0]]  # of the shortest stems this is one
    start, steps = path(base)

    def out(state: State) -> Iterator[Way[State, int]]:
        return (Way(number, target, number if number in owed else None) for number, target in semantics.successors(state))

    cycle = Cycle(out, lambda state: bool(component[numbers[state]] == name), lambda _: is_strong, int, base).close()
    run = start, (*steps, *((way.label, way.target) for way in cycle))
    return evolve(_violated(semantics, tally, run, failing[int(found[0])]), cycle=len(cycle))


def decide_possible(
    semantics: ModelSemantics, clause: AlwaysPossible[Any], numbers: Mapping[State, int], edges: Edges[int], path: Callable[[State], Path]
) -> Verdict:
    """Decide a clause on what must stay possible, by whatever is no fault. What is possible beyond the bound of the scope is unknown."""
    states, tally = tuple(numbers), ModelTally(clause, semantics=semantics)
    failing = _failing(tally, states)
    if tally.cases == 0:
        return Verdict(clause, Status.VACUOUS)
    before: dict[int, list[int]] = {}
    for source, number, target in edges:
        if semantics.moves(number):
            before.setdefault(target, []).append(source)
    good = [number for number, case in enumerate(failing) if case is None]
    perhaps = leading_to([*good, *(number for number, state in enumerate(states) if not semantics.is_within(state))], before)
    lost = next((number for number in range(len(states)) if number not in perhaps), None)
    if lost is not None:
        return _violated(semantics, tally, path(states[lost]), failing[lost])
    known = len(leading_to(good, before)) == len(states)
    return Verdict(clause, Status.HOLDS if known else Status.INCONCLUSIVE, tally.cases)


def _violated(semantics: ModelSemantics, tally: ModelTally, path: Path, case: Case | None) -> Verdict:
    facts = {} if case is None else case.facts
    return Verdict(tally.clause, Status.VIOLATED, tally.cases, semantics.frames(path), facts, semantics.begun(path[0]))


def _failing(tally: ModelTally, states: tuple[State, ...]) -> list[Case | None]:
    failing = [tally.judged(state) for state in states]
    tally.asked.ask_again()
    return failing


def _owed(semantics: ModelSemantics, given: Fair) -> list[int]:
    """List the acts that fairness owes."""
    return [number for number in range(len(semantics.acts)) if given and semantics.is_own(number)]


def _graph(semantics: ModelSemantics, states: int, edges: Edges[int], owed: Mapping[int, int]) -> Graph:
    """Return the transitions with what each discharges."""
    by_label = np.array([owed.get(number, NOBODY) for number in edges.labels.values], dtype=np.int64)
    sources, targets, named = (
        np.frombuffer(column, dtype=np.intc).astype(np.int64) for column in (edges.sources, edges.targets, edges.named)
    )
    moves = tuple(Fire(MODEL, semantics.acts[number][1]) for number in owed)
    return Graph(states, sources, targets, by_label[named] if len(named) else named, moves)
