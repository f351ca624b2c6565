"""States as rows of words: each variable has a slot of just the bits that the numbers of its values need, and is moved when they outgrow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from concordant.checks.columns.admitting import admit, enter
from concordant.checks.columns.tries import Given, Numbers
from concordant.checks.models.semantics import State, Writes
from concordant.checks.semantics.tables import Interned
from concordant.checks.tabulated.kernel.words import Words, width_of

WORD = 64
ROOM = 1 << 10
"""For how many states there is room at first."""
MOST = 1 << 31
"""How many states can be numbered."""


@frozen
class Slot:
    """Where a variable lies in a row: its word, its shift there, and how many bits it has."""

    word: int
    shift: int
    bits: int

    @property
    def mask(self) -> np.uint64:
        """The bits of a number that fits, before they are shifted."""
        return np.uint64((1 << self.bits) - 1)


def placed(bits: Sequence[int]) -> tuple[tuple[Slot, ...], int]:
    """Place slots of so many bits one after another, none across two words; return them and how many words there are."""
    slots, word, shift = [], 0, 0
    for each in bits:
        if shift + each > WORD:
            word, shift = word + 1, 0
        slots.append(Slot(word, shift, each))
        shift += each
    return tuple(slots), word + 1


@define(eq=False, repr=False)
class ModelRows:
    """All states found, in the order in which they were, each with where it was first reached from: by which act, from which state."""

    tables: tuple[Interned[Any], ...]
    count: int = field(default=0, init=False)
    moved: int = field(default=0, init=False)
    """How often all rows were moved."""
    parents: NDArray[np.int32] = field(init=False)
    labels: NDArray[np.int32] = field(init=False)
    _slots: tuple[Slot, ...] = field(init=False)
    _words: int = field(init=False)
    _columns: tuple[NDArray[np.intp], Words, Words] = field(init=False)
    """Of all slots the words, shifts and masks."""
    _rows: Words = field(init=False)
    _index: NDArray[np.int32] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._place()
        self._rows = np.zeros((ROOM, self._words), dtype=np.uint64)
        self.parents, self.labels = np.empty(ROOM, dtype=np.int32), np.empty(ROOM, dtype=np.int32)
        self._index = np.full(4 * ROOM, -1, dtype=np.int32)

    def _place(self, spare: int = 0) -> None:
        self._slots, self._words = placed(self._bits(spare))
        words = np.array([slot.word for slot in self._slots])
        shifts = np.array([slot.shift for slot in self._slots], dtype=np.uint64)
        self._columns = words, shifts, np.array([slot.mask for slot in self._slots], dtype=np.uint64)

    def _bits(self, spare: int = 0) -> list[int]:
        return [max(1, (len(table) - 1).bit_length() + (spare if len(table) > 2 else 0)) for table in self.tables]

    def fit(self) -> bool:
        """Make room for all numbers that there are now; tell whether rows were moved."""
        if all(len(table) <= 1 << slot.bits for table, slot in zip(self.tables, self._slots, strict=True)):
            return False
        self.moved += 1
        before, old = self._slots, self._rows
        self._place(spare=1)
        self._rows = np.zeros((len(old), self._words), dtype=np.uint64)
        for slot, was in zip(self._slots, before, strict=True):
            held = (old[: self.count, was.word] >> np.uint64(was.shift)) & was.mask
            self._rows[: self.count, slot.word] |= held << np.uint64(slot.shift)
        self._enter_all(len(self._index))
        return True

    def _enter_all(self, size: int) -> None:
        self._index = np.full(size, -1, dtype=np.int32)
        enter(width_of(self._words), self._rows.reshape(-1), self._index, 0, self.count)

    def _make_room(self, more: int) -> None:
        wanted = self.count + more
        if wanted >= MOST:
            raise MemoryError
        if wanted > len(self._rows):
            size = max(wanted, 2 * len(self._rows))
            self._rows, self.parents, self.labels = (longer(each, size) for each in (self._rows, self.parents, self.labels))
        if 2 * wanted > len(self._index):
            self._enter_all(1 << (4 * wanted - 1).bit_length())

    def packed(self, states: Sequence[State]) -> Words:
        """Return states as rows."""
        rows = np.zeros((len(states), self._words), dtype=np.uint64)
        held = np.array(states, dtype=np.uint64).reshape(len(states), len(self._slots))
        for place, slot in enumerate(self._slots):
            rows[:, slot.word] |= held[:, place] << np.uint64(slot.shift)
        return rows

    def take(self, rows: Words, sources: NDArray[np.int32], label: int) -> NDArray[np.int32]:
        """Take rows that an act leads to from states that are known, and return their numbers."""
        self._make_room(len(rows))
        numbers = np.empty(len(rows), dtype=np.int32)
        batch, stored = np.ascontiguousarray(rows).reshape(-1), self._rows.reshape(-1)
        to = stored, self.parents, self.labels, self._index, self.count, numbers
        self.count = admit(width_of(self._words), batch, sources, label, *to)
        return numbers

    def block(self, where: Numbers) -> SomeRows:
        """Return some of the states, to be sorted."""
        return SomeRows(self, self._rows[where])

    def after(self, rows: Words, writes: Writes) -> Words:
        """Return rows after something is written."""
        keep, put = [(1 << WORD) - 1] * self._words, [0] * self._words
        for place, number in writes:
            slot = self._slots[place]
            keep[slot.word] &= ~(int(slot.mask) << slot.shift)
            put[slot.word] |= number << slot.shift
        changed: Words = (rows & np.array(keep, dtype=np.uint64)) | np.array(put, dtype=np.uint64)
        return changed

    def held(self, rows: Words, place: int) -> NDArray[Any]:
        """Return what rows hold at a place, in as few bytes as do."""
        slot = self._slots[place]
        found = (rows[:, slot.word] >> np.uint64(slot.shift)) & slot.mask
        return found.astype(np.uint8 if slot.bits <= 8 else np.uint16 if slot.bits <= 16 else np.int64)

    def masks(self, places: Iterable[int]) -> dict[int, int]:
        """Return by word the bits in which some places lie."""
        found: dict[int, int] = {}
        for slot in (self._slots[place] for place in places):
            found[slot.word] = found.get(slot.word, 0) | int(slot.mask) << slot.shift
        return found

    def unpacked(self, row: Words) -> State:
        """Return a row as a state."""
        words, shifts, masks = self._columns
        return tuple(((row[words] >> shifts) & masks).tolist())

    def state(self, number: int) -> State:
        """Return a state by its number."""
        return self.unpacked(self._rows[number])

    def way_to(self, number: int) -> Iterator[int]:
        """Yield the states by which it was first reached, from it back to an initial one."""
        while number >= 0:
            yield number
            number = int(self.parents[number])


def longer(column: NDArray[Any], size: int) -> NDArray[Any]:
    """Return a column with room for more."""
    made = np.zeros((size, *column.shape[1:]), dtype=column.dtype)
    made[: len(column)] = column
    return made


@define(eq=False, repr=False)
class SomeRows:
    """Rows, with their columns by place as these are asked for."""

    of: ModelRows
    rows: Words
    _columns: dict[int, NDArray[Any]] = field(factory=dict, init=False)

    def column(self, place: int, where: Numbers) -> NDArray[Any]:
        """Return what some rows hold at a place, by number."""
        if place not in self._columns:
            self._columns[place] = self.of.held(self.rows, place)
        return self._columns[place][where]

    def given(self, which: int) -> Given:
        """Return one of them."""
        return (self.of.unpacked(self.rows[which]),)


@define(eq=False, repr=False)
class Pairs:
    """Rows before and after an act."""

    before: SomeRows
    after: SomeRows

    def column(self, place: int, where: Numbers) -> NDArray[Any]:
        """Return what some pairs hold at a place, by number; the places of what is after come after those before."""
        variables = len(self.before.of.tables)
        return self.before.column(place, where) if place < variables else self.after.column(place - variables, where)

    def given(self, which: int) -> Given:
        """Return one of them."""
        return (*self.before.given(which), *self.after.given(which))
