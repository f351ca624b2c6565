"""Local states, what happens, and rows: the records of which the tables of a system are made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.watching import watched
from concordant.spec.vocabulary import Address, identity, likeness


class Local(NamedTuple):
    """The local state of a process, and whether it is up; of one that is down, what survived."""

    state: Any
    up: bool


class Happening(NamedTuple):
    """One thing for the history to see: at which process, done by whom, what."""

    at: Address
    by: Address
    what: object


def key_of_local(local: Local) -> Hashable:
    """Return what tells local states apart."""
    return local.up, identity(local.state)


def key_of_happenings(happenings: tuple[Happening, ...]) -> tuple[Hashable, ...]:
    """Return what tells sequences of happenings apart."""
    return tuple([(at, by, likeness(what)) for at, by, what in happenings])  # a malformed request is no value


class Row(NamedTuple):
    """What one move does at its process.

    `local`: the local state after. `messages`: sent to processes, in order. `happenings`: for the history, in order;
    `happened`: these by number. `answered`: users by number, in order.
    """

    local: int
    messages: tuple[int, ...]
    happenings: tuple[Happening, ...]
    happened: int
    answered: tuple[int, ...]


class BrokenHistory(BrokenRule):
    """A history failed, or left the rules for values."""

    @classmethod
    def of(cls, history: object, at: Address, by: Address, what: object, how: str) -> BrokenHistory:
        """Say what a history did on which happening."""
        return cls(f"{type(history).__name__}.after({at}, {by}, {text(what)}) {how}\n  history: {text(history)}")


class BrokenSystem(Misuse):
    """An assumption, a bound, or what a Byzantine participant may send, failed."""


def holds(condition: Callable[..., object], called: str, *given: object) -> bool:
    """Ask an assumption or a bound of a system; where it fails, it is a BrokenSystem that names it."""
    try:
        answer = watched(lambda: condition(*given))
    except BrokenProcess:
        raise
    except Exception as error:
        raise BrokenSystem(f"{called} raised {type(error).__name__}: {error}") from error
    if not isinstance(answer, bool):  # None, of a function that forgets to return, would forbid everything
        raise BrokenSystem(f"{called} returned {answer!r}; return True or False")
    return answer
