"""Traces: paths of states made readable, with consistent names of processes and only what changed."""

from __future__ import annotations

from typing import TypeAlias

from concordant.checks.exploration.report import Change, Frame
from concordant.checks.semantics.canonical import changes
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.texts import effect_texts

Path: TypeAlias = tuple[State, tuple[tuple[Taken, State], ...]]


def frames(semantics: Semantics, path: Path) -> tuple[Frame, ...]:
    """Show each move of a path: what it did, and which fields of which process it changed."""
    before, steps = path
    shown: list[Frame] = []
    for taken, after in steps:
        shown.append(Frame(taken.move, effect_texts(semantics.parts.happened[taken.happened]), _changed(semantics, before, after)))
        before = after
    return tuple(shown)


def _changed(semantics: Semantics, before: State, after: State) -> tuple[Change, ...]:
    found: list[Change] = []
    for process, (old, new) in enumerate(zip(before.locals, after.locals, strict=True)):
        if old != new:
            was, now = semantics.parts.locals[process][old], semantics.parts.locals[process][new]
            found += [Change(str(semantics.parts.addresses[process]), *change) for change in changes(was.state, now.state)]
    return tuple(found)
