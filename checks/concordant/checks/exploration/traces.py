"""Traces: paths of states made readable, with consistent names of processes and only what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from concordant.checks.exploration.report import Change, Frame, InFlight
from concordant.checks.semantics.canonical import changes
from concordant.checks.semantics.renaming import after, inverse
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry import Symmetry

Path: TypeAlias = tuple[State, tuple[tuple[Taken, State], ...]]


def as_run(
    semantics: Semantics, symmetry: Symmetry, path: Path, facts: Mapping[str, object], *, edge: bool
) -> tuple[Path, Mapping[str, object]]:
    """Return a path through representatives as a real run with consistent names, and the facts in the same names.

    `names` is kept such that it renames the representative to the state of the run. Facts told by the last move (`edge`)
    are in the names of the representative before it.
    """
    renamer = symmetry.renamer
    (start,) = semantics.initial()
    here = start
    representative, form = symmetry.canonical_renaming(here)
    names = spoken = inverse(form)
    run: list[tuple[Taken, State]] = []
    for taken, _ in path[1]:
        spoken = names
        target = next(target for label, target in semantics.successors(representative) if label == taken)
        wanted = renamer.value(taken.move, names), renamer.state(target, names)
        run.append(next((label, reached) for label, reached in semantics.successors(here) if (label.move, reached) == wanted))
        here = run[-1][1]
        representative, form = symmetry.canonical_renaming(target)
        names = after(inverse(form), names)
    return (start, tuple(run)), renamer.value(dict(facts), spoken if edge else names)


def frames(semantics: Semantics, path: Path) -> tuple[Frame, ...]:
    """Show each move of a path: what it did, and which fields of which process it changed."""
    before, steps = path
    shown: list[Frame] = []
    for taken, reached in steps:
        happened = semantics.parts.happened[taken.happened]
        shown.append(Frame(taken.move, happened, _changed(semantics, before, reached), in_flight(semantics, reached)))
        before = reached
    return tuple(shown)


def in_flight(semantics: Semantics, state: State) -> tuple[InFlight, ...]:
    """List what is in flight in a state, channel by channel."""
    parts = semantics.parts
    blocks = (parts.flight.blocks[number] for number in state.flight)
    return tuple(
        InFlight(
            parts.addresses[block.channel // len(parts.addresses)],
            parts.addresses[block.channel % len(parts.addresses)],
            tuple(parts.flight.messages[number][1] for number in block.messages),
        )
        for block in blocks
    )


def _changed(semantics: Semantics, before: State, after: State) -> tuple[Change, ...]:
    found: list[Change] = []
    for process, (old, new) in enumerate(zip(before.locals, after.locals, strict=True)):
        if old != new:
            was, now = semantics.parts.locals[process][old], semantics.parts.locals[process][new]
            found += [Change(semantics.parts.addresses[process], *change) for change in changes(was.state, now.state)]
    return tuple(found)
