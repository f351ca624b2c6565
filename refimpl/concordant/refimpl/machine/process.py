"""A process is one participant: a pure transition function over its local state.

Nothing in it reads a clock, a random source, a global or a hash order. Time, loss, crashes, suspicion and scheduling
arrive as inputs that a checker chooses (I/O automata: Lynch and Tuttle, 1989).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic, Never, TypeAlias, get_args, get_origin

from attrs import frozen
from typing_extensions import TypeVar

from concordant.spec.vocabulary import Address, Effect, Ticks

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
M = TypeVar("M", contravariant=True, default=Never)
R = TypeVar("R", contravariant=True, default=Never)
T = TypeVar("T", default=Never)


@frozen
class Step(Generic[S_co]):
    """What one input leads to: the next local state, and effects in their order."""

    state: S_co
    effects: tuple[Effect, ...] = ()

    def then(self, function: Callable[[S_co], Step[S_co] | None]) -> Step[S_co]:
        """Go on from the state reached, within the same step; None adds nothing."""
        following = function(self.state)
        return self if following is None else Step(following.state, self.effects + following.effects)


def step(state: S, *effects: Effect) -> Step[S]:
    """Make a step."""
    return Step(state, effects)


class Process(ABC, Generic[S, M, R, T]):
    """State, messages received, requests of its users, triggers: the header of a process is its input alphabet.

    `start` and `view` must be defined; the rest does nothing by default. The class that `view` is annotated to return
    is the one in which clauses see the process. A process is a frozen value: what it holds never changes.
    """

    def __setattr__(self, name: str, value: object) -> None:
        raise TypeError(
            f"{type(self).__name__}.{name} = {value!r}: a process keeps nothing in self; put it into the state, "
            f"or make the class @frozen and {name} a field"
        )

    @abstractmethod
    def start(self) -> Step[S]:
        """Make the first state. Its effects happen before anything else; it answers nobody."""

    @abstractmethod
    def view(self, state: S) -> object:
        """Show what an outsider could know: a record declared in spec."""

    def receive(self, state: S, source: Address, message: M) -> Step[S] | None:  # noqa: ARG002  # a default that reads nothing
        """Take a message. None: consumed without effect, so a process that wants it later must hold it itself."""
        return None

    def request(self, state: S, client: Address, request: R) -> Step[S] | None:  # noqa: ARG002
        """Take a user's request. None: not taken now, and no call is open."""
        return None

    def cancel(self, state: S, client: Address) -> Step[S] | None:  # noqa: ARG002
        """Cancel the open call of a user, which a `Reply` ends, now or later. None: it is too late, which the history hears."""
        return None

    def armed(self, state: S) -> tuple[T, ...]:  # noqa: ARG002
        """List what may happen inside at any moment from now: one value per choice."""
        return ()

    def fire(self, state: S, trigger: T) -> Step[S]:
        """Let something that is armed happen. Never None: what is armed can happen."""
        raise NotImplementedError(f"{type(self).__name__} arms {trigger!r} but defines no fire(state, trigger)")

    def suspect(self, state: S, peer: Address) -> Step[S] | None:  # noqa: ARG002
        """Hear from the failure detector that a peer seems down. None where that changes nothing."""
        return None

    def trust(self, state: S, peer: Address) -> Step[S] | None:  # noqa: ARG002
        """Hear from the failure detector that a peer seems up after all. None where it is not suspected."""
        return None

    def tick(self, state: S, now: Ticks) -> Step[S] | None:  # noqa: ARG002
        """Read the clock: it shows `now`, and everything that is due happens in this step, what was due first, first.

        A process that defines this has a clock, which goes on whatever it returns. `now` is one more than before, unless the
        clock was set back, has come round, or the process was down.
        """
        return None

    def survives(self, state: S) -> Iterable[S]:  # noqa: ARG002
        """List what a crash may leave of the state: one of these. By default the start state: nothing survives."""
        return (self.start().state,)

    def recover(self, state: S) -> Step[S]:
        """Come up again from what survived. Must be defined where a system recovers."""
        raise NotImplementedError(
            f"{type(self).__name__} recovers but defines no recover(state); return step(state) to go on from {state!r}"
        )


AnyProcess: TypeAlias = Process[Any, Any, Any, Any]
"""A process of some type: a system holds processes of several."""


def header(kind: type[AnyProcess]) -> tuple[Any, Any, Any, Any]:
    """Return the types that the header of a class of processes names: state, messages, requests, triggers; `Never` by default."""
    for base in kind.__mro__:
        for origin in getattr(base, "__orig_bases__", ()):
            if get_origin(origin) is Process:
                state, *inputs = get_args(origin)
                messages, requests, triggers = (*inputs, Never, Never, Never)[:3]
                return state, messages, requests, triggers
    raise TypeError(f"{kind.__name__} has no header; derive it from Process[State, Messages, Requests, Triggers]")
