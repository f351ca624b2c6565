"""Global states as plain values: what is there, and when two are the same."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from attrs import fields, frozen, has

Channel = tuple[int, int]
Flight = Mapping[Channel, tuple[Any, ...]]


def key(value: Any) -> Any:
    """Return a key of a value: type and content, of all fields."""
    kind = type(value)
    match value:
        case Enum():
            return kind, value.name
        case tuple():
            return kind, tuple(map(key, value))
        case frozenset():
            return kind, frozenset(map(key, value))
        case None | bool() | int() | str() | Fraction() | type():
            return kind, value
        case _ if has(kind):
            return kind, tuple(key(getattr(value, part.name)) for part in fields(kind))
    raise TypeError(f"{value!r} is no value")


class Local(NamedTuple):
    """What a process holds, and whether it is up."""

    state: Any
    up: bool = True


@frozen
class Spent:
    """What was used of each allowance."""

    losses: int = 0
    crashes: int = 0
    recoveries: int = 0
    cancellations: int = 0
    mistakes: int = 0
    setbacks: int = 0


@frozen(eq=False)
class World:
    """A global state. `users`: how far each is, and where it waits; `clocks`: how often each went on, and by how much it was set back."""

    locals: tuple[Local, ...]
    flight: Flight
    users: tuple[tuple[int, frozenset[int]], ...]
    history: Any
    spent: Spent = Spent()
    clocks: tuple[tuple[int, int] | None, ...] = ()

    def key(self, *, fifo: bool) -> Any:
        """Return what makes it the same as another."""
        sent = {channel: [*map(key, content)] for channel, content in self.flight.items()}
        flight = frozenset((channel, tuple(content if fifo else sorted(content, key=repr))) for channel, content in sent.items())
        locals_ = tuple((key(local.state), local.up) for local in self.locals)
        return locals_, flight, self.users, key(self.history), self.spent, self.clocks
