"""What users and crashes do, by number, as both engines make moves of it: whether a process is up and a budget is left, each asks itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.rows import Row
from concordant.checks.semantics.states import UserState
from concordant.refimpl.machine import Ask, Crash, Handled
from concordant.spec.vocabulary import Send


class Fall(NamedTuple):
    """A crash: the move, the local state that survives, the messages that went out before it, and what happened."""

    move: Crash
    survivor: int
    messages: tuple[int, ...] = ()
    happened: int = 0


def falls(parts: Parts, process: int, local: int) -> Iterator[Fall]:
    """Yield the crashes of a process between two steps."""
    for survivor in parts.survivors(process, local):
        yield Fall(_crash(parts, process, survivor), survivor, (), parts.crashed(process))


def cuts(parts: Parts, process: int, row: Row, during: Handled) -> Iterator[Fall]:
    """Yield the crashes that cut a step after none, some or all of its sends; nothing where a crash does not."""
    faults = parts.system.faults
    if not faults.mid_step or parts.addresses[process] not in faults.who:
        return
    sends = sum(isinstance(happening.what, Send) for happening in row.happenings)
    for survivor in parts.survivors(process, row.local):
        for went in range(sends + 1):
            yield Fall(_crash(parts, process, survivor, during, went), survivor, *parts.cut(process, row, went))


def _crash(parts: Parts, process: int, survivor: int, during: Handled | None = None, sends: int = 0) -> Crash:
    return Crash(parts.addresses[process], parts.locals[process][survivor].state, during, sends)


def requests(parts: Parts, user: int, state: UserState) -> Iterator[tuple[int, Ask, UserState]]:
    """Yield what a user may ask next: at which process, the move, and where the user stands then."""
    who, (place, calls) = parts.users[user], state
    if len(calls) >= who.outstanding or not who.script or (place == len(who.script) and not who.repeat):
        return
    turn = place % len(who.script)
    following = 1 + (turn if who.repeat else place)
    for process in parts.askable[user]:
        for ask in parts.asks(user, turn, process) if process not in calls else ():
            yield process, ask, (following, tuple(sorted((*calls, process))) if parts.opens_call(ask.request) else calls)


def hung_up(state: UserState, process: int) -> UserState:
    """Return where a user stands once its call at a process has ended; the same where it has none."""
    place, calls = state
    return place, tuple(call for call in calls if call != process)
