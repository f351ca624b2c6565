"""Giving every slot as many bits as it needs, and moving rows when a slot outgrows its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import le
from typing import TypeAlias

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel.words import Layout, Longs, Words

WORD = 64
Unite: TypeAlias = Callable[[Sequence[int]], Sequence[Sequence[int]]]
"""Which slots belong side by side, given how many bits each has."""


@frozen
class Placing:
    """How many bits each slot has, and where they are; the layout as the kernel knows it follows from that."""

    bits: tuple[int, ...]
    words: tuple[int, ...]
    shifts: tuple[int, ...]
    width: int

    @property
    def layout(self) -> Layout:
        """The places as arrays."""
        masks = [(1 << bits) - 1 for bits in self.bits]
        return Layout(np.array(self.words, np.int64), np.array(self.shifts, np.uint64), np.array(masks, np.uint64))

    def split(self, row: Sequence[int]) -> list[int]:
        """Return what each slot of a row holds."""
        return [row[word] >> shift & (1 << bits) - 1 for word, shift, bits in zip(self.words, self.shifts, self.bits, strict=True)]

    def column(self, rows: NDArray[np.uint64], slot: int) -> list[int]:
        """Return what one slot holds in some rows, given as a table."""
        column: list[int] = (rows[:, self.words[slot]] >> np.uint64(self.shifts[slot]) & np.uint64((1 << self.bits[slot]) - 1)).tolist()
        return column

    def joined(self, values: Sequence[int]) -> list[int]:
        """Return the row in which each slot holds its value."""
        row = [0] * self.width
        for value, word, shift in zip(values, self.words, self.shifts, strict=True):
            row[word] |= value << shift
        return row

    def fields_to(self, other: Placing) -> tuple[Words, Longs, Longs, Longs]:
        """Return the fields that move rows to another placing, slots that move alike together: masks, words, words, shifts to the left."""
        moves: dict[tuple[int, int, int], int] = {}
        for bits, word, shift, to, new in zip(self.bits, self.words, self.shifts, other.words, other.shifts, strict=False):
            if bits:
                moves[word, to, new - shift] = moves.get((word, to, new - shift), 0) | (1 << bits) - 1 << shift
        masks = np.array(list(moves.values()), np.uint64)
        words = np.array(list(moves), np.int64).reshape(len(moves), 3)
        return masks, words[:, 0].copy(), words[:, 1].copy(), words[:, 2].copy()


def placed(bits: Sequence[int], units: Sequence[Sequence[int]], word_bits: int = WORD) -> Placing:
    """Place units of slots, each side by side within one word, by first fit. `word_bits`: how much of a word is used.

    The first word keeps a bit free: no row of one word is all ones.
    """
    used = [1]
    words, shifts = [0] * len(bits), [0] * len(bits)
    for unit in units:
        size = sum(bits[slot] for slot in unit)
        word = next((word for word, taken in enumerate(used) if taken + size <= word_bits), len(used))
        if word == len(used):
            used.append(0)
        for slot in unit:
            if bits[slot]:
                words[slot], shifts[slot] = word, used[word] - (word == 0)
            used[word] += bits[slot]
    return Placing(tuple(bits), tuple(words), tuple(shifts), len(used))


def replaced(old: Placing | None, sizes: Sequence[int], fixed: range, unite: Unite, word_bits: int = WORD, least: int = 1) -> Placing:
    """Return a placing in which every slot has the bits for so many values: the old one if it does.

    Bits that are free in the words that are needed anyway are given to slots that will grow, or that would be full.
    `fixed`: slots whose sizes never change. `least`: how many words a row has at least. Rows never become shorter: each width is compiled apart.
    """
    needed = [(size - 1).bit_length() for size in sizes]
    have = [0] * len(needed) if old is None else [*old.bits, *[0] * (len(needed) - len(old.bits))]
    if old is not None and len(old.bits) == len(needed) and all(map(le, needed, have)):
        return old
    growing = [slot for slot, (need, had) in enumerate(zip(needed, have, strict=True)) if need > had and slot not in fixed]
    full = [slot for slot, (need, size) in enumerate(zip(needed, sizes, strict=True)) if size == 1 << need > 1 and slot not in fixed]
    roomy = [slot for slot, (need, had) in enumerate(zip(needed, have, strict=True)) for _ in range(had - need)]
    wishes = [*growing, *(slot for slot in full if slot not in growing), *growing, *growing, *(slot for slot in roomy if slot not in full)]
    words = max(least, placed(needed, unite(needed), word_bits).width, 0 if old is None else old.width)

    def granted(count: int) -> Placing:
        bits = list(needed)
        for slot in wishes[:count]:
            bits[slot] += 1
        return placed(bits, unite(bits), word_bits)

    most = bisect_left(range(1, len(wishes) + 1), 1, key=lambda count: granted(count).width > words)
    return evolve(granted(most), width=words)
