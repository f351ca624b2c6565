"""Ways to walk through a small system, and to ask what is there: paths and moves are given in words."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.seen import Snapshot
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import System, User
from concordant.spec.vocabulary import Address, Faults, Network, NoHistory
from tests.checks.toys import A, B, Kept, Log, Teller, Toy


def counts(system: System[Any], *, leave_ignored: bool = False) -> tuple[int, int, int]:
    """Return states, transitions and depth."""
    report = explore(system, (), reductions=Reductions(leave_ignored=leave_ignored))
    assert report.complete
    return report.states, report.transitions, report.depth


def moves(system: System[Any], *path: str) -> list[str]:
    """List the moves that are possible after a path, in their order; a path is given in words."""
    semantics, state = _walk(system, path)
    return [move_text(taken.move) for taken, _ in semantics.successors(state)]


def seen(system: System[Any], *path: str) -> Snapshot:
    """Return what clauses see after a path."""
    semantics, state = _walk(system, path)
    return Snapshot(semantics.parts, state)


def kept(system: System[Any], *path: str) -> dict[Address, tuple[int, ...]]:
    """Return what each toy keeps after a path."""
    return {address: view.notes for address, view in seen(system, *path).views(Kept).items()}


def log(system: System[Log], *path: str) -> list[tuple[Address, Address, object]]:
    """Return what the history has seen after a path."""
    return list(seen(system, *path).history.lines)


def _walk(system: System[Any], path: tuple[str, ...]) -> tuple[Semantics, State]:
    semantics = Semantics(system)
    (state,) = semantics.initial()
    for step_text in path:
        options = {move_text(taken.move): target for taken, target in semantics.successors(state)}
        assert step_text in options, f"{step_text} is not possible, but only {list(options)}"
        state = options[step_text]
    return semantics, state


def broken(process: Toy, *, faults: Faults = Faults(), users: tuple[User, ...] = ()) -> str:
    """Return what is said of a system in which `b` tells the process 7."""
    with pytest.raises(BrokenProcess) as found:
        explore(System({A: process, B: Teller(A, (7,))}, NoHistory(), (), Network(), faults, users))
    return str(found.value)
