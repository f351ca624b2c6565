"""Lassos: a short fair cycle through a state, within a component in which a fair path can stay for ever.

Both engines find states and components by means of their own, and close the cycle here: transitions are tried in the order of
the semantics, and what is owed in the order of its content. So the lasso depends on the system alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from attrs import define, field

S = TypeVar("S", bound=Hashable)
L = TypeVar("L")


class Way(NamedTuple, Generic[S, L]):
    """A transition: its label, its target, and the obligation that it discharges, None where it discharges none."""

    label: L
    target: S
    owed: Any


@define(eq=False, repr=False)
class Cycle(Generic[S, L]):
    """A cycle being made, from a state and back to it. It is fair when nothing is owed any more; an empty cycle stays in its state.

    `out`: the transitions out of a state, in order. `inside`: whether a state is in the component. `is_strong`: whether an
    obligation is owed strongly. `key`: the order of obligations.
    """

    out: Callable[[S], Iterable[Way[S, L]]]
    inside: Callable[[S], bool]
    is_strong: Callable[[Any], bool]
    key: Callable[[Any], Any]
    base: S
    path: list[Way[S, L]] = field(factory=list, init=False)
    _possible: dict[S, set[Any]] = field(factory=dict, init=False)
    _inner: dict[S, tuple[Way[S, L], ...]] = field(factory=dict, init=False)

    def close(self) -> list[Way[S, L]]:
        """Make the cycle fair, by short ways from one thing owed to the next, and return its transitions."""
        if self._owes(self.base):
            self.path = self._way(self.base, lambda way: way.target == self.base)
        while unmet := self._unmet():
            here = self.base
            made: list[Way[S, L]] = []
            for obligation in unmet:
                made += self._way(here, lambda way, obligation=obligation: self._meets(way, obligation))  # type: ignore[misc]
                here = made[-1].target
            self.path += made + ([] if here == self.base else self._way(here, lambda way: way.target == self.base))
        return self.path

    def _look(self, state: S) -> None:
        if state not in self._possible:
            ways = tuple(self.out(state))
            self._possible[state] = {way.owed for way in ways if way.owed is not None}
            self._inner[state] = tuple(way for way in ways if self.inside(way.target))

    def _owes(self, state: S) -> set[Any]:
        """Return what could be discharged in a state."""
        self._look(state)
        return self._possible[state]

    def _unmet(self) -> list[Any]:
        """List what the cycle as it is owes and does not do."""
        possible = [self._owes(state) for state in {self.base, *(way.target for way in self.path)}]
        done = {way.owed for way in self.path}
        weak = set.intersection(*possible)
        return sorted((each for each in set.union(*possible) - done if self.is_strong(each) or each in weak), key=self.key)

    def _meets(self, way: Way[S, L], obligation: Any) -> bool:
        """Tell whether a transition discharges an obligation, or leads where a weak one cannot be discharged."""
        return bool(way.owed == obligation) or (not self.is_strong(obligation) and obligation not in self._owes(way.target))

    def _way(self, start: S, ends: Callable[[Way[S, L]], bool]) -> list[Way[S, L]]:
        """Return a shortest way within the component whose last transition is wanted. There is one: the component is connected, and fair."""
        came: dict[S, tuple[S, Way[S, L]]] = {}
        waiting = deque([start])
        while waiting:
            state = waiting.popleft()
            self._look(state)
            for way in self._inner[state]:
                if ends(way):
                    return [*self._back(came, start, state), way]
                if way.target != start and way.target not in came:
                    came[way.target] = state, way
                    waiting.append(way.target)
        raise RuntimeError(f"a component has no way on from {start}")

    def _back(self, came: dict[S, tuple[S, Way[S, L]]], start: S, state: S) -> list[Way[S, L]]:
        found: list[Way[S, L]] = []
        while state != start:
            state, way = came[state]
            found.append(way)
        return found[::-1]
