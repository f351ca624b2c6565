"""Groups of questions about states that read the same parts, so that one reading decides whether any of them is asked again."""

from __future__ import annotations

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.seen import HISTORY, WAITING
from concordant.checks.tabulated.answers import WIDTH
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.reading import Readings, find_again
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.numbers import MOST_OWNERS, Numbers, Unsuited
from concordant.checks.tabulated.placing import Placing

UNSEEN = 1 << 24
"""Added to the number of a local state whose view fails: it looks like no other, so that whoever reads it is told."""


@frozen
class Observable:
    """Something small that can be seen in a slot. `what`: as `seen` numbers it."""

    slot: int
    what: int


@define(eq=False, repr=False)
class Groups:
    """The groups of one system by number, what each reads, and the readings met so far.

    A group is never changed: questions that turn out to read more make a new one.
    """

    numbers: Numbers
    filling: Filling
    scratch: Ints = field(factory=lambda: np.zeros(16, np.int32), init=False)
    reads: list[tuple[Observable, ...]] = field(factory=list, init=False)
    _slots: list[frozenset[int]] = field(factory=list, init=False)
    _calls: dict[tuple[int, ...], int] = field(factory=dict, init=False)
    _observables: dict[Observable, int] = field(factory=dict, init=False)
    _shown: list[int] = field(factory=list, init=False)
    _kept: NDArray[np.int32] = field(factory=lambda: np.zeros((64, 4), np.int32), init=False)
    _codes: Words = field(factory=lambda: np.zeros(64, np.uint64), init=False)
    _table: NDArray[np.int32] = field(factory=lambda: np.full(256, -1, np.int32), init=False)
    _counts: NDArray[np.int64] = field(factory=lambda: np.zeros(1, np.int64), init=False)
    _laid: tuple[Placing | None, int, tuple[Longs, Longs, Longs, Words] | None] = field(default=(None, 0, None), init=False)
    """For which placing and how many groups what was laid out."""
    _sizes: list[int] = field(factory=list, init=False)
    """How much there was to be seen, and how many values each slot had, when all of it was last shown."""

    def add(self, read: frozenset[int]) -> int:
        """Return the number of a new group that reads these slots of `seen`."""
        numbers = self.numbers
        parts: list[Observable] = []
        for slot in sorted(read):
            if slot == HISTORY:
                parts.append(Observable(numbers.history, HISTORY))
            elif slot == WAITING:
                parts += [Observable(numbers.processes + user, WAITING) for user in range(len(numbers.user_states))]
            else:
                parts.append(Observable((slot - 2) // 2, slot))
        for part in parts:
            if part.what != HISTORY and part not in self._observables:
                self._observables[part] = len(self._observables)
                self._shown.append(0)
        if max(len(self._observables), len(self.reads) + 1) > MOST_OWNERS:
            raise Unsuited(f"more than {MOST_OWNERS} parts of a state that clauses and assumptions look at; use --engine reference")
        self.reads.append(tuple(parts))
        self._slots.append(read)
        self.scratch = grown(self.scratch, 2 + max(map(len, self.reads)))
        return len(self.reads) - 1

    def read_by(self, group: int) -> frozenset[int]:
        """Return the slots of `seen` that a group reads."""
        return self._slots[group]

    def show(self) -> None:
        """Let the kernel know what is seen of every value that has come about."""
        sizes = [len(self._observables), *self.numbers.sizes()]
        if sizes == self._sizes:
            return
        questions: list[int] = []
        answers: list[int] = []
        for part, number in self._observables.items():
            for value in range(self._shown[number], sizes[1 + part.slot]):
                questions.append(q.asking(q.SHOWS, number, value))
                answers.append(self._seen(part, value))
            self._shown[number] = sizes[1 + part.slot]
        self.filling.keep(questions, answers)
        self._sizes = sizes

    def _seen(self, part: Observable, value: int) -> int:
        parts = self.numbers.semantics.parts
        if part.what == WAITING:
            _, calls = self.numbers.user_states[part.slot - self.numbers.processes][value]
            return self._calls.setdefault(calls, len(self._calls))
        if part.what % 2:
            return int(parts.steps.locals[part.slot][value].up)
        try:
            return parts.observations.view(part.slot, value)
        except BrokenProcess:
            return UNSEEN + value

    def readings(self, placing: Placing, room: int) -> Readings:
        """Return the readings for the kernel, with room for so many more."""
        self.show()
        span = 1 + max(map(len, self.reads), default=0)
        if span > self._kept.shape[1]:
            self._kept = np.pad(self._kept, ((0, 0), (0, span - self._kept.shape[1])))
        kept = int(self._counts[0])
        self._kept, self._codes = grown(self._kept, kept + room), grown(self._codes, kept + room)
        enlarged = 2 * (kept + room) > len(self._table)
        if enlarged:
            self._table = np.full(1 << (4 * (kept + room)).bit_length(), -1, np.int32)
        readings = Readings(*self._laid_out(placing), self._kept, self._codes, self._table, self._counts)
        if enlarged:
            find_again(WIDTH, readings)
        return readings

    def _laid_out(self, placing: Placing) -> tuple[Longs, Longs, Longs, Words]:
        """Return where each group begins, what it reads, and the bits of a row that this takes; made anew only for another placing, or more groups."""
        before, count, laid = self._laid
        if laid is not None and before is placing and count == len(self.reads):
            return laid
        flat = [part for read in self.reads for part in read]
        starts = np.cumsum([0, *map(len, self.reads)], dtype=np.int64)
        slots = np.array([part.slot for part in flat], np.int64)
        observables = np.array([self._observables.get(part, -1) for part in flat], np.int64)
        masks = np.array([placing.joined(self._bits(read, placing)) for read in self.reads], np.uint64).reshape(-1)
        laid = starts, slots, observables, masks
        self._laid = placing, len(self.reads), laid
        return laid

    @staticmethod
    def _bits(read: tuple[Observable, ...], placing: Placing) -> list[int]:
        """Return for each slot all its bits where it is read, else none."""
        values = [0] * len(placing.bits)
        for part in read:
            values[part.slot] = (1 << placing.bits[part.slot]) - 1
        return values

    def kept(self) -> tuple[Ints, Words]:
        """Return the readings kept so far, and their hashes."""
        count = int(self._counts[0])
        return self._kept[:count], self._codes[:count]

    def take_over(self, kept: Ints, codes: Words) -> None:
        """Take over readings that were saved."""
        self._kept, self._codes, self._counts[0] = kept, codes, len(codes)
        self._table = np.full(0, -1, np.int32)
        self.scratch = grown(self.scratch, 2 + kept.shape[1])

    def mask(self, group: int, placing: Placing) -> Words:
        """Return the bits of a row that a group reads."""
        masks = self._laid_out(placing)[-1]
        return masks[group * placing.width : (group + 1) * placing.width]
