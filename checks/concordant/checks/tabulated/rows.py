"""Rows of states, where each came from, and the hash table that finds them; all of it grows without being copied."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.tabulated.growing import reserved
from concordant.checks.tabulated.kernel.storing import BATCH, number, repack, retable
from concordant.checks.tabulated.kernel.words import EMPTY, Ints, Store, Words, width_of
from concordant.checks.tabulated.phases import GROWING, phase
from concordant.checks.tabulated.placing import Placing
from concordant.checks.tabulated.threads import Threads

MOST_STATES = 1 << 31
"""States are numbered in 32 bits with a sign."""
FIRST_TABLE = 1 << 12
FAST_GROWTH = 1 << 20
"""Up to this size, a table that is full is replaced by one four times as large, later by one twice as large."""


@define(eq=False, repr=False)
class Rows:
    """A set of states, numbered as they are found. Each worker numbers what it finds within a region of its own.

    `ends`: for each region, the number after that of its last state.
    """

    words: int
    threads: Threads = field(factory=Threads)
    regions: int = 1
    rows: Words = field(init=False)
    parents: Ints = field(init=False)
    table: Words = field(init=False)
    ends: list[int] = field(init=False)
    _room: Words = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.rows = reserved(MOST_STATES * self.words, np.uint64)
        self.parents = reserved(MOST_STATES, np.int32)
        self._room = reserved(MOST_STATES, np.uint64)
        self.table = self._room[:FIRST_TABLE]
        self.table[:] = EMPTY
        self.ends = [self.start(region) for region in range(self.regions)]

    def start(self, region: int) -> int:
        """Return the number of the first state of a region."""
        return region * (MOST_STATES // self.regions)

    @property
    def count(self) -> int:
        """How many states there are."""
        return sum(end - self.start(region) for region, end in enumerate(self.ends))

    @property
    def store(self) -> Store:
        """The arrays, for the kernel."""
        return Store(self.rows, self.parents, self.table)

    @property
    def left(self) -> int:
        """How many more states there is room for."""
        return min(len(self.table) * 11 // 16, MOST_STATES // self.regions - 1) - self.count

    def since(self, ends: list[int]) -> Ints:
        """Return the numbers of the states that were added since the regions ended there."""
        return np.concatenate([np.arange(old, new, dtype=np.int32) for old, new in zip(ends, self.ends, strict=True)])

    def begin(self, row: list[int]) -> None:
        """Add the initial state."""
        self.rows[: self.words] = row
        self.parents[0] = -1
        self.ends[0] = 1
        self._enter()

    def row(self, state: int) -> list[int]:
        """Return the words of a state."""
        row: list[int] = self.rows[state * self.words : (state + 1) * self.words].tolist()
        return row

    def places(self, states: Ints) -> Ints:
        """Return the places of states when all are numbered without gaps between the regions."""
        starts = np.array([self.start(region) for region in range(self.regions)], np.int64)
        counts = np.array([end - start for start, end in zip(starts.tolist(), self.ends, strict=True)], np.int64)
        region = np.searchsorted(starts, states, side="right") - 1
        return (states - (starts - (np.cumsum(counts) - counts))[region]).astype(np.int32)

    def numbered(self, place: int) -> int:
        """Return the number of the state at a place."""
        for region, end in enumerate(self.ends):
            start = self.start(region)
            if place < end - start:
                return start + place
            place -= end - start
        raise IndexError(place)

    def chain(self, state: int) -> list[int]:
        """Return the states on the way to a state, the initial one first."""
        chain = [state]
        while (parent := int(self.parents[chain[-1]])) >= 0:
            chain.append(parent)
        return chain[::-1]

    def parts(self) -> list[tuple[Words, Ints]]:
        """Return the rows and the parents of each region."""
        spans = [(self.start(region), end) for region, end in enumerate(self.ends)]
        return [(self.rows[start * self.words : end * self.words], self.parents[start:end]) for start, end in spans]

    def take_over(self, words: int, parts: list[tuple[Words, Ints]], table: int) -> None:
        """Replace everything by rows and parents of each region, with a table of so many entries."""
        if words != self.words:
            self.rows, self.words = reserved(MOST_STATES * words, np.uint64), words
        for region, (rows, parents) in enumerate(parts):
            start, end = self.start(region), self.start(region) + len(parents)
            self.rows[start * words : end * words], self.parents[start:end], self.ends[region] = rows, parents, end
        self._renew(table)

    def all(self) -> Ints:
        """Return the numbers of all states, in the order of their places."""
        return self.since([self.start(region) for region in range(self.regions)])

    def numbering(self) -> Words:
        """Return a table that holds numbers, as the table of states does unless a row is one word."""
        if self.words > 1:
            return self.table
        store = Store(self.rows, self.parents, np.full(len(self.table), EMPTY))
        for region, end in enumerate(self.ends):
            number(width_of(self.words), store, self.start(region), end)
        return store.table

    # ---- growing

    @property
    def growth(self) -> int:
        """How many bytes it will take to grow."""
        return (self._next_size - len(self.table)) * self.table.itemsize

    @property
    def _next_size(self) -> int:
        return len(self.table) * (4 if len(self.table) < FAST_GROWTH else 2)

    @phase(GROWING)
    def grow(self) -> None:
        """Make room for more states in the table."""
        self._renew(self._next_size)

    def move(self, old: Placing, new: Placing) -> None:
        """Bring all rows into another layout."""
        rows = self.rows if new.width == old.width else reserved(MOST_STATES * new.width, np.uint64)
        fields, width = old.fields_to(new), width_of(1)

        def repack_part(number: int) -> None:
            scratch = np.zeros(new.width, np.uint64)
            for first, end in self._parts(number):
                repack(width, self.rows, old.width, rows, first, end, *fields, scratch)

        self.threads.each(repack_part)
        self.rows, self.words = rows, new.width
        self._renew(len(self.table))

    def _renew(self, size: int) -> None:
        self.table = table = self._room[:size]

        def clear_part(number: int) -> None:
            first, end = self.threads.part(number, 0, size)
            table[first:end] = EMPTY

        self.threads.each(clear_part)
        self._enter()

    def _enter(self) -> None:
        width, store = width_of(self.words), self.store

        def enter_part(number: int) -> None:
            hashes = np.zeros(BATCH, np.uint64)
            for first, end in self._parts(number):
                retable(width, store, first, end, hashes)

        self.threads.each(enter_part)

    def _parts(self, number: int) -> list[tuple[int, int]]:
        """Return the part of one thread in the states of each region."""
        return [self.threads.part(number, self.start(region), end) for region, end in enumerate(self.ends)]
