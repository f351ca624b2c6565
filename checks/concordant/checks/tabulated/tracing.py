"""Edges of a search over tables: each state that was expanded is expanded once more, with everything known that it takes."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.exploration.edges import Edges
from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.tracing import trace
from concordant.checks.tabulated.kernel.words import Ints, Words
from concordant.checks.tabulated.orbits import Orbits
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.team import Team
from concordant.checks.tabulated.worker import Worker
from concordant.refimpl.machine import Move

ROOM = 1 << 16
"""How many edges are written before they are taken, at least."""


@define(eq=False)
class Tracer(Worker):
    """A worker that finds no states, only the moves between those that there are. `found`: source, move and target of each."""

    found: list[Ints] = field(factory=list, init=False)

    def make_moves(self, work: w.Work, memory: q.Memory, readings: Readings, watched: Words) -> None:  # noqa: ARG002  # nothing is new
        """Take the moves out of the states of `work.todo`, as far as there is nothing to ask."""
        space, rules = self.space, self.space.rules._replace(tracing=1)
        edges: Ints = np.zeros(3 * (ROOM + len(work.sources)), np.int32)
        written = ROOM
        while written >= ROOM:
            rows, store = space.states.rows, space.reached.store
            written = trace(space.width, rules, space.layout, rows, store, memory, readings, self.lists, work, edges)
            self.found.append(edges[: 3 * written].copy())


@define(eq=False)
class Tracing:
    """The edges of one search, for somebody who takes them when it has ended."""

    space: Space
    answering: Answering
    orbits: Orbits | None
    edges: Edges[Move]
    _tracer: Tracer = field(init=False)
    _team: Team = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tracer, self._team = Tracer(self.space), Team(self.space, self.answering)
        self._team.workers = [self._tracer]

    def trace(self, states: Ints) -> None:
        """Find the moves out of states that were expanded."""
        self._team.expand(states)

    def hand_over(self) -> None:
        """Hand over all edges, with states numbered without gaps."""
        sources, moves, targets = np.concatenate([np.zeros(0, np.int32), *self._tracer.found]).reshape(-1, 3).T
        still = targets < 0
        if self.orbits is not None:
            targets[~still] = np.concatenate([np.zeros(0, np.int32), *self.orbits.standing])[targets[~still]]
        targets[still] = ~targets[still]
        used, names = np.unique(moves, return_inverse=True)
        labels = [self.edges.labels.id(self.space.numbers.moves[number]) for number in used.tolist()]
        numbers = np.array(labels, np.int32)[names.reshape(-1)] if labels else np.zeros(0, np.int32)
        self.edges.extend(self.space.states.places(sources), numbers, self.space.states.places(targets))
