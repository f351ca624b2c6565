"""Paths: the states that led to one are in the tables; the moves between them are found by the reference semantics."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.checks.exploration.judge import Judge, Tally
from concordant.checks.exploration.traces import Path
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken


def path_through(semantics: Semantics, states: Iterable[State]) -> Path:
    """Return the path through these states: between any two, the first move in order that leads from one to the other.

    Up to symmetry, to a state that the other stands for.
    """
    symmetry = semantics.symmetry
    start, *others = states
    steps: list[tuple[Taken, State]] = []
    before = start
    for after in others:
        reached = ((taken, target if symmetry is None else symmetry.canonical(target)) for taken, target in semantics.successors(before))
        steps.append(next(step for step in reached if step[1] == after))
        before = after
    return start, tuple(steps)


def show_edge(judge: Judge, tally: Tally, source: State) -> None:
    """Let a tally tell by the first move in order out of a state that shows its clause."""
    clause = next(clause for clause in judge.clauses if clause.id == tally.clause.id)
    again = Judge(judge.semantics, (clause,))
    found = again.tallies[clause.id]
    for taken, target in judge.semantics.moves(source):
        again.cross(source, taken, target)
        if found.telling is not None:
            break
    tally.telling, tally.state, tally.edge, tally.names = found.telling, source, found.edge, found.names
