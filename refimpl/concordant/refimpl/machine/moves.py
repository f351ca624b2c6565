"""Moves: everything that can happen in a system, as values. Traces, schedules and replay are made of them.

Two moves are equal if they are about the same values: to receive 1 is not to receive True.

A pattern is a move with `ANY` or a class in some field; `matches` compares.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Final, TypeAlias

from attrs import field, fields, frozen, has

from concordant.spec.vocabulary import Address, Ticks, likeness


@frozen(cache_hash=True)
class Receive:
    """A message is delivered; at a process that is down it vanishes."""

    at: Address
    source: Address
    message: object = field(eq=likeness)


@frozen(cache_hash=True)
class Ask:
    """A user makes a request of a process."""

    at: Address
    user: Address
    request: object = field(eq=likeness)


@frozen(cache_hash=True)
class Cancel:
    """A user asks to cancel its open call."""

    at: Address
    user: Address


@frozen(cache_hash=True)
class Fire:
    """Something that a process has armed happens."""

    at: Address
    trigger: object = field(eq=likeness)


@frozen
class Act:
    """An action of a model that is taken, with what it is about: the trigger of the moves of a model, which is like one process."""

    action: str
    given: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return f"{self.action}({', '.join(f'{name}={_said(value)}' for name, value in self.given)})" if self.given else self.action


def _said(value: object) -> str:
    return value.name.lower() if isinstance(value, Enum) else repr(value) if isinstance(value, str) else str(value)


@frozen(cache_hash=True)
class Suspect:
    """The failure detector tells a process to suspect a peer."""

    at: Address
    peer: Address


@frozen(cache_hash=True)
class Trust:
    """The failure detector tells a process not to suspect a peer any more."""

    at: Address
    peer: Address


@frozen(cache_hash=True)
class Tick:
    """The clock of a process goes on, and shows this now."""

    at: Address
    now: Ticks


@frozen(cache_hash=True)
class SetBack:
    """The clock of a process is set back, and shows this now."""

    at: Address
    now: Ticks


@frozen(cache_hash=True)
class Recover:
    """A process comes up again, from what survived. `now`: what its clock shows, which it reads in the same step; None without one."""

    at: Address
    now: Ticks | None = None

    def __str__(self) -> str:
        return f"Recover({self.at})" if self.now is None else f"Recover({self.at}, {self.now})"


@frozen(cache_hash=True)
class Lose:
    """The network loses a message; on a FIFO channel only its head."""

    source: Address
    to: Address
    message: object = field(eq=likeness)


@frozen(cache_hash=True)
class Forge:
    """A Byzantine participant has a message received at once."""

    at: Address
    by: Address
    message: object = field(eq=likeness)


@frozen(cache_hash=True)
class Crash:
    """A process goes down and leaves one survivor; `during` is the move that it cuts short after some of its sends."""

    at: Address
    survivor: object = field(eq=likeness)
    during: Receive | Ask | Cancel | Fire | Suspect | Trust | Tick | SetBack | Recover | Forge | None = None
    sends: int = 0


Handled: TypeAlias = Receive | Ask | Cancel | Fire | Suspect | Trust | Tick | SetBack | Recover | Forge
"""A move that a process handles."""
Move: TypeAlias = Handled | Lose | Crash


def is_of_model(move: Move) -> bool:
    """Tell whether a move is one of a model that is no system of processes."""
    return isinstance(move, Fire) and isinstance(move.trigger, Act)


@frozen(cache_hash=True)
class _Anything:
    def __repr__(self) -> str:
        return "ANY"


ANY: Final[Any] = _Anything()
"""Matches every value in a field of a pattern."""


def matches(pattern: object, value: object) -> bool:
    """Tell whether a value fits a pattern: equal, ANY, an instance of a class, or of the same class with fields that fit.

    >>> matches(Suspect(ANY, Address("a")), Suspect(Address("b"), Address("a")))
    True
    """
    if pattern in (ANY, value):
        return True
    if isinstance(pattern, type):
        return isinstance(value, pattern)
    kind = type(pattern)
    if kind is not type(value) or not has(kind):
        return False
    return all(matches(getattr(pattern, part.name), getattr(value, part.name)) for part in fields(kind))
