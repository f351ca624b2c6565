"""Where a mistake acts: the first input of a trace at which the process without the mistake does something else."""

from __future__ import annotations

import inspect
from typing import Any

from attrs import evolve, fields, frozen, has

from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.traces import Path
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.semantics.rows import Happening, Local
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import AnyProcess, Crash, Lose, Process, System

PITFALLS = "concordant.pitfalls."
REFERENCE = "concordant.refimpl."


@frozen
class Departure:
    """The move, from 1, at which the wrong process departs from the right one; what this does there, and its state after.

    `state` is None where the right process takes no notice of the input. `shows`: something else is sent, said or remembered; it is
    not just that the wrong process keeps its state in a class of its own, with what it needs for its mistake.
    """

    move: int
    happened: tuple[Happening, ...]
    state: object
    shows: bool = True


def without_mistake(process: AnyProcess) -> AnyProcess | None:
    """Return the process from which a wrong one is derived, with the same fields; None where it is derived from none, or refuses these."""
    base = class_without_mistake(type(process))
    if base is None:
        return None
    try:
        return base(**{part.alias: getattr(process, part.name) for part in fields(base) if part.init})  # type: ignore[arg-type]  # it has
    except ValueError:
        return None


def class_without_mistake(wrong: type[AnyProcess]) -> type[AnyProcess] | None:
    """Return the class of processes from which a wrong one is derived; None where it is derived from none."""
    for base in wrong.__mro__[1:]:
        if base is Process or not issubclass(base, Process) or inspect.isabstract(base) or not has(base):
            return None
        if not base.__module__.startswith(PITFALLS):
            return base  # type: ignore[return-value]  # attrs' own protocol hides the class
    return None


@frozen(eq=False)
class Beside:
    """A wrong system, and the right one on the same inputs. What both answer is kept from one run to the next."""

    wrong: Semantics
    right: Semantics

    @classmethod
    def of(cls, wrong: Semantics) -> Beside | None:
        """Put the processes without the mistake beside those of a system; None where it has none that is derived from another.

        A process of the reference is no mistake, from whichever other it is derived.
        """
        processes = wrong.system.processes
        wrongs = {address: each for address, each in processes.items() if not type(each).__module__.startswith(REFERENCE)}
        right = {address: without_mistake(process) for address, process in wrongs.items()}
        if not any(right.values()):
            return None
        repaired = {address: right.get(address) or process for address, process in processes.items()}
        return cls(wrong, Semantics(evolve(wrong.system, processes=repaired)))

    def departure(self, path: Path) -> Departure | None:
        """Return where a run of the wrong system departs from what the right processes do; None where that cannot be told."""
        wrong = self.wrong
        held: Departure | None = None
        try:
            start, steps = path
            states = [start, *(state for _, state in steps)]
            for number, (taken, _) in enumerate(steps, start=1):
                if isinstance(taken.move, Lose):
                    continue
                process = wrong.parts.index[taken.move.at]
                local = wrong.parts.steps.locals[process][states[number - 1].locals[process]]
                found = _departs(wrong, self.right, process, local, taken.move, number)
                if found is not None and found.shows:
                    return found
                held = held or found
        except (BrokenRule, Misuse):  # the right process cannot make sense of a state that only the wrong one reaches
            return held
        return held


def departure(system: System[Any], trace: tuple[Frame, ...]) -> Departure | None:
    """Return where a trace of a wrong system departs from what the processes without the mistake do; None where that cannot be told."""
    beside = Beside.of(Semantics(system))
    if beside is None:
        return None
    try:
        path = run(beside.wrong, tuple(frame.move for frame in trace))
    except (BrokenRule, Misuse):
        return None
    return beside.departure(path)


def _departs(wrong: Semantics, right: Semantics, process: int, local: Local, move: Any, number: int) -> Departure | None:
    there = right.parts.steps.locals[process].id(local)
    if isinstance(move, Crash):
        left = [right.parts.steps.locals[process][survivor].state for survivor in right.parts.steps.survivors(process, there)]
        return None if move.survivor in left or move.during is not None else Departure(number, (), left[0])
    expected = right.parts.steps.row(process, there, move)
    found = wrong.parts.steps.row(process, wrong.parts.steps.locals[process].id(local), move)
    if found is None:
        return None
    after = wrong.parts.steps.locals[process][found.local]
    if expected is None:
        return Departure(number, (), None)
    instead = right.parts.steps.locals[process][expected.local]
    said = expected.happenings == found.happenings
    if said and instead == after:
        return None
    return Departure(number, expected.happenings, instead.state, shows=not said or type(instead.state) is type(after.state))
