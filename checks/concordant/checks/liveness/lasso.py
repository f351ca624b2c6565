"""Lassos: a short fair cycle through a state, within a component in which a fair path can stay for ever."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from attrs import define, field

from concordant.checks.liveness.fair import Chosen
from concordant.checks.liveness.obligations import NOBODY, Column, Graph


@define(eq=False)
class Cycle:
    """A cycle being made: edges by number, from a state and back to it. It is fair when nothing is owed any more.

    An empty cycle stays in its state.
    """

    graph: Graph
    strongly: Chosen
    component: Column
    base: int
    path: list[int] = field(factory=list, init=False)
    _out: dict[int, list[int]] = field(init=False)
    _owed: dict[int, set[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        graph, inside = self.graph, self.component == self.component[self.base]
        self._out = {}
        for edge in (inside[graph.sources] & inside[graph.targets]).nonzero()[0].tolist():
            self._out.setdefault(int(graph.sources[edge]), []).append(edge)
        states, owed = graph.enabled
        self._owed = {}
        for state, obligation in zip(states[inside[states]].tolist(), owed[inside[states]].tolist(), strict=True):
            self._owed.setdefault(state, set()).add(obligation)

    def close(self) -> list[int]:
        """Make the cycle fair, by short ways from one thing owed to the next, and return its edges."""
        if not self._owed.get(self.base):
            return []
        self.path = self._way(self.base, lambda edge: self._target(edge) == self.base)
        while unmet := self._unmet():
            here = self.base
            made: list[int] = []
            for obligation in unmet:
                way = self._way(here, lambda edge, obligation=obligation: self._meets(edge, obligation))  # type: ignore[misc]
                made += way
                here = self._target(way[-1]) if way else here
            self.path += made + ([] if here == self.base else self._way(here, lambda edge: self._target(edge) == self.base))
        return self.path

    def _target(self, edge: int) -> int:
        return int(self.graph.targets[edge])

    def _unmet(self) -> list[int]:
        """List what the cycle as it is owes and does not do."""
        visited = {self.base, *(self._target(edge) for edge in self.path)}
        done = {int(self.graph.owed[edge]) for edge in self.path} - {NOBODY}
        possible = [self._owed.get(state, set()) for state in visited]
        weak = set.intersection(*possible)
        return sorted(each for each in set.union(*possible) - done if self.strongly[each] or each in weak)

    def _meets(self, edge: int, obligation: int) -> bool:
        """Tell whether an edge discharges an obligation, or leads where a weak one cannot be discharged."""
        if self.graph.owed[edge] == obligation:
            return True
        return not self.strongly[obligation] and obligation not in self._owed.get(self._target(edge), set())

    def _way(self, start: int, ends: Callable[[int], bool]) -> list[int]:
        """Return a shortest way within the component whose last edge is wanted. There is one: the component is connected, and fair."""
        came: dict[int, int] = {}
        waiting = deque([start])
        seen = {start}
        while waiting:
            state = waiting.popleft()
            for edge in self._out.get(state, ()):
                if ends(edge):
                    return [*self._back(came, start, state), edge]
                target = self._target(edge)
                if target not in seen:
                    seen.add(target)
                    came[target] = edge
                    waiting.append(target)
        return []

    def _back(self, came: dict[int, int], start: int, state: int) -> Iterator[int]:
        found: list[int] = []
        while state != start:
            found.append(came[state])
            state = int(self.graph.sources[came[state]])
        return reversed(found)
