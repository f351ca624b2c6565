"""What a supervisor, or a coordinator, and its agents tell each other: what to do, and what became of it."""

from __future__ import annotations

from attrs import frozen

from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.vocabulary import Address


@frozen
class Done:
    """A subtask succeeded, and left this."""

    result: str


@frozen
class Failed:
    """A subtask failed, or its agent crashed."""


@frozen
class Stopped:
    """A subtask was stopped, because of another or of the client."""


@frozen
class Run:
    """The supervisor gives a subtask to an agent. Numbers tell one time from the next; an agent's grow."""

    number: int
    subtask: str


@frozen
class Stop:
    """The supervisor asks an agent to stop what it was given under this number."""

    number: int


@frozen
class Over:
    """An agent tells what became of what it was given."""

    number: int
    outcome: Done | Failed | Stopped


@frozen
class Accepted:
    """The supervisor has taken a client's task."""

    client: Address
    subtasks: tuple[Subtask, ...]
