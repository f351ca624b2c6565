"""Replaying moves: a witness must show what it claims."""

from __future__ import annotations

from typing import Any

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.report import Frame, Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.mechanisms.refute import replay_draws
from concordant.checks.misuse import CannotReplay, MisuseOfType
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import move_text
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Fails, Mechanism, Move, System


def run(semantics: Semantics, moves: tuple[Move, ...]) -> tuple[State, tuple[tuple[Taken, State], ...]]:
    """Make moves from the initial state; return it, and each move with the state after it."""
    (start,) = semantics.initial()
    state = start
    path: list[tuple[Taken, State]] = []
    for number, move in enumerate(moves, start=1):
        options = list(semantics.successors(state))
        for taken, target in options:
            if taken.move == move:
                path.append((taken, target))
                state = target
                break
        else:
            possible = "\n  ".join(move_text(taken.move) for taken, _ in options) or "nothing"
            raise CannotReplay(f"move {number}, {move_text(move)}, is not possible; possible are\n  {possible}")
    return start, tuple(path)


def replay(system: System[Any], moves: tuple[Move, ...]) -> tuple[Frame, ...]:
    """Show what each move does; a move that is not possible is CannotReplay."""
    semantics = Semantics(system)
    return frames(semantics, run(semantics, moves))


@watching()
def replay_fails(fails: Fails) -> Verdict:
    """Judge the clause of a `Fails` along its witness: violated, if the witness shows what it claims.

    The clause is judged in the last state, with every move that is possible there; of a mechanism, on the draws.
    """
    if isinstance(fails.subject, Mechanism):
        return replay_draws(fails)
    if not isinstance(fails.witness, tuple):
        raise MisuseOfType(f"the witness of {fails.clause.id} for a system must be a tuple of moves, not {fails.witness!r}")
    semantics = Semantics(fails.system)
    judge = Judge(semantics, decided((fails.clause,))[0], fails.clause)
    path = run(semantics, fails.witness)
    start, steps = path
    last = steps[-1][1] if steps else start
    judge.visit(last)
    for taken, target in semantics.successors(last):
        judge.cross(last, taken, target)
    judge.leave(last)
    tally = judge.tallies[fails.clause.id]
    if tally.telling is None:
        return Verdict(fails.clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases, frames(semantics, path))
    return Verdict(fails.clause, Status.VIOLATED, tally.cases, frames(semantics, path), tally.telling.facts)
