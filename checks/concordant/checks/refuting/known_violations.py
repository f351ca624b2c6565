"""Replaying the witnesses of known violations: each must show what it claims."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from concordant.checks.exploration.judge import Judge, Liveness, Tally, decided
from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.liveness.obligations import is_owed
from concordant.checks.mechanisms.refute import replay_draws
from concordant.checks.misuse import MisuseOfType
from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import KnownViolation, Mechanism, Move
from concordant.spec.vocabulary import AlwaysPossible, Case, Eventually, InfinitelyOften


@watching()
def replay_known_violation(known: KnownViolation) -> Verdict:
    """Judge the clause of a `KnownViolation` along its witness: violated, if the witness shows what it claims.

    The clause is judged in the last state, with every move that is possible there; of a mechanism, on the draws.
    """
    if isinstance(known.subject, Mechanism):
        return replay_draws(known)
    if not isinstance(known.witness, tuple):
        raise MisuseOfType(f"the witness of {known.clause.id} for a system must be a tuple of moves, not {known.witness!r}")
    semantics = Semantics(known.system)
    if isinstance(known.clause, Eventually | InfinitelyOften):
        return _stays(semantics, known.clause, known.witness)
    if isinstance(known.clause, AlwaysPossible):
        return _is_lost(semantics, known.clause, known.witness)
    judge = Judge(semantics, decided((known.clause,))[0], known.clause)
    path = run(semantics, known.witness)
    start, steps = path
    last = steps[-1][1] if steps else start
    judge.visit(last)
    for taken, target in semantics.successors(last):
        judge.cross(last, taken, target)
    judge.leave(last)
    tally = judge.tallies[known.clause.id]
    if tally.telling is None:
        return Verdict(known.clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
    return Verdict(known.clause, Status.VIOLATED, tally.cases, frames(semantics, path), tally.telling.facts)


def _is_lost(semantics: Semantics, clause: AlwaysPossible[Any], witness: tuple[Move, ...]) -> Verdict:
    """Judge a clause on what must stay possible in all states that the system can reach by itself from the last state."""
    path = run(semantics, witness)
    tally = Tally(clause)
    reached = dict.fromkeys([path[1][-1][1] if path[1] else path[0]])
    waiting = list(reached)
    first: Case | None = None
    for state in waiting:  # which grows
        case = tally.of(Snapshot(semantics.parts, state))
        if case is None:
            return Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
        first = first or case
        for taken, target in semantics.successors(state):
            if semantics.moves_by_itself(state, taken.move) and target not in reached:
                reached[target] = None
                waiting.append(target)
    return Verdict(clause, Status.VIOLATED, tally.cases, frames(semantics, path), first.facts if first else {})


def _stays(semantics: Semantics, clause: Liveness, witness: tuple[Move, ...]) -> Verdict:
    """Judge a clause of liveness where a path may stay for ever in the last state: nothing is owed there."""
    path = run(semantics, witness)
    last = path[1][-1][1] if path[1] else path[0]
    tally = Tally(clause)
    failing = tally.of(Snapshot(semantics.parts, last))
    shown = Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
    owed = any(is_owed(semantics, last, taken.move, clause.given) for taken, _ in semantics.successors(last))
    if failing is None or owed:
        return shown
    return evolve(shown, status=Status.VIOLATED, facts=failing.facts, cycle=0)
