"""What is stepped through: a system by its name, from the start or from the end of a run that shows something."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from concordant.checks.elsewhere.shown import shown
from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.exploration.situations import Situation, walked
from concordant.checks.misuse import Misuse
from concordant.checks.own import meant
from concordant.checks.registry import Named, Protocol
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine import AnySystem, Mechanism, Move
from concordant.spec.vocabulary import Clause


@frozen(eq=False)
class Setting:
    """A system to step through. `name` and `scope` name it in a link; `shows`: in a sentence; `run`: the moves with which to begin, if any.

    `cycle`: how many of the last of these are repeated for ever; None where the run is no lasso.
    """

    name: str
    scope: str
    shows: str
    protocol: Protocol
    system: AnySystem
    run: tuple[Move, ...] = ()
    cycle: int | None = None

    def cycle_of(self, frames: Sequence[Frame]) -> int | None:
        """Return how many of the last moves of a run are repeated for ever, where it is that of the setting; None of any other."""
        return self.cycle if tuple(frame.move for frame in frames) == self.run else None

    def clause(self, name: str) -> Clause:
        """Return a clause that the system promises, by its name or id; another is a Misuse."""
        for clause in self.system.promises:
            if name in (clause.id, clause.name):
                return clause
        promised = ", ".join(each.name for each in self.system.promises)
        raise Misuse(f"{name or 'nothing'} is no clause of this system; it promises {promised}")


def setting(name: str, scope: str | None = None) -> Setting:
    """Return the setting that a name means.

    A protocol: one of its scopes by name, by default the first small one. A pitfall or a known violation: its system, with the
    run that shows it. A clause: the run of the pitfall that breaks it, or that reaches it. A situation: the run that leads there.
    A rule has no moves, so that it is a Misuse, as is a name that means nothing.
    """
    return of(*meant(name), name, scope)


def of(protocol: Protocol, part: Named | None, name: str, scope: str | None = None) -> Setting:
    """Return the setting of what a name was found to mean."""
    if part is None:
        found = _scope(protocol, scope)
        return Setting(name, found.name, found.shows, protocol, found.system)
    if scope is not None:
        raise Misuse(f"{name} is part of {protocol.stem}, and has a system of its own: leave --scope out")
    if isinstance(part, Situation):
        _, steps = walked(Semantics(part.system), part)
        return Setting(name, "", part.shows, protocol, part.system, tuple(taken.move for taken, _ in steps))
    _require_moves(protocol, part)
    run = shown(protocol, part)
    return Setting(name, "", _sentence(part), protocol, run.system, tuple(frame.move for frame in run.trace), run.cycle)


def _scope(protocol: Protocol, name: str | None) -> Scope:
    """Return a scope by its name, or the first small one."""
    if not protocol.scopes:
        raise Misuse(f"{protocol.stem} has no moves to step through; concordant explain {protocol.stem} shows what it has")
    small = next((each for each in protocol.scopes if each.size is Size.SMALL), protocol.scopes[0])
    found = small if name is None else next((each for each in protocol.scopes if each.name == name), None)
    if found is None:
        raise Misuse(f"{protocol.stem} has no scope {name}; it has {', '.join(each.name for each in protocol.scopes)}")
    return found


def _require_moves(protocol: Protocol, part: Named) -> None:
    subject = getattr(part, "subject", None)
    name = getattr(part, "id", protocol.stem)
    if isinstance(subject, Mechanism):
        raise Misuse(f"{name} is about a rule, which has no moves to step through; concordant explain {name} shows its profile")


def _sentence(part: Named) -> str:
    if isinstance(part, Clause):
        return part.sentence
    return str(getattr(part, "mistake", None) or getattr(part, "why", ""))
