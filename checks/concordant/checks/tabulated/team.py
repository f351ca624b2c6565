"""The workers of a search: one, or several in threads that share all tables and find states in regions of their own.

Several find what one finds. While they run, all that they share is read only, but for three things:

- *the table of states*: an entry is written once, into an empty place, by an atomic exchange, and never changes. Its row and
  parent were written before, in the region of whoever enters it. Two who find the same state probe the same places in the
  same order; the one that comes second to the first empty place is given what the other put there, and sees that it is the
  same. So each state is entered once, whoever was first.
- *the mark that an outcome was never used*: two may clear it and both report it; a second report changes nothing.
- *the list of pieces to expand*, from which each is taken by one.

A level is the set of states that can be reached in so many moves and not in fewer: which worker found a state, from which
parent of the level before, and under which number, changes neither that set nor the moves out of it. Counts, depth, and what
clauses are asked are therefore the same, and so is the length of a shortest trace; of several shortest traces, another may be
shown. Everything else (answers, readings, layout, growth) is done between two runs of the workers, when all have stopped.
"""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.assumptions import ROOM
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.phases import KERNEL, phase
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import NO_STATES, Worker

SPARE = 64
"""What part of a table is left unused by several workers, who would else share less and less room again and again."""


@define(eq=False)
class Team:
    """Expands states, those that lack answers again and again until nothing is lacking.

    `changed` and `rests` collect, until they are taken: new states in which a clause may see something else, and states in
    which nothing moves by itself.
    """

    space: Space
    answering: Answering
    workers: list[Worker] = field(init=False)
    _changed: list[Ints] = field(factory=list, init=False)
    _rests: list[Ints] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.workers = [Worker(self.space, region) for region in range(self.space.reached.regions)]

    def total(self, counter: int) -> int:
        """Return the sum of a counter over all workers."""
        return sum(int(worker.counts[counter]) for worker in self.workers)

    def kinds(self) -> int:
        """Return what kinds of moves were made so far, as bits."""
        found = 0
        for worker in self.workers:
            found |= int(worker.counts[w.FAULTS])
        return found

    def expand(self, states: Ints) -> None:
        """Expand states."""
        space, workers = self.space, self.workers
        todo, later = self._pieces(states), list[Ints]()
        watched = self.answering.clauses.watched()
        while todo or later:
            if not todo:
                todo, later = self._pieces(np.concatenate(later)), []
            if space.fit():
                watched = self.answering.clauses.watched()
            busy = workers[: len(todo)]
            self._run(busy, todo, watched)
            self._collect(busy)
            later += [worker.work.retries[: worker.counts[w.RETRIES]].copy() for worker in busy if worker.counts[w.RETRIES]]
            todo += [worker.left for worker in busy if len(worker.left)]
            for worker in busy:
                worker.make_room()
            spare = 0 if len(workers) == 1 else len(space.reached.table) // SPARE
            if space.reached.left // len(workers) < max(spare, *(worker.need for worker in workers)):
                space.reached.grow()

    def _pieces(self, states: Ints) -> list[Ints]:
        """Return states in pieces, for several workers to take one after another."""
        size = self.space.tuning.piece if len(self.workers) > 1 else max(1, len(states))
        return [states[low : low + size] for low in range(0, len(states), size)]

    @phase(KERNEL)
    def _run(self, busy: list[Worker], todo: list[Ints], watched: Words) -> None:
        space = self.space
        readings = self.answering.assumptions.groups.readings(space.placing, ROOM if space.rules.assuming else 1)
        shared = sum(map(len, todo)), space.memory(), readings, watched, space.reached.left // len(self.workers)
        try:
            space.threads.each(lambda number: busy[number].run(todo, *shared), len(busy))
        finally:
            for worker in busy:
                space.reached.ends[worker.region] = int(worker.counts[w.STATES])

    def _collect(self, workers: list[Worker]) -> None:
        """Take over what was found, and answer what was asked."""
        gaps: dict[int, int] = {}
        for worker in workers:
            counts, work = worker.counts, worker.work
            self._changed.append(work.changed[: counts[w.CHANGES]].copy())
            self._rests.append(work.rests[: counts[w.RESTS]].copy())
            self.answering.first_uses(work.firsts[: 2 * counts[w.FIRSTS]].reshape(-1, 2).tolist())
            asked = zip(work.gaps[: counts[w.GAPS]].tolist(), work.gap_states[: counts[w.GAPS]].tolist(), strict=True)
            gaps.update((question, state) for question, state in asked if question not in gaps)
        self.answering.answer(gaps)

    def pending(self) -> tuple[Ints, Ints]:
        """Return what was not taken yet: new states to look at, states at rest."""
        return np.concatenate([NO_STATES, *self._changed]), np.concatenate([NO_STATES, *self._rests])

    def take_over(self, counts: Longs, rooms: Longs, changed: Ints, rests: Ints) -> None:
        """Take over what was saved: the counters and the room of each worker, and what is to be taken."""
        for worker in self.workers:
            worker.counts[:], worker.room = counts[worker.region], int(rooms[worker.region])
        self._changed, self._rests = [changed], [rests]

    def take_changed(self) -> Ints:
        """Return the new states to look at, and forget them."""
        changed, self._changed = np.concatenate([NO_STATES, *self._changed]), []
        return changed

    def take_rests(self) -> Ints:
        """Return the states at rest, and forget them."""
        rests, self._rests = np.concatenate([NO_STATES, *self._rests]), []
        return rests
