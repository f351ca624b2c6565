"""Directed search: follow a schedule of patterns, one per move, instead of every move."""

from __future__ import annotations

import time
from itertools import filterfalse
from typing import Any

from attrs import frozen

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import move_text
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import System, matches
from concordant.spec.vocabulary import Clause


@frozen
class Directed:
    """What a schedule led to. `stuck_at`: the first move, from 1, that no state allowed; None if all were made.

    `possible`: the moves that were possible there instead, in words.
    """

    verdict: Verdict
    states: int
    seconds: float
    stuck_at: int | None = None
    possible: tuple[str, ...] = ()


@watching()
def direct(system: System[Any], schedule: tuple[object, ...], clause: Clause) -> Directed:
    """Make the moves of a schedule, in every way that fits its patterns, and judge one clause on the way."""
    began = time.perf_counter()
    semantics = Semantics(system)
    judge = Judge(semantics, decided((clause,))[0], (clause,))
    tally = judge.tallies[clause.id]
    paths: dict[State, tuple[tuple[Taken, State], ...]] = dict.fromkeys(semantics.initial(), ())
    start = next(iter(paths))
    states = len(paths)
    stuck_at: int | None = None
    possible: tuple[str, ...] = ()
    for state in paths:
        judge.visit(state)
    for number, pattern in enumerate(() if judge.satisfied else schedule, start=1):
        following: dict[State, tuple[tuple[Taken, State], ...]] = {}
        for state in filterfalse(judge.is_beyond, paths):  # which a search does not leave, either
            for taken, target in semantics.successors(state):
                judge.cross(state, taken, target)
                if matches(pattern, taken.move) and target not in following:
                    following[target] = (*paths[state], (taken, target))
                    judge.visit(target)
            judge.leave(state)
        if not following:
            moves = (move_text(taken.move) for state in paths for taken, _ in semantics.successors(state))
            stuck_at, possible = number, tuple(dict.fromkeys(moves))
            break
        states += len(following)
        if judge.satisfied:  # in a state just reached, or by a move out of one before
            paths = following | paths
            break
        paths = following
    for state in filterfalse(judge.is_beyond, paths if stuck_at is None and not judge.satisfied else ()):
        for taken, target in semantics.successors(state):
            judge.cross(state, taken, target)
        judge.leave(state)
    verdict = Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases)
    if tally.telling is not None:
        before = () if tally.state is None else paths[tally.state]
        path = before if tally.edge is None else (*before, tally.edge)
        verdict = Verdict(clause, Status.VIOLATED, tally.cases, frames(semantics, (start, path)), tally.telling.facts)
    return Directed(verdict, states, time.perf_counter() - began, stuck_at, possible)
