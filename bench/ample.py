"""What partial-order reduction could save at best: `python -m bench.ample [STEM/SCOPE …]`.

An ample set leaves out, in a state, all moves but those at one process. It may where nothing that the others do until then touches these
moves: none comes to be possible, none ceases to be, and each leads to the same state before and after each move of another. A reduction would
have to infer that from what moves read and write. Here it is asked of the whole graph, which no inference can beat:

- *order*: of the processes at which that is so, one with the fewest moves is taken;
- *seen*: only where none of these moves changes what a clause of safety was ever seen to read, or announces something to a clause that listens,
  and where one of them leads to a state that was not met yet, so that nothing is put off for ever.

- *alone*: the same for a search on behalf of one clause, on average over those that read something different, of which there are so many.

What is seen is what clauses of safety need, together or each in a search of its own; order alone is less than any of them needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

from attrs import define, field, frozen

from concordant.checks.exploration.explore import Reductions, Task, prepare
from concordant.checks.registry import protocols
from concordant.checks.semantics.seen import HISTORY, read
from concordant.checks.semantics.states import Taken
from concordant.refimpl.machine import System
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Always, AlwaysEach, Clause, EveryStep, OnEvent, Sometimes

SAFETY = (Always, AlwaysEach, EveryStep, OnEvent, Sometimes)
FEW, MANY = 150, 900
"""Of each protocol the largest scope of so many states is measured, where none is named."""
COLUMNS = "{:<44} {:>7} {:>7} {:>6} {:>7} {:>6} {:>7} {:>6} {:>8}"


@frozen
class Sight:
    """What clauses were seen to read: slots of a state, as clauses see it; the processes whose steps they judge; and whether they listen to events."""

    slots: frozenset[int] = frozenset()
    steps: frozenset[int] = frozenset()
    events: bool = False

    def with_(self, other: Sight) -> Sight:
        """Return what either reads."""
        return Sight(self.slots | other.slots, self.steps | other.steps, self.events or other.events)


@define(eq=False)
class Graph:
    """All states of a system by number, with their moves: who makes it, its label, where it leads; and what each clause of safety sees."""

    system: System[Any]
    moves: list[list[tuple[int, Taken, int]]] = field(factory=list, init=False)
    shown: list[tuple[object, ...]] = field(factory=list, init=False)
    sights: list[Sight] = field(factory=list, init=False)
    _apart: dict[tuple[int, int], bool] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        task = prepare(self.system, tuple(clause for clause in self.system.promises if isinstance(clause, SAFETY)), Reductions())
        parts = task.semantics.parts
        number = Search(task.semantics, task.judge).run().reached
        self.sights = [self._sight(task, clause) for clause in task.judge.clauses]
        for state in number:
            self.moves.append([(label.process, label, number[to]) for label, to in task.semantics.successors(state)])
            self.shown.append(tuple(read(parts, state, slot) for slot in range(2 + 2 * len(parts.addresses))))

    def _sight(self, task: Task, clause: Clause) -> Sight:
        seeing = task.semantics.parts.observations.seeing
        match clause:
            case AlwaysEach(view=view):
                return Sight(frozenset({HISTORY, *(2 + 2 * process for process in seeing(view))}))
            case EveryStep(view=view):
                return Sight(steps=frozenset(seeing(view)))
            case OnEvent():
                return Sight(events=True)
            case _:
                return Sight(frozenset(task.judge.asked[clause.id].memo.reads))

    def at(self, state: int, process: int) -> dict[Taken, int]:
        """Return the moves at a process, each with where it leads."""
        return {label: to for who, label, to in self.moves[state] if who == process}

    def stands_apart(self, state: int, process: int) -> bool:
        """Tell whether nothing that others do from here on touches the moves at a process."""
        own, met, left = self.at(state, process), {state}, [state]
        while left:
            here = left.pop()
            for who, label, to in self.moves[here]:
                if who == process:
                    continue
                after = self.at(to, process)
                if after.keys() != own.keys() or not self._commute(here, process, label, after):
                    return False
                if to not in met:
                    met.add(to)
                    left.append(to)
        return True

    def _commute(self, here: int, process: int, other: Taken, after: dict[Taken, int]) -> bool:
        return all(
            any(label == other and to == after[own] for _, label, to in self.moves[then]) for own, then in self.at(here, process).items()
        )

    def unseen(self, sight: Sight, state: int, process: int) -> bool:
        """Tell whether no move at a process changes what is read, or announces something to those that listen."""
        slots = (*sight.slots, *(2 + 2 * each for each in sight.steps))
        here = self.shown[state]
        return all(
            not (sight.events and label.happened) and all(self.shown[to][slot] == here[slot] for slot in slots)
            for label, to in self.at(state, process).items()
        )

    def kept(self, sight: Sight) -> int:
        """Return how many states a search meets that loses nothing of this."""
        return self.reduced(lambda state, who, met: self.unseen(sight, state, who) and not met.issuperset(self.at(state, who).values()))

    def reduced(self, suits: Callable[[int, int, set[int]], bool]) -> int:
        """Search with one process for all where that suits; return how many states are met."""
        met, level = {0}, [0]
        while level:
            following: list[int] = []
            for state in level:
                for to in self._chosen(state, met, suits):
                    if to not in met:
                        met.add(to)
                        following.append(to)
            level = following
        return len(met)

    def _chosen(self, state: int, met: set[int], suits: Callable[[int, int, set[int]], bool]) -> list[int]:
        movers = sorted({who for who, _, _ in self.moves[state]}, key=lambda who: (len(self.at(state, who)), who))
        for who in movers if len(movers) > 1 else ():
            if suits(state, who, met) and self._apart_once(state, who):
                return list(self.at(state, who).values())
        return [to for _, _, to in self.moves[state]]

    def _apart_once(self, state: int, process: int) -> bool:
        if (state, process) not in self._apart:
            self._apart[state, process] = self.stands_apart(state, process)
        return self._apart[state, process]


def scopes(names: tuple[str, ...]) -> Iterator[tuple[str, System[Any]]]:
    """Yield systems, each with its name: those named, or one of each protocol."""
    for protocol in protocols():
        sized = [(scope.expected.states, f"{protocol.stem}/{scope.name}", scope.system) for scope in protocol.scopes if scope.expected]
        if names:
            yield from ((name, system) for _, name, system in sized if name in names)
        elif fitting := [each for each in sized if FEW <= each[0] <= MANY]:
            _, name, system = max(fitting, key=lambda each: each[0])
            yield name, system


def main(*names: str) -> None:
    """Print a line for each system, and their sums."""
    print(COLUMNS.format("", "states", "order", "", "seen", "", "alone", "", "clauses"))
    sums = [0, 0, 0, 0]
    for name, system in scopes(names):
        graph = Graph(system)
        all_ = reduce(Sight.with_, graph.sights, Sight())
        alone = [graph.kept(sight) for sight in dict.fromkeys(graph.sights)]
        found = [len(graph.moves), graph.reduced(lambda *_: True), graph.kept(all_), sum(alone) // max(1, len(alone))]
        sums = [before + more for before, more in zip(sums, found, strict=True)]
        _tell(name, found, str(len(alone)))
    _tell("all", sums, "")


def _tell(name: str, found: list[int], clauses: str) -> None:
    parts = [text for many in found[1:] for text in (f"{many:,}", f"{100 * many / found[0]:.0f} %")]
    print(COLUMNS.format(name, f"{found[0]:,}", *parts, clauses), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
