"""Replaying moves."""

from __future__ import annotations

from typing import Any

from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.traces import Path, frames
from concordant.checks.misuse import CannotReplay
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Move, System


def run(semantics: Semantics, moves: tuple[Move, ...]) -> Path:
    """Make moves from the initial state; return it, and each move with the state after it. One that is not possible is CannotReplay."""
    path, departs = as_far_as_possible(semantics, moves)
    if departs is not None:
        raise CannotReplay(departs)
    return path


def as_far_as_possible(semantics: Semantics, moves: tuple[Move, ...]) -> tuple[Path, str | None]:
    """Make moves from the initial state up to the first that is not possible; say which, and what is possible instead."""
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
            return (start, tuple(path)), f"move {number}, {move_text(move)}, is not possible; possible are\n  {possible}"
    return (start, tuple(path)), None


def replay(system: System[Any], moves: tuple[Move, ...]) -> tuple[Frame, ...]:
    """Show what each move does; a move that is not possible is CannotReplay."""
    semantics = Semantics(system)
    return frames(semantics, run(semantics, moves))
