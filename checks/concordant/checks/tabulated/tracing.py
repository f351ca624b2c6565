"""The transitions of a search that is complete: each state is expanded once more, with everything known that it takes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field, frozen

from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.growing import reserved
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.fairness import MOVE
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.tracing import trace
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.rows import MOST_STATES
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.team import Team
from concordant.checks.tabulated.worker import Worker
from concordant.refimpl.machine import Move

CHUNK = 1 << 20
"""How many states are expanded, or transitions looked at, at a time."""


@frozen(eq=False)
class Transitions:
    """Every transition of a search, by the places of its states.

    `starts`, `ends`: by state, where its transitions begin and end in `targets` and `names`. A name is the number of a move in
    `moves`, with ERRS and DROPS of the kernel added. `states`: by place the number of a state.
    """

    starts: Longs
    ends: Longs
    targets: Ints
    names: Ints
    moves: tuple[Move, ...]
    states: Ints

    def __iter__(self) -> Iterator[tuple[int, Move, int]]:
        for source, (start, end) in enumerate(zip(self.starts.tolist(), self.ends.tolist(), strict=True)):
            for edge in range(start, end):
                yield source, self.moves[int(self.names[edge]) & MOVE], int(self.targets[edge])


@define(eq=False, repr=False)
class Tracer(Worker):
    """A worker that finds no states, only the moves between those that there are."""

    table: Words = field(kw_only=True)
    starts: Longs = field(factory=lambda: reserved(MOST_STATES, np.int64), init=False)
    ends: Longs = field(factory=lambda: reserved(MOST_STATES, np.int64), init=False)
    targets: Ints = field(kw_only=True)
    names: Ints = field(kw_only=True)
    written: int = field(default=0, init=False)

    def make_moves(self, work: w.Work, memory: q.Memory, readings: Readings, watched: Words) -> None:  # noqa: ARG002  # nothing is new
        """Write the moves out of the states of `work.todo`, as far as there is nothing to ask."""
        space, rules = self.space, self.space.rules._replace(tracing=1)
        store = space.reached.store if space.reached.words > 1 else space.reached.store._replace(table=self.table)
        known = space.width, rules, space.layout, space.states.rows, store, memory, readings, self.lists, space.renames
        self.written = trace(*known, work, self.starts, self.ends, self.targets, self.names, self.written)


def transitions(space: Space, answering: Answering, states: Ints, count: int, standing: Ints | None) -> Transitions:
    """Return the transitions of a search, given the states that were expanded, and how many transitions were counted.

    `standing`: where states are kept apart from what was reached, the number of what stands for each that was reached.
    """
    targets, names = np.zeros(count, np.int32), np.zeros(count, np.int32)
    space.fit()
    tracer, team = Tracer(space, table=space.reached.numbering(), targets=targets, names=names), Team(space, answering)
    team.workers = [tracer]
    for low in range(0, len(states), CHUNK):
        team.expand(states[low : low + CHUNK])
    for low in range(0, count, CHUNK):
        part = targets[low : low + CHUNK]
        still = part < 0
        if standing is not None:
            part[~still] = standing[part[~still]]
        part[still] = ~part[still]
        part[:] = space.states.places(part)
    numbers = space.states.all()
    return Transitions(tracer.starts[numbers], tracer.ends[numbers], targets, names, tuple(space.numbers.moves.values), numbers)
