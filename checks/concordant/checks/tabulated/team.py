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

from collections.abc import Callable, Mapping
from itertools import islice
from time import perf_counter
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.exploration.budget import BudgetSpent
from concordant.checks.semantics.watching import obeying
from concordant.checks.tabulated.answering import Answering
from concordant.checks.tabulated.assumptions import ROOM
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.phases import KERNEL, phase
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import NO_STATES, Worker

SPARE = 64
"""What part of a table is left unused by several workers, who would else share less and less room again and again."""
TOGETHER = 32
"""How many questions are answered from one look at the clock to the next, at most."""
SOON = 0.05
"""Seconds that this may take, about: else fewer are."""


@define(eq=False, repr=False)
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
    _todo: list[Ints] = field(factory=list, init=False)
    _later: list[Ints] = field(factory=list, init=False)
    _firsts: list[list[int]] = field(factory=list, init=False)
    _gaps: dict[int, int] = field(factory=dict, init=False)
    _together: int = field(factory=lambda: TOGETHER, init=False)

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
        self._todo += self._pieces(states)
        self.go_on()

    def go_on(self) -> None:
        """Expand whatever is left to expand. After a BudgetSpent, this goes on as if it had not been stopped."""
        space, workers = self.space, self.workers
        watched = self.answering.clauses.watched()
        while True:
            self._answer()
            for worker in workers:
                worker.make_room()
            self._grow()
            if not self._todo and self._later:
                self._todo, self._later = self._pieces(np.concatenate(self._later)), []
            if not self._todo:
                return
            if not space.apart and (stopped := space.meter.spent(space.states.count)):
                raise BudgetSpent(stopped)
            if space.fit():
                watched = self.answering.clauses.watched()
            busy = workers[: len(self._todo)]
            self._run(busy, self._todo, watched)
            self._collect(busy)

    def _grow(self) -> None:
        reached, workers = self.space.reached, self.workers
        spare = 0 if len(workers) == 1 else len(reached.table) // SPARE
        if reached.left // len(workers) < max(spare, *(worker.need for worker in workers)):
            self.space.meter.afford(reached.growth)
            reached.grow()

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
        """Take over what was found, what was asked, and what is left to do."""
        for worker in workers:
            counts, work = worker.counts, worker.work
            self._changed.append(work.changed[: counts[w.CHANGES]].copy())
            self._rests.append(work.rests[: counts[w.RESTS]].copy())
            self._later += [work.retries[: counts[w.RETRIES]].copy()] if counts[w.RETRIES] else []
            self._todo += [worker.left] if len(worker.left) else []
            asked = zip(work.gaps[: counts[w.GAPS]].tolist(), work.gap_states[: counts[w.GAPS]].tolist(), strict=True)
            self._gaps.update((question, state) for question, state in asked if question not in self._gaps)
            self._firsts += work.firsts[: 2 * counts[w.FIRSTS]].reshape(-1, 2).tolist()
        # what is read of states comes first: answers about tables bring values for which the present layout may have no room
        self._gaps = dict(sorted(self._gaps.items(), key=lambda gap: self.answering.filling.answers(gap[0])))

    def _answer(self) -> None:
        """Judge what was used first, and answer what was asked, some at a time; look at the budget before each time and in the end."""
        self.space.meter.check()
        self.judge_first_uses()
        while self._gaps:
            some = dict(islice(self._gaps.items(), self._together))
            self._soon(lambda: self.answering.answer(some))  # noqa: B023  # the same
            for question in some:
                del self._gaps[question]
            if stopped := self.space.meter.spent(self.at_least()):  # of one state's moves there may be millions
                raise BudgetSpent(stopped)

    def at_least(self) -> int:
        """Return how many states there are at least, found or about to be."""
        return max(self.space.states.count, self.space.about_to_be())

    def judge_first_uses(self) -> None:
        """Judge the outcomes that were used first and not judged yet; after a BudgetSpent, this goes on."""
        while self._firsts:
            uses = self._firsts[: self._together]
            self._soon(lambda: self.answering.first_uses(uses))  # noqa: B023  # called at once
            del self._firsts[: len(uses)]
            self.space.meter.check()

    def _soon(self, ask: Callable[[], None]) -> None:
        """Ask something, and let the next be as much as takes a moment."""
        began = perf_counter()
        with obeying(self.space.meter.overdue):
            ask()
        took = perf_counter() - began
        self._together = max(1, self._together // 2) if took > SOON else min(TOGETHER, 2 * self._together)

    def pending(self) -> dict[str, NDArray[Any]]:
        """Return what is not done yet: states to expand and those set aside, questions each with its state, outcomes used first each with the state, new states to look at, states at rest."""
        lists = {"unexpanded": self._todo, "aside": self._later, "changed": self._changed, "rests": self._rests}
        gaps = np.array(list(self._gaps.items()), np.uint64).reshape(-1, 2)
        firsts = np.array(self._firsts, np.int64).reshape(-1, 2)
        return {"gaps": gaps, "firsts": firsts, **{name: np.concatenate([NO_STATES, *states]) for name, states in lists.items()}}

    def take_over(self, counts: Longs, rooms: Longs, pending: Mapping[str, NDArray[Any]]) -> None:
        """Take over what was saved: the counters and the room of each worker, and what was pending."""
        for worker in self.workers:
            worker.counts[:], worker.room = counts[worker.region], int(rooms[worker.region])
        self._todo, self._later, self._changed, self._rests = (
            [pending[name]] if len(pending[name]) else [] for name in ("unexpanded", "aside", "changed", "rests")
        )
        self._firsts, self._gaps = pending["firsts"].tolist(), dict(pending["gaps"].tolist())

    def take_changed(self) -> Ints:
        """Return the new states to look at, and forget them."""
        changed, self._changed = np.concatenate([NO_STATES, *self._changed]), []
        return changed

    def put_back(self, changed: Ints, rests: Ints) -> None:
        """Keep what was taken and could not be looked at."""
        self._changed.insert(0, changed)
        self._rests.insert(0, rests)

    def take_rests(self) -> Ints:
        """Return the states at rest, and forget them."""
        rests, self._rests = np.concatenate([NO_STATES, *self._rests]), []
        return rests
