"""Replaying moves."""

from __future__ import annotations

from typing import Any

from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.traces import frames
from concordant.checks.misuse import CannotReplay
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Move, System


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
