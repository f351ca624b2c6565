"""Situations: named points of runs, worth standing in, each with the moves that lead there."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from concordant.checks.exploration.traces import Path
from concordant.checks.misuse import CannotReplay
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import System, matches


@frozen(eq=False)
class Situation:
    """A point that a run can reach. `name`: as of a scope; `shows`: in a sentence, what is to be seen there.

    `moves`: patterns, one per move from the start, such as `Receive(ACCEPTOR, ANY, Prepare)`. Each fits just one of the moves that are possible
    there, so that the situation is the same whatever is added to the system.
    """

    name: str
    shows: str
    system: System[Any]
    moves: tuple[object, ...]


def walked(semantics: Semantics, situation: Situation) -> Path:
    """Make the moves of a situation. A pattern that fits no possible move, or several, is CannotReplay."""
    (start,) = semantics.initial()
    state, path = start, list[tuple[Taken, State]]()
    for number, pattern in enumerate(situation.moves, start=1):
        possible = list(semantics.successors(state))
        fitting = [(taken, target) for taken, target in possible if matches(pattern, taken.move)]
        if len(fitting) != 1:
            what = "fits several moves" if fitting else "fits no move that is possible"
            there = "\n  ".join(move_text(taken.move) for taken, _ in fitting or possible) or "nothing"
            raise CannotReplay(f"situation {situation.name}: pattern {number} {what}; these are\n  {there}")
        path.extend(fitting)
        state = fitting[0][1]
    return start, tuple(path)
