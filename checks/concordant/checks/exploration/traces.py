"""Traces: paths of states made readable, with consistent names of processes and only what changed."""

from __future__ import annotations

from typing import TypeAlias

from concordant.checks.exploration.report import Change, Frame, InFlight
from concordant.checks.semantics.canonical import changes
from concordant.checks.semantics.renaming import Renaming, after, inverse
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry import Symmetry

Path: TypeAlias = tuple[State, tuple[tuple[Taken, State], ...]]


def as_run(semantics: Semantics, symmetry: Symmetry, path: Path, names: Renaming, *, edge: bool) -> Path:
    """Return a path through representatives as a real run with consistent names, which shows the image that `names` leads to.

    It ends in that image of the last representative; with `edge`, of the last but one, followed by the image of the last move.
    """
    renamer = symmetry.renamer
    (start,) = semantics.initial()
    representative = start
    spoken: Renaming = ()
    made: list[tuple[Taken, State, Renaming]] = []
    for taken, _ in path[1]:
        target = next(target for label, target in semantics.moves(representative) if label == taken)
        representative, form = symmetry.canonical_renaming(target)
        made.append((taken, target, inverse(form)))
    for _, _, back in made[:-1] if edge else made:
        spoken = after(back, spoken)
    # The first state is its own image under any names: begun under the right ones, the run ends in the names that are wanted.
    names = after(inverse(spoken), names)
    here = start
    run: list[tuple[Taken, State]] = []
    for taken, target, back in made:
        wanted = renamer.value(taken.move, names), renamer.state(target, names)
        run.append(next((label, reached) for label, reached in semantics.moves(here) if (label.move, reached) == wanted))
        here = run[-1][1]
        names = after(back, names)
    return start, tuple(run)


def frames(semantics: Semantics, path: Path) -> tuple[Frame, ...]:
    """Show each move of a path: what it did, and which fields of which process it changed."""
    before, steps = path
    shown: list[Frame] = []
    for taken, reached in steps:
        happened = semantics.parts.steps.happened[taken.happened]
        shown.append(Frame(taken.move, happened, _changed(semantics, before, reached), in_flight(semantics, reached)))
        before = reached
    return tuple(shown)


def in_flight(semantics: Semantics, state: State) -> tuple[InFlight, ...]:
    """List what is in flight in a state, channel by channel."""
    parts = semantics.parts
    blocks = (parts.environment.flight.blocks[number] for number in state.flight)
    return tuple(
        InFlight(
            parts.addresses[block.channel // len(parts.addresses)],
            parts.addresses[block.channel % len(parts.addresses)],
            tuple(parts.environment.flight.messages[number][1] for number in block.messages),
        )
        for block in blocks
    )


def _changed(semantics: Semantics, before: State, after: State) -> tuple[Change, ...]:
    found: list[Change] = []
    for process, (old, new) in enumerate(zip(before.locals, after.locals, strict=True)):
        if old != new:
            was, now = semantics.parts.steps.locals[process][old], semantics.parts.steps.locals[process][new]
            found += [Change(semantics.parts.addresses[process], *change) for change in changes(was.state, now.state)]
    return tuple(found)
