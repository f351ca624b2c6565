"""Global states, as tuples of the numbers that `Parts` gives to values."""

from __future__ import annotations

from typing import NamedTuple

from concordant.checks.semantics.environment import UserState
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.time import Dials
from concordant.refimpl.machine import Move
from concordant.spec.vocabulary import Call


class Spent(NamedTuple):
    """How much of each allowance is used up; one without bound stays at 0."""

    losses: int = 0
    crashes: int = 0
    recoveries: int = 0
    cancellations: int = 0
    mistakes: int = 0
    setbacks: int = 0


class State(NamedTuple):
    """A global state. Everything is a number of the tables in `Parts`.

    `locals`: one place per process. `flight`: the blocks of the network, by channel. `users`: one place per user. `ages`:
    where a delay is bounded, how long each message has been in flight. `dials`: what the clocks show.
    """

    locals: tuple[int, ...]
    flight: tuple[int, ...]
    users: tuple[UserState, ...]
    history: int
    spent: Spent
    ages: tuple[tuple[int, int], ...] = ()
    dials: Dials = ()


class Taken(NamedTuple):
    """A move that was made: at which process (by number, -1 for none), and what happened, by number."""

    move: Move
    process: int
    happened: int
    dropped: int = 0


def in_flight(state: State, flight: tuple[int, ...]) -> State:
    """Return a state with something else in flight: what `_replace` returns, in a third of its time."""
    return State(state.locals, flight, state.users, state.history, state.spent, state.ages, state.dials)


def up(parts: Parts, state: State, process: int) -> bool:
    """Tell whether a process is up."""
    return parts.steps.locals[process].values[state.locals[process]].up


def waiting(parts: Parts, state: State) -> tuple[Call, ...]:
    """List the open calls, in the order of the users and then of the processes."""
    return tuple(
        Call(user.name, parts.addresses[process]) for user, (_, calls) in zip(parts.users, state.users, strict=True) for process in calls
    )
