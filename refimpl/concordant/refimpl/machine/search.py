"""Breadth-first search of any transition system: the readable definition of what exploration means.

Checks explore systems of processes by it, proofs the finite instances of their models.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, Protocol, Self, TypeVar

from attrs import define, field

S = TypeVar("S", bound=Hashable)
L = TypeVar("L")
L_co = TypeVar("L_co", covariant=True)
L_contra = TypeVar("L_contra", contravariant=True)
INTERRUPTED = "interrupted"
LOOKS = 64
"""Transitions from one look at the limit to the next, of states that have many."""


class Overdue(BaseException):
    """Raised in the midst of whatever runs, when a bound was reached and nobody looked: no handler of exceptions takes it for its own. The text says which."""


class TransitionSystem(Protocol[S, L_co]):
    """Anything with initial states and labelled successors. A system of processes is one by its semantics."""

    def initial(self) -> Iterable[S]:
        """List the initial states."""
        ...

    def successors(self, state: S, /) -> Iterable[tuple[L_co, S]]:
        """List the transitions from a state: label and state reached, self-loops included."""
        ...


class Visitor(Generic[S, L]):
    """What looks on while a transition system is searched; by default, nothing."""

    def visit(self, state: S) -> bool:  # noqa: ARG002  # a default that reads nothing
        """Look at a state, once. False: it lies beyond the bounds and is not left."""
        return True

    def cross(self, source: S, label: L, target: S) -> None:
        """Look at a transition."""

    def leave(self, state: S) -> None:
        """Look at a state all of whose transitions have been crossed."""

    @property
    def satisfied(self) -> bool:
        """Whether there is nothing left to look for."""
        return False


class TakesEdges(Protocol[L_contra]):
    """Whoever takes every transition, by the numbers of its states."""

    def add(self, source: int, label: L_contra, target: int) -> None:
        """Take one transition."""
        ...


class Limit(Protocol):
    """What ends a search early."""

    def why_stop(self, search: Search[Any, Any], /) -> str | None:
        """Say why to stop now, None to go on; asked before each state is left, and now and then while one is."""
        ...


@define(eq=False)
class Search(Generic[S, L]):
    """A search and what it found. Depth counts levels, the initial states being level 1.

    `representative` maps a state to the one that stands for all its renamings; states are then representatives, and a
    transition leads from one to a state as it is. `reached` numbers the states in the order in which they were met. `edges`
    takes every transition, by the numbers of its states, which are then representatives both. `frontier`: how many states were met and not left. `stopped` says why it ended before everything was searched, and is None where it did not.
    """

    model: TransitionSystem[S, L]
    visitor: Visitor[S, L] = field(factory=Visitor)
    limit: Limit | None = None
    representative: Callable[[S], S] | None = field(default=None, kw_only=True)
    edges: TakesEdges[L] | None = field(default=None, kw_only=True)
    reached: dict[S, int] = field(factory=dict, init=False)
    transitions: int = field(default=0, init=False)
    depth: int = field(default=0, init=False)
    beyond: int = field(default=0, init=False)
    frontier: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    _before: list[tuple[S, L] | None] = field(factory=list, init=False)

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        return len(self.reached)

    def run(self) -> Self:
        """Search until everything is searched, the visitor is satisfied, a limit is reached, or Ctrl-C is pressed, where there is a limit."""
        try:
            self._run()
        except KeyboardInterrupt:
            if self.limit is None:
                raise
            self.stopped = INTERRUPTED
        except Overdue as overdue:
            self.stopped = str(overdue)
        except MemoryError:
            if self.limit is None:
                raise
            self.stopped = "all memory spent"
        return self

    def _run(self) -> None:
        level = self._begin()
        self.depth = 1
        while level:
            met = self.states
            following: list[S] = []
            for place, state in enumerate(level):
                self.frontier = len(level) - place + len(following)
                if self.visitor.satisfied or self._stops():
                    return
                following += self._leave(state)
                if self.stopped:
                    return
            self.depth += self.states > met
            level = following

    def _stops(self) -> bool:
        self.stopped = None if self.limit is None else self.limit.why_stop(self)
        return self.stopped is not None

    def _begin(self) -> list[S]:
        starts = self.model.initial() if self.representative is None else map(self.representative, self.model.initial())
        return [state for state in starts if state not in self.reached and self._meet(state, None)]

    def _meet(self, state: S, from_: tuple[S, L] | None) -> bool:
        self.reached[state] = len(self._before)
        self._before.append(from_)
        leaves = self.visitor.visit(state)
        self.beyond += not leaves
        return leaves

    def _leave(self, state: S) -> list[S]:
        new: list[S] = []
        visitor, reached, edges = self.visitor, self.reached, self.edges
        source = reached[state]
        for label, target in self.model.successors(state):
            if self.transitions % LOOKS == LOOKS - 1 and self._stops():
                return new
            self.transitions += 1
            visitor.cross(state, label, target)
            met = target if self.representative is None else self.representative(target)
            number = reached.get(met)
            if number is None:
                number = len(reached)
                if self._meet(met, (state, label)):
                    new.append(met)
            if edges is not None:
                edges.add(source, label, number)
        visitor.leave(state)
        return new

    def path(self, state: S) -> tuple[S, tuple[tuple[L, S], ...]]:
        """Return an initial state and a shortest path from it to this one."""
        steps: list[tuple[L, S]] = []
        while (before := self._before[self.reached[state]]) is not None:
            source, label = before
            steps.append((label, state))
            state = source
        return state, tuple(reversed(steps))
