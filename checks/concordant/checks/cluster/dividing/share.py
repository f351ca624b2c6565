"""A share of the states: makes the moves out of those of a level, sends what they lead to to its owners, and keeps what comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.cluster.dividing.copies import TableCopies
from concordant.checks.cluster.dividing.links import Batch
from concordant.checks.tabulated.growing import reserved
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import expand
from concordant.checks.tabulated.kernel.parting import enter, owned_by, part
from concordant.checks.tabulated.kernel.reading import CACHE, Readings, refused, strange, unread
from concordant.checks.tabulated.kernel.words import EMPTY, Ints, Longs, Words
from concordant.checks.tabulated.rows import MOST_STATES
from concordant.checks.tabulated.worker import NO_STATES, Worker

JUST_MADE: Final = 1
"""The region of states on their way to their owners."""
FILTER: Final = 1 << 17
"""Entries of the table in which they are found: it fits into the second level cache, so that to meet a state twice costs little."""
PIECE: Final = 1 << 16
"""How many states are expanded at a time, at most."""
FULL: Final = (11, 16)
"""What part of a table is used at most."""


@define(eq=False, repr=False)
class Maker(Worker):
    """Makes moves. What they lead to is found in a small table, which is emptied when it goes to its owners."""

    table: Words = field(factory=lambda: np.full(FILTER, EMPTY))

    def _begin(self, most: int, quota: int) -> None:
        super()._begin(most, quota)
        self.counts[w.SHARED] = 0

    def make_moves(self, work: w.Work, memory: q.Memory, readings: Readings, watched: Words) -> None:
        """Make all moves from the states of `work.todo`, as far as there is room for what they lead to."""
        space = self.space
        store = space.states.store._replace(table=self.table)
        known = (memory, readings, self.lists, watched, space.renames)
        expand(space.width, space.rules, space.layout, space.states.rows, store, *known, work)

    def room_for(self) -> int:
        """Empty the table, and return for how many states there is room."""
        while len(self.table) * FULL[0] // FULL[1] < 2 * self.need:
            self.table = np.zeros(2 * len(self.table), np.uint64)
        self.table[:] = EMPTY
        return len(self.table) * FULL[0] // FULL[1]


@define(eq=False, repr=False)
class Taker(Worker):
    """Takes in rows that somebody has made."""

    def take(self, rows: Words, sources: Ints) -> int:
        """Add those that are new; return how many these are. There is room for them."""
        states = self.space.states
        self._prepare(0)
        self.counts[[w.SHARED, w.STATES, w.CHANGES]] = 0, states.ends[0], 0
        enter(self.space.width, states.store, self.work, rows, sources, np.zeros(self.space.placing.width, np.uint64))
        before, states.ends[0] = states.ends[0], int(self.counts[w.STATES])
        return states.ends[0] - before


@define(eq=False, repr=False)
class Share:
    """What one worker owns. `todo`: what is left of the level; `aside`: what waits for answers; `since`: where the next level begins."""

    copies: TableCopies
    number: int
    owners: int
    todo: list[Ints] = field(factory=list, init=False)
    aside: list[Ints] = field(factory=list, init=False)
    rests: list[Ints] = field(factory=list, init=False)
    asked: dict[int, int] = field(factory=dict, init=False)
    firsts: list[tuple[int, int]] = field(factory=list, init=False)
    since: int = field(default=0, init=False)
    maker: Maker = field(init=False)
    _taker: Taker = field(init=False)
    _senders: NDArray[np.int16] = field(factory=lambda: reserved(MOST_STATES // 2, np.int16), init=False)
    _changed: list[Ints] = field(factory=list, init=False)
    _counts: Longs = field(init=False)
    _keys: Ints = field(factory=lambda: NO_STATES, init=False)
    _sources: Ints = field(factory=lambda: NO_STATES, init=False)
    _rows: Words = field(factory=lambda: np.zeros(0, np.uint64), init=False)
    _strange: Ints = field(factory=lambda: NO_STATES, init=False)
    _about: object = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.maker, self._taker = Maker(self.copies, JUST_MADE), Taker(self.copies)
        self._counts = np.zeros(2 * self.owners, np.int64)

    def begin(self, first: list[int]) -> None:
        """Begin with the first state, where it is owned here."""
        row = np.array(first, np.uint64)
        if owned_by(self.copies.width, self.copies.marks, row, self.owners) == self.number:
            self.copies.states.begin(first)
            self._senders[0] = -1
            self._changed.append(np.zeros(1, np.int32))

    # ---- moves

    @property
    def left(self) -> int:
        """How many states are to do."""
        return sum(map(len, self.todo))

    def expand(self, most: int) -> Iterator[Batch]:
        """Expand some of what is to do, at most so many states; yield what was found, by owner."""
        copies, maker = self.copies, self.maker
        quota, size = maker.room_for(), min(most, PIECE)
        states = self.todo.pop()
        maker.run([states[:size]], size, copies.memory(), copies.readings, copies.watched, quota)
        self.todo += [left for left in (states[size:], maker.left) if len(left)]
        counts, work = maker.counts, maker.work
        self.aside += [work.retries[: counts[w.RETRIES]].copy()]
        self.rests += [work.rests[: counts[w.RESTS]].copy()]
        for question, state in zip(work.gaps[: counts[w.GAPS]].tolist(), work.gap_states[: counts[w.GAPS]].tolist(), strict=True):
            self.asked.setdefault(question, state)
        self.firsts += [(state, outcome) for state, outcome in work.firsts[: 2 * counts[w.FIRSTS]].reshape(-1, 2).tolist()]
        changed = work.changed[: counts[w.CHANGES]].copy()
        maker.make_room()
        yield from self._parted(int(counts[w.STATES]), changed)

    def _parted(self, end: int, changed: Ints) -> Iterator[Batch]:
        copies, words = self.copies, self.copies.placing.width
        first = copies.states.start(JUST_MADE)
        if end - first > len(self._keys) or len(self._rows) != words * len(self._keys):
            size = max(end - first, len(self._keys))
            self._keys, self._sources, self._rows = np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(words * size, np.uint64)
        part(copies.width, copies.states.store, first, end, changed, copies.marks, self._keys, self._counts, self._rows, self._sources)
        at = 0
        for owner, (new, others) in enumerate(self._counts.reshape(-1, 2).tolist()):
            to = at + new + others
            if to > at:
                yield Batch(self.number, owner, self._rows[at * words : to * words], self._sources[at:to], new)
            at = to

    def take(self, batch: Batch) -> None:
        """Keep those of some rows that are new."""
        copies, states = self.copies, self.copies.states
        words, rows, sources, changed = copies.placing.width, batch.rows, batch.sources, batch.changed
        while states.left < len(sources):
            copies.meter.afford(states.growth)
            states.grow()
        before = states.ends[0]
        new = self._taker.take(rows[: changed * words], sources[:changed])
        self._taker.take(rows[changed * words :], sources[changed:])
        self._senders[before : states.ends[0]] = batch.sender
        if new:
            self._changed.append(np.arange(before, before + new, dtype=np.int32))

    def answered(self) -> None:
        """Take up again what waited for answers."""
        self.todo += [states for states in self.aside if len(states)]
        self.aside, self.asked, self.firsts = [], {}, []

    # ---- clauses

    def look(self, groups: Longs, *, at_rest: bool) -> tuple[Ints, bool]:
        """Return states that show one of these groups a reading that is not kept, each reading once; and whether there may be more."""
        copies = self.copies
        shared = copies.width, copies.layout, copies.memory(), copies.readings, copies.scratch, copies.states.rows
        if self._about != (about := (at_rest, tuple(groups.tolist()))):
            self._about = about
            states = self.rested if at_rest else self.changed
            out = np.zeros(1 + len(states), np.int32)
            cache = np.full(len(copies.readings.starts) * CACHE * copies.placing.width, EMPTY)
            self._strange = out[: strange(*shared, states, groups, cache, out)]
        known = int(copies.readings.counts[0])
        pending = np.zeros(3 * (len(groups) + len(copies.readings.kept) - known), np.int32)
        end, found = unread(*shared, self._strange, 0, groups, pending)
        if found:
            copies.forget_what_is_pending(known)
        more, self._strange = end < len(self._strange), self._strange[end:]
        return pending[: 3 * found : 3].copy(), more

    @property
    def changed(self) -> Ints:
        """The new states in which a clause may see something else."""
        return np.concatenate([NO_STATES, *self._changed])

    @property
    def rested(self) -> Ints:
        """The states of the level in which nothing moves by itself."""
        return np.concatenate([NO_STATES, *self.rests])

    def advance(self, groups: Longs, answers: NDArray[np.int8]) -> int:
        """Go on to the next level; return how many of its states lie beyond the bound of the scope, and are left out."""
        copies, states = self.copies, self.copies.states
        changed = self.changed
        beyond = NO_STATES
        if len(groups) and len(changed):
            out = np.zeros(len(changed), np.int32)
            shared = copies.width, copies.layout, copies.memory(), copies.readings, copies.scratch, states.rows
            found = refused(*shared, changed, groups, answers, out)
            if found < 0:
                raise RuntimeError("a state was passed over, of which it is not known what some bound says")
            beyond = out[:found]
        new = np.arange(self.since, states.ends[0], dtype=np.int32)
        new = np.setdiff1d(new, beyond, assume_unique=True) if len(beyond) else new
        self.todo = [new] if len(new) else []
        self.since, self._changed, self.rests, self._about = states.ends[0], [], [], None
        return len(beyond)

    def came_from(self, state: int) -> tuple[list[int], int, int]:
        """Return the row of a state, and who has found it, from which state there."""
        states = self.copies.states
        return states.row(state), int(self._senders[state]), int(states.parents[state])

    def rows_of(self, numbers: Ints) -> Words:
        """Return the rows of some states."""
        rows: Words = self.copies.states.rows.reshape(-1, self.copies.placing.width)[numbers].reshape(-1)
        return rows
