"""Replaying the witnesses of known violations: each must show what it claims."""

from __future__ import annotations

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.mechanisms.refute import replay_draws
from concordant.checks.misuse import MisuseOfType
from concordant.checks.refuting.along import is_beyond, is_lost, last_of, repeats, told
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.spec.vocabulary import AlwaysPossible, Eventually, InfinitelyOften


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
    path = run(semantics, known.witness)
    start, steps = path
    bounds, left = semantics.bounds(), (start, *(target for _, target in steps))[:-1]
    if any(is_beyond(bounds, state) for state in left):  # which a search does not leave
        return Verdict(known.clause, Status.INCONCLUSIVE, trace=frames(semantics, path))
    if isinstance(known.clause, Eventually | InfinitelyOften):
        return repeats(semantics, known.clause, path, 0)
    if isinstance(known.clause, AlwaysPossible):
        return is_lost(semantics, known.clause, path)
    judge, last = Judge(semantics, decided((known.clause,))[0], (known.clause,)), last_of(path)
    if judge.visit(last):
        for taken, target in semantics.successors(last):
            judge.cross(last, taken, target)
        judge.leave(last)
    return told(semantics, judge.tallies[known.clause.id], path)
