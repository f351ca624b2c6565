"""Moves that a reader might expect and that cannot be made here, each with the first guard that fails."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, frozen, has

from concordant.checks.exploration.explore import alphabet
from concordant.checks.exploration.why_not import FailedGuard, why_not
from concordant.checks.semantics.canonical import distinct
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.refimpl.machine import Crash, Fire, Lose, Move, Recover, Suspect


@frozen
class NearMiss:
    """A move that cannot be made, and why not."""

    move: Move
    guard: FailedGuard


def near_misses(semantics: Semantics, state: State) -> tuple[NearMiss, ...]:
    """List what cannot be done now: receipts and losses of what is in flight, requests still to come, triggers, crashes, recoveries, suspicions.

    Of triggers those that have no fields, since others need values.
    """
    possible = {taken.move for taken, _ in semantics.successors(state)}
    missing = (move for move in distinct(_expected(semantics, state)) if move not in possible)
    found = ((move, why_not(semantics, state, move)) for move in missing)
    return tuple(NearMiss(move, guard) for move, guard in found if guard is not None and not guard.guard.startswith("this move"))


def _expected(semantics: Semantics, state: State) -> Iterator[Move]:
    parts, faults = semantics.parts, semantics.system.faults
    for block in state.flight:
        for number in parts.environment.flight.blocks[block].messages:
            _, receive = parts.environment.receive(number)
            yield receive
            yield from () if semantics.system.network.losses == 0 else [Lose(receive.source, receive.at, receive.message)]
    for number, (place, _) in enumerate(state.users):
        script = parts.users[number].script
        for process in parts.environment.askable[number] if script else ():
            yield from parts.environment.asks(number, place % len(script), process)
    for process, address in enumerate(parts.addresses):
        triggers = alphabet(semantics.system.processes[address]).get("fires", ())
        yield from (Fire(address, kind()) for kind in triggers if has(kind) and not fields(kind))
        if address in faults.who:
            survivors = parts.steps.survivors(process, state.locals[process]) if semantics.up(state, process) else ()
            yield from (Crash(address, parts.steps.locals[process][each].state) for each in survivors)
            now = None if semantics.time is None else semantics.time.now(state.dials, process)
            yield from [Recover(address, now)] if faults.recoveries else []
        if faults.detector:
            yield from (Suspect(address, peer) for peer in parts.addresses if peer != address)
