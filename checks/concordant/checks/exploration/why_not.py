"""Why a move cannot be made, or why no more comes of it: the first guard that fails, of the environment or of the process."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeAlias

from attrs import field, fields, frozen

from concordant.checks.misuse import Misuse
from concordant.checks.semantics.handlers import asked_of
from concordant.checks.semantics.rows import Local
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.refimpl.machine import (
    AnyProcess,
    Ask,
    Cancel,
    Crash,
    Fire,
    Forge,
    Handled,
    Lose,
    Move,
    Process,
    Receive,
    Recover,
    SetBack,
    Suspect,
    Tick,
    Trust,
)
from concordant.spec.vocabulary import Address, Deadline, same

Condition: TypeAlias = tuple[str, bool]


@frozen
class FailedGuard:
    """A condition that does not hold. `at`: the process whose method it is, None of the environment; `facts`: what the method was asked, by name."""

    guard: str
    at: Address | None = None
    facts: Mapping[str, object] = field(factory=dict)


def why_not(semantics: Semantics, state: State, move: Move) -> FailedGuard | None:
    """Return the first guard that fails; None where the move can be made and no guard of the process says no to it.

    The environment comes first: is the message in flight, is the process up, is the fault still allowed? Then the process takes
    no notice, or an assumption of the system rules the move out. Last are the guards of the process itself: methods that
    return a bool, in the order in which its handler asks them.
    """
    if not any(taken.move == move for taken, _ in semantics.successors(state)):
        failed = next((name for name, holds in _conditions(semantics, state, move) if not holds), "this move can be made")
        return FailedGuard(failed)
    if isinstance(move, Lose | Crash):
        return None
    process = semantics.parts.index[move.at]
    return failed_guard(semantics.system.processes[move.at], _local(semantics, state, process).state, move)


def failed_guard(process: AnyProcess, state: object, move: Handled) -> FailedGuard | None:
    """Return the first guard of a process that says no while it handles a move; None where all say yes."""
    failed: list[FailedGuard] = []
    asked_of(_noting(process, move.at, failed), state, move)
    return failed[0] if failed else None


def _noting(process: AnyProcess, at: Address, failed: list[FailedGuard]) -> AnyProcess:
    """Return a process that does the same, and notes which of its guards say no."""
    kind = type(process)
    noting = {name: _noted(name, guard, at, failed) for name, guard in _guards(kind)}
    twin: AnyProcess = object.__new__(type(kind.__name__, (kind,), noting))
    for part in fields(kind):  # type: ignore[arg-type]  # every process is a frozen attrs class
        object.__setattr__(twin, part.name, getattr(process, part.name))
    return twin


def _guards(kind: type[AnyProcess]) -> Iterator[tuple[str, Callable[..., bool]]]:
    """Yield the methods of a process that return a bool, by name."""
    for name, method in inspect.getmembers(kind, inspect.isfunction):
        if not hasattr(Process, name) and method.__annotations__.get("return") in ("bool", bool):
            yield name, method


def _noted(name: str, guard: Callable[..., bool], at: Address, failed: list[FailedGuard]) -> Callable[..., bool]:
    @wraps(guard)
    def noted(*given: Any, **named: Any) -> bool:
        holds = guard(*given, **named)
        if not holds:
            _, *asked = inspect.signature(guard).bind(*given, **named).arguments.items()
            failed.append(FailedGuard(name, at, dict(asked)))
        return holds

    return noted


# ---- the environment


def _conditions(semantics: Semantics, state: State, move: Move) -> Iterator[Condition]:
    """Yield by name what must hold for a move to be possible, in order; what comes after one that fails means nothing."""
    network, spent = semantics.system.network, state.spent
    if isinstance(move, Lose):
        yield "the message is in flight, and next on its channel", _in_flight(semantics, state, move.source, move.to, move.message)
        yield "a message may still be lost", network.losses is None or spent.losses < network.losses
        return
    if move.at not in semantics.parts.index:
        raise Misuse(f"{move.at} is no process of the system; it has {', '.join(map(str, semantics.parts.addresses))}")
    process = semantics.parts.index[move.at]
    if isinstance(move, Recover):
        yield "the process is down", not semantics.up(state, process)
        yield "a process may still recover", spent.recoveries < semantics.system.faults.recoveries
        yield from _of_a_clock(semantics, state, process, move)
        return
    if isinstance(move, Tick | SetBack):
        yield from _of_a_clock(semantics, state, process, move)
        yield from _of_assumptions(semantics, state, move)
        return
    yield "the process is up", semantics.up(state, process)
    if isinstance(move, Crash):
        yield from _of_a_crash(semantics, state, process, move)
        return
    yield from _of_an_input(semantics, state, process, move)
    if not isinstance(move, Fire):
        yield "the process takes notice", semantics.parts.steps.row(process, state.locals[process], move) is not None
    yield from _of_assumptions(semantics, state, move)


def _of_assumptions(semantics: Semantics, state: State, move: Move) -> Iterator[Condition]:
    for allowed, assumption in zip(semantics.system.assume, semantics.assumptions, strict=True):
        yield f"{getattr(allowed, '__name__', 'the system')} is assumed", assumption.agreed(state, move)


def _of_a_clock(semantics: Semantics, state: State, process: int, move: Recover | Tick | SetBack) -> Iterator[Condition]:
    time, faults = semantics.time, semantics.system.faults
    now = None if time is None else time.now(state.dials, process)
    if isinstance(move, Recover):
        yield "its clock shows this", move.now == now
        return
    yield "the process has a clock", now is not None
    if time is None or now is None:
        return
    if isinstance(move, SetBack):
        yield "a clock may still be set back", state.spent.setbacks < time.clocks.setbacks
        yield "it is set back to what it has shown", 0 <= move.now < now
        return
    change = time.tick(state.dials, process)
    yield "no other clock is left too far behind, and the scope does not end", change is not None
    yield "the clock shows this next", change is not None and change.move == move
    yield "nothing is under way", not faults.synchronous or semantics.quiet(state)


def _of_a_crash(semantics: Semantics, state: State, process: int, move: Crash) -> Iterator[Condition]:
    faults = semantics.system.faults
    yield "the process may crash", move.at in faults.who
    yield "a process may still crash", state.spent.crashes < faults.crashes
    yield "a crash may cut a step short", move.during is None or faults.mid_step
    if move.during is None:
        left = semantics.parts.steps.survivors(process, state.locals[process])
        yield "this may survive", any(same(move.survivor, semantics.parts.steps.locals[process][each].state) for each in left)


def _of_an_input(semantics: Semantics, state: State, process: int, move: Handled) -> Iterator[Condition]:
    parts, faults, spent = semantics.parts, semantics.system.faults, state.spent
    match move:
        case Receive(at, source, message):
            yield "the message is in flight, and next on its channel", _in_flight(semantics, state, source, at, message)
        case Ask(_, user, _):
            number = _user(semantics, user)
            place, calls = state.users[number]
            script = parts.users[number]
            yield "the user waits for no answer", len(calls) < script.outstanding and process not in calls
            yield "the user has something left to ask", bool(script.script) and (script.repeat or place < len(script.script))
            yield "it is what the user may ask next", move in parts.environment.asks(number, place % len(script.script), process)
        case Cancel(_, user):
            yield "the user waits for an answer of the process", process in state.users[_user(semantics, user)][1]
            yield "a call may still be cancelled", spent.cancellations < faults.cancellations
        case Fire(_, trigger):
            yield "the trigger is armed", move in parts.steps.armed(process, state.locals[process])
            yield "nothing is under way", not (isinstance(trigger, Deadline) and faults.synchronous) or semantics.quiet(state)
        case Suspect():
            yield "there is a failure detector", faults.detector
            may_err = faults.mistakes is None or spent.mistakes < faults.mistakes
            yield "the peer is down, or the detector may still err", may_err or semantics.moves_by_itself(state, move)
        case Trust():
            yield "there is a failure detector", faults.detector
            may_err = faults.mistakes is None or spent.mistakes < faults.mistakes
            yield "the peer is up, or the detector may still err", may_err or semantics.moves_by_itself(state, move)
        case Forge():
            yield "the liar may say so", move in parts.environment.forgeries(state.history)


def _in_flight(semantics: Semantics, state: State, source: Address, to: Address, message: object) -> bool:
    flights = semantics.parts.environment.flight
    options = (semantics.parts.environment.receive(option)[1] for block in state.flight for option in flights.options(block))
    return Receive(to, source, message) in options


def _user(semantics: Semantics, name: Address) -> int:
    names = [user.name for user in semantics.parts.users]
    if name not in names:
        raise Misuse(f"{name} is no user of the system; it has {', '.join(map(str, names))}")
    return names.index(name)


def _local(semantics: Semantics, state: State, process: int) -> Local:
    return semantics.parts.steps.locals[process][state.locals[process]]
