"""Steps that a crash may cut short: what has gone out of them, and moves as inputs of whoever makes them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from concordant.checks.conform.table import Input
from concordant.checks.semantics.handlers import asked_of
from concordant.refimpl.machine import AnyProcess, Ask, Crash, Forge, Handled, Receive, SetBack, Step, Tick
from concordant.spec.vocabulary import Address, Effect, Malformed, Reply, Send


def stepped(process: AnyProcess, state: Any, move: Handled | Crash) -> Step[Any]:
    """Return what a move leads to; what takes no notice of it stays as it is. Of a crash that is the state in which it comes, and what has gone out."""
    if not isinstance(move, Crash):
        found = asked_of(process, state, move)
        return found if isinstance(found, Step) else Step(state)
    if move.during is None:
        return Step(state)
    cut = stepped(process, state, move.during)
    return Step(cut.state, tuple(left_by_crash(cut.effects, move.sends)))


def left_by_crash(effects: Sequence[Effect], sends: int) -> Iterator[Effect]:
    """Yield what a step that a crash cuts short leaves: its announcements and its first sends, no replies."""
    for effect in effects:
        sends -= isinstance(effect, Send)
        if not isinstance(effect, Reply) and (not isinstance(effect, Send) or sends >= 0):
            yield effect


def as_input(move: Handled | Crash, at: Address) -> Input:
    """Return a move as an input of a table, whose process is called otherwise; what a crash leaves is not asked."""
    if isinstance(move, Crash):
        during = None if move.during is None else evolve(move.during, at=at)
        return Crash(at, None, during, move.sends)
    return evolve(move, at=at)


def names_of(move: Input) -> tuple[Input, ...]:
    """Return what an input may be called in a table, which also says whether it is forged, or malformed, or sets a clock back."""
    match move:
        case Receive(at, source, message):
            return move, Forge(at, source, message)
        case Ask(at, user, request):
            return move, Ask(at, user, Malformed(request))
        case Tick(at, now):
            return move, SetBack(at, now)
        case _:
            return (move,)
