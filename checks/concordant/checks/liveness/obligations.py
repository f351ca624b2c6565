"""What a fair path owes: which edges of a search discharge which obligation, and how strongly it is owed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen

from concordant.checks.exploration.edges import Edges
from concordant.checks.semantics.semantics import DEPENDING, Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Fire, Move, Receive, Suspect, Tick, Trust
from concordant.spec.vocabulary import Fair

Column: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
NOBODY = -1


@frozen(eq=False)
class Graph:
    """The transitions of a complete search as columns. `owed`: by number the obligation that an edge discharges, or NOBODY.

    `moves`: the obligations, each a move that is owed. The states are numbered from 0, in the order of the search.
    """

    states: int
    sources: Column
    targets: Column
    owed: Column
    moves: tuple[Move, ...]
    _enabled: tuple[Column, Column] = field(init=False)

    def __attrs_post_init__(self) -> None:
        some = self.owed != NOBODY
        keys = np.unique(self.sources[some] * max(1, len(self.moves)) + self.owed[some])
        object.__setattr__(self, "_enabled", tuple(np.divmod(keys, max(1, len(self.moves)))))

    @property
    def enabled(self) -> tuple[Column, Column]:
        """Return pairs of a state and an obligation that could be discharged there."""
        return self._enabled


def graph_of(semantics: Semantics, states: Iterable[State], edges: Edges[Taken], given: Fair) -> Graph:
    """Return the graph of a search with what fairness owes: messages in flight, triggers that are armed, true suspicions, time.

    Users, faults and false suspicions are owed to nobody.
    """
    reached = tuple(states)
    numbers: dict[Move, int] = {}
    by_label = [_number(label.move, given, numbers) for label in edges.labels.values]
    sources, targets, named = (
        np.frombuffer(column, dtype=np.intc).astype(np.int64) for column in (edges.sources, edges.targets, edges.named)
    )
    owed = np.array(by_label, dtype=np.int64)[named] if len(named) else named
    for edge in np.flatnonzero(np.isin(owed, _depending(numbers))):
        move = edges.labels[int(named[edge])].move
        if not semantics.moves_by_itself(reached[int(sources[edge])], move):
            owed[edge] = NOBODY  # the detector need never make this mistake, nor this clock run ahead
    return Graph(len(reached), sources, targets, owed, tuple(numbers))


def _depending(numbers: dict[Move, int]) -> list[int]:
    return [number for move, number in numbers.items() if isinstance(move, DEPENDING)]


def _number(move: Move, given: Fair, numbers: dict[Move, int]) -> int:
    return numbers.setdefault(move, len(numbers)) if may_be_owed(move, given) else NOBODY


def may_be_owed(move: Move, given: Fair) -> bool:
    """Tell whether fairness owes a move in some state; a suspicion only if it is true, and a tick of the slowest clock alone."""
    match move:
        case Receive():
            return Fair.DELIVERY in given
        case Fire() | Suspect() | Trust():
            return bool(given & (Fair.TRIGGERS | Fair.CHOICES))
        case Tick():
            return Fair.TIME in given
        case _:
            return False


def is_owed(semantics: Semantics, state: State, move: Move, given: Fair) -> bool:
    """Tell whether fairness owes a move that is possible in a state."""
    return may_be_owed(move, given) and semantics.moves_by_itself(state, move)


def strongly_owed(graph: Graph, given: Fair) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell of each obligation whether it is owed strongly: again and again possible, again and again done. The others are owed weakly."""
    return np.array([is_strong(move, given) for move in graph.moves], dtype=bool)


def is_strong(move: Move, given: Fair) -> bool:
    """Tell whether a move that is owed is owed strongly."""
    return isinstance(move, Receive) or (Fair.CHOICES in given and not isinstance(move, Tick))
