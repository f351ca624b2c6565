"""Making a counterexample shorter: moves are left out, with what is then no longer possible, while it still shows the same."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.report import Verdict
from concordant.checks.exploration.traces import Path, frames
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Move, System
from concordant.spec.vocabulary import AtRest, Case, Clause


def minimised(system: System[Any], verdict: Verdict) -> Verdict:
    """Return a verdict of violation with a trace from which no move can be left out; it need not be a shortest.

    Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002) over moves: runs of
    half the length are left out first, then of a quarter, down to single moves, until nothing changes any more.
    """
    semantics = Semantics(system)
    moves = [frame.move for frame in verdict.trace or ()]
    shown = _shown(semantics, verdict.clause, moves)
    if shown is None:
        return verdict
    size = max(1, len(moves) // 2)
    while True:
        before = len(_moves(shown[0]))
        at = 0
        while at < len(moves := _moves(shown[0])):
            shorter = _shown(semantics, verdict.clause, moves[:at] + moves[at + size :])
            if shorter is None or len(shorter[0][1]) >= len(moves):
                at += size
            else:
                shown = shorter
        if size == 1 and len(moves) == before:
            path, case = shown
            return evolve(verdict, trace=frames(semantics, path), facts=case.facts)
        size = max(1, size // 2)


def _moves(path: Path) -> list[Move]:
    return [taken.move for taken, _ in path[1]]


def _shown(semantics: Semantics, clause: Clause, moves: list[Move]) -> tuple[Path, Case] | None:
    """Make those of the moves that are possible, in order, until the clause tells; return the path and the case, if it does."""
    judge = Judge(semantics, decided((clause,))[0], (clause,))
    tally = judge.tallies[clause.id]
    (state,) = semantics.initial()
    start = state
    steps: list[tuple[Taken, State]] = []
    judge.visit(state)
    for move in moves:
        if judge.satisfied:
            break
        step = next((step for step in semantics.successors(state) if step[0].move == move), None)
        if step is not None:
            judge.cross(state, *step)
            steps.append(step)
            state = step[1]
            judge.visit(state)
    if isinstance(clause, AtRest) and not judge.satisfied:
        judge = Judge(semantics, decided((clause,))[0], (clause,))
        tally = judge.tallies[clause.id]
        for step in semantics.successors(state):
            judge.cross(state, *step)
        judge.leave(state)
    return None if tally.telling is None else ((start, tuple(steps)), tally.telling)
