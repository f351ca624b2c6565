"""A worker of the search: its buffers, and the lists of candidate moves that it compiles for the present layout."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from attrs import define, field

from concordant.checks.exploration.budget import Meter
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.compiling import clock
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import expand
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.representing import MOST_MEMBERS, Renames
from concordant.checks.tabulated.kernel.storing import BATCH, admit
from concordant.checks.tabulated.kernel.words import Ints, Layout, Longs, Width, Words
from concordant.checks.tabulated.numbers import Unsuited
from concordant.checks.tabulated.placing import Placing
from concordant.checks.tabulated.rows import Rows

CHANGES = 1 << 17
GAPS = 1 << 13
STRIDE = 0.1
"""Seconds that a call of the kernel may take, about."""
FIRST_STRIDE = 1 << 10
"""How many states the first is given."""
NO_STATES: Ints = np.zeros(0, np.int32)


class Ground(Protocol):
    """What a worker stands on: a `Space`, or a part of one."""

    rules: q.Rules
    tuning: Tuning
    meter: Meter
    placing: Placing
    layout: Layout
    width: Width
    states: Rows
    reached: Rows
    renames: Renames

    def receivers(self) -> list[int]:
        """Return by channel the process that receives."""
        ...

    def lists(self) -> w.Lists:
        """Return room for the lists of candidates of the present layout, none made yet."""
        ...


@define(eq=False, repr=False)
class Worker:
    """Buffers of one worker, used again and again."""

    space: Ground
    region: int = 0
    left: Ints = field(default=NO_STATES, init=False)
    room: int = field(init=False)
    work: w.Work = field(init=False)
    lists: w.Lists = field(init=False)
    _listed: Placing | None = field(default=None, init=False)
    _stride: int = field(factory=lambda: FIRST_STRIDE, init=False)

    def __attrs_post_init__(self) -> None:
        self.room = self.space.tuning.room
        self.work = self._new_work(0, np.zeros(w.COUNTERS, np.int64))

    @property
    def counts(self) -> Longs:
        """The counters."""
        return self.work.counts

    @property
    def need(self) -> int:
        """How many states there must be room for, so that at least one can be expanded."""
        return 2 * len(self.work.sources)

    def run(self, todo: list[Ints], most: int, memory: q.Memory, readings: Readings, watched: Words, quota: int) -> None:
        """Expand some of what is to do, at most so many states, until nothing is left or there is no more room.

        It finds at most `quota` new states. What came of it is then in the buffers; `left` is what it took but did not expand.
        """
        self._begin(most, quota)
        while not len(self.left):
            try:
                states = todo.pop()  # at once: whoever else takes from the list gets another
            except IndexError:
                break
            self.left = self._in_strides(states, memory, readings, watched)

    def _in_strides(self, states: Ints, memory: q.Memory, readings: Readings, watched: Words) -> Ints:
        """Expand states as far as there is room, and time, which is looked at between two strides; return those that are left."""
        while len(states) and not self.space.meter.over():
            began, stride = clock(), states[: self._stride]
            self.counts[w.POSITION] = 0
            self.make_moves(self.work._replace(todo=stride), memory, readings, watched)
            done, took = int(self.counts[w.POSITION]), clock() - began
            states = states[done:]
            if done < len(stride):
                break
            self._stride = 2 * self._stride if took < STRIDE / 2 else max(1, self._stride // 2) if took > STRIDE else self._stride
        return states

    def make_moves(self, work: w.Work, memory: q.Memory, readings: Readings, watched: Words) -> None:
        """Make all moves from the states of `work.todo`, as far as there is room for what they lead to."""
        space = self.space
        store, known = space.reached.store, (memory, readings, self.lists, watched, space.renames)
        expand(space.width, space.rules, space.layout, space.states.rows, store, *known, work)

    def _begin(self, most: int, quota: int) -> None:
        """Prepare to expand at most so many states, and to find at most so many new ones."""
        space, counts = self.space, self.counts
        self._prepare(most)
        counts[w.STATES] = space.reached.ends[self.region]
        counts[w.QUOTA] = counts[w.STATES] + quota
        if self._listed is not space.placing:
            self._listed = space.placing
            self.lists = space.lists()
            counts[[w.RECORDS, w.LISTS]] = 0

    def admit(self, rows: list[list[int]], sources: list[int]) -> None:
        """Add rows that are new to the states, given from which state each was reached."""
        self._prepare(0)
        states, watched = self.space.states, np.zeros(self.space.placing.width, np.uint64)
        for low in range(0, len(rows), BATCH):
            part = rows[low : low + BATCH]
            while states.left < len(part):
                states.grow()
            self.work.batch[: len(part) * self.space.placing.width] = np.array(part, np.uint64).reshape(-1)
            self.work.sources[: len(part)] = sources[low : low + BATCH]
            self.counts[[w.STATES, w.CHANGES]] = states.ends[self.region], 0
            admit(self.space.width, states.store, self.work, len(part), watched)
            states.ends[self.region] = int(self.counts[w.STATES])

    def _prepare(self, most: int) -> None:
        """Make the buffers fit the present layout and so many states, and empty them."""
        counts = self.counts
        if most > len(self.work.retries) or not self._fits():
            self.work = self._new_work(most, counts)
        if counts[w.GAPS]:
            self.work.asked[:] = -1
        counts[[w.POSITION, w.RETRIES, w.RESTS, w.CHANGES, w.GAPS, w.FIRSTS]] = 0
        counts[w.SHARED] = int(self.space.reached.regions > 1)
        self.left = NO_STATES

    def make_room(self) -> None:
        """See to whatever made the worker stop early; Unsuited where nothing helps."""
        match int(self.counts[w.STATUS]):
            case w.NARROW:
                self.room *= 2
            case w.CROWDED if 4 * self.counts[w.LISTS] > len(self.lists.hashed):
                self.lists = self.lists._replace(hashed=np.zeros(2 * len(self.lists.hashed), np.uint64))
                self.counts[w.LISTS] = 0
            case w.CROWDED:
                self.lists = self.lists._replace(records=grown(self.lists.records, 2 * len(self.lists.records)))
            case w.WIDE:
                raise Unsuited(
                    f"a process may do {w.MOST_MOVES:,} things at once, or lose or ignore {w.MOST_LOSSES:,}, or more, for which the tables have no room; "
                    "--engine reference has"
                )
            case _:
                pass
        self.counts[w.STATUS] = w.DONE

    def _fits(self) -> bool:
        work = self.work
        return (
            len(work.sources) == BATCH + self.room
            and len(work.batch) == len(work.sources) * self.space.placing.width
            and len(work.receivers) == len(self.space.receivers())
        )

    def _new_work(self, most: int, counts: Longs) -> w.Work:
        rules, receivers, width = self.space.rules, self.space.receivers(), self.space.placing.width
        rows, slots = BATCH + self.room, rules.channels + len(receivers)
        return w.Work(
            counts=counts,
            todo=NO_STATES,
            retries=np.zeros(1 + most, np.int32),
            rests=np.zeros(1 + most, np.int32),
            changed=np.zeros(4 * rows + CHANGES, np.int32),
            gaps=np.zeros(GAPS, np.uint64),
            gap_states=np.zeros(GAPS, np.int32),
            asked=np.full(4 * GAPS, -1, np.int32),
            firsts=np.zeros(8 * self.room, np.int32),
            batch=np.zeros(rows * width, np.uint64),
            sources=np.zeros(rows, np.int32),
            moves=np.zeros(rows, np.int32),
            hashes=np.zeros(rows, np.uint64),
            found=np.zeros(rows, np.uint64),
            unknown=np.zeros(rows, np.int64),
            chosen=np.zeros(rows + 2, np.int32),
            pieces=np.zeros(2 * len(receivers) + 6, np.int64),
            bases=np.zeros(rows * width, np.uint64),
            candidates=np.zeros(rows * w.CANDIDATE, np.int64),
            locals=np.zeros(2 * rules.processes, np.int64),
            receivers=np.array(receivers, np.int64),
            scratch=np.zeros(2 + 2 * rules.channels, np.int32),
            values=np.zeros(slots, np.int64),
            replaced=np.zeros(2 * slots, np.int64),
            images=np.zeros(2 * slots, np.int64),
            keys=np.zeros(MOST_MEMBERS, np.int64),
            order=np.zeros(MOST_MEMBERS, np.int64),
        )
