"""The workers of a search: one, or several in threads that share all tables and find states in regions of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
from attrs import define, field

from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.assumptions import ROOM
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.phases import KERNEL, phase
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import NO_STATES, Worker


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
    _threads: ThreadPoolExecutor | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        count = self.space.reached.regions
        self.workers = [Worker(self.space, region) for region in range(count)]
        self._threads = ThreadPoolExecutor(count) if count > 1 else None

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
        todo = np.array_split(states, len(workers))
        later = [NO_STATES for _ in workers]
        watched = self.answering.clauses.watched()
        while any(map(len, todo)) or any(map(len, later)):
            for number in range(len(workers)):
                if not len(todo[number]):
                    todo[number], later[number] = later[number], NO_STATES
            if space.fit():
                watched = self.answering.clauses.watched()
            busy = [worker for worker in workers if len(todo[worker.region])]
            self._run([(worker, todo[worker.region]) for worker in busy], watched)
            self._collect(busy)
            for worker in busy:
                number = worker.region
                later[number] = np.concatenate([later[number], worker.work.retries[: worker.counts[w.RETRIES]]])
                todo[number] = todo[number][worker.counts[w.POSITION] :]
                worker.make_room()
            if space.reached.left // len(workers) < max(worker.need for worker in workers):
                space.reached.grow()

    @phase(KERNEL)
    def _run(self, jobs: list[tuple[Worker, Ints]], watched: Words) -> None:
        space = self.space
        readings = self.answering.assumptions.groups.readings(space.placing, ROOM if space.rules.assuming else 1)
        shared = space.memory(), readings, watched, space.reached.left // len(self.workers)
        if self._threads is None:
            for worker, states in jobs:
                worker.run(states, *shared)
        else:
            running = [self._threads.submit(worker.run, states, *shared) for worker, states in jobs]
            wait(running)
            for each in running:
                each.result()
        for worker, _ in jobs:
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
