"""Judging a clause at the end of a run that was made again: does the run still show what it was kept for?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from attrs import evolve

from concordant.checks.exploration.judge import Decided, Judge, Liveness, Tally
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import Path, frames
from concordant.checks.liveness.obligations import is_owed, is_strong
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.images import Everywhere
from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.refimpl.machine import Move
from concordant.spec.vocabulary import (
    Always,
    AlwaysEach,
    AlwaysPossible,
    AtRest,
    Case,
    Clause,
    Eventually,
    EveryStep,
    InfinitelyOften,
    OnEvent,
    Sometimes,
)


def judge_along(semantics: Semantics, clause: Clause, path: Path, cycle: int | None) -> Verdict:
    """Judge a clause where a counterexample or example of it must end: in the last state, by the last move, or on the lasso.

    `cycle`: how many of the last moves are repeated for ever; None where there is no lasso.
    """
    match clause:
        case Eventually() | InfinitelyOften():
            return repeats(semantics, clause, path, cycle)
        case AlwaysPossible():
            return is_lost(semantics, clause, path)
        case Always() | AlwaysEach() | Sometimes() | EveryStep() | OnEvent() | AtRest():
            return _ends(semantics, clause, path)
        case _:
            raise Misuse(f"clause {clause.id} is not about systems of processes, whose runs are made again")


def last_of(path: Path) -> State:
    """Return the last state of a run."""
    start, steps = path
    return steps[-1][1] if steps else start


def is_beyond(bounds: Iterable[Everywhere[bool]], state: State) -> bool:
    """Tell whether a state lies beyond the bounds of a scope, from where a search does not go on."""
    return not all(bound.agreed(state) for bound in bounds)


def told(semantics: Semantics, tally: Tally, path: Path) -> Verdict:
    """Return the verdict on a clause of safety by what its tally found at the end of a run."""
    shown, wanted = frames(semantics, path), isinstance(tally.clause, Sometimes)
    if tally.telling is not None:
        return Verdict(tally.clause, Status.HOLDS if wanted else Status.VIOLATED, tally.cases, shown, tally.telling.facts)
    missing = Status.VIOLATED if wanted else Status.HOLDS if tally.cases else Status.VACUOUS
    return Verdict(tally.clause, missing, tally.cases, shown)


def _ends(semantics: Semantics, clause: Decided, path: Path) -> Verdict:
    """Judge a clause of safety in the last state, or by the last move; at rest is where nothing more happens by itself."""
    judge, (start, steps) = Judge(semantics, (clause,)), path
    match clause:
        case Always() | AlwaysEach() | Sometimes():
            judge.visit(last_of(path))
        case AtRest():
            for taken, target in semantics.successors(last_of(path)):
                judge.cross(last_of(path), taken, target)
            if judge.visit(last_of(path)):
                judge.leave(last_of(path))
        case EveryStep() | OnEvent():
            before = steps[-2][1] if len(steps) > 1 else start
            for taken, target in steps[-1:]:
                judge.cross(before, taken, target)
        case _:
            assert_never(clause)
    return told(semantics, judge.tallies[clause.id], path)


def is_lost(semantics: Semantics, clause: AlwaysPossible[Any], path: Path) -> Verdict:
    """Judge a clause on what must stay possible in all states that the system can reach by itself from the last state.

    What would be possible beyond the bound of the scope, and where its time ends, is unknown.
    """
    tally, bounds = Tally(clause), semantics.bounds()
    reached = dict.fromkeys([last_of(path)])
    waiting = list(reached)
    first: Case | None = None
    for state in waiting:  # which grows
        case = tally.of(Snapshot(semantics.parts, state))
        if case is None:
            return Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
        if is_beyond(bounds, state) or (semantics.time is not None and semantics.time.ends(state.dials)):
            return Verdict(clause, Status.INCONCLUSIVE, tally.cases, frames(semantics, path))
        first = first or case
        for taken, target in semantics.successors(state):
            if semantics.moves_by_itself(state, taken.move) and target not in reached:
                reached[target] = None
                waiting.append(target)
    return Verdict(clause, Status.VIOLATED, tally.cases, frames(semantics, path), first.facts if first else {})


def repeats(semantics: Semantics, clause: Liveness, path: Path, cycle: int | None) -> Verdict:
    """Judge a clause of liveness where the last moves are repeated for ever: they must lead back, and owe nothing.

    With a cycle of no moves the system stays in the last state. What goes on for ever is unknown beyond the bound of the scope, and where time ends with it.
    """
    start, steps = path
    states = (start, *(target for _, target in steps))
    tally = Tally(clause)
    around = states[len(steps) - cycle :] if cycle is not None and 0 <= cycle <= len(steps) else ()
    bounds = semantics.bounds()
    if semantics.horizon or any(is_beyond(bounds, state) for state in around):
        return Verdict(clause, Status.INCONCLUSIVE, trace=frames(semantics, path))
    failing = [tally.of(Snapshot(semantics.parts, state)) for state in around]
    shown = Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
    first = failing[0] if failing else None
    wrong = all(case is not None for case in failing) if isinstance(clause, InfinitelyOften) else first is not None
    if first is None or not wrong or around[0] != around[-1] or _owes(semantics, clause, path, around):
        return shown
    return evolve(shown, status=Status.VIOLATED, facts=first.facts, cycle=cycle)


def _owes(semantics: Semantics, clause: Liveness, path: Path, around: tuple[State, ...]) -> bool:
    """Tell whether fairness owes a move on a cycle that is not made on it: a strong one somewhere, a weak one in all states."""

    def owed(state: State) -> set[Move]:
        return {taken.move for taken, _ in semantics.successors(state) if is_owed(semantics, state, taken.move, clause.given)}

    possible = [owed(state) for state in around]
    moves = path[1][len(path[1]) - len(around) + 1 :]
    done = {taken.move for (taken, _), before in zip(moves, possible, strict=False) if taken.move in before}
    always = set.intersection(*possible)
    return any(is_strong(move, clause.given) or move in always for move in set.union(*possible) - done)
