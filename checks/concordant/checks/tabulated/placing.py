"""Giving every slot as many bits as it needs, and moving rows when a slot outgrows its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from concordant.checks.tabulated.kernel.words import Layout, Longs, Words

WORD = 64
MARGINS = (3, 2, 1, 0)
"""Bits that a slot which has outgrown its own gets beyond what it needs, if that takes no further word; the first that fits."""


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


def placed(bits: Sequence[int]) -> Placing:
    """Place slots in words, each within one, by first fit. The first word keeps a bit free: no row of one word is all ones."""
    used = [1]
    words: list[int] = []
    shifts: list[int] = []
    for size in bits:
        if not size:
            words.append(0)
            shifts.append(0)
            continue
        word = next((word for word, taken in enumerate(used) if taken + size <= WORD), len(used))
        if word == len(used):
            used.append(0)
        words.append(word)
        shifts.append(used[word] - (word == 0))
        used[word] += size
    return Placing(tuple(bits), tuple(words), tuple(shifts), len(used))


def replaced(old: Placing | None, sizes: Sequence[int], fixed: range) -> Placing | None:
    """Return a placing in which every slot has the bits for so many values; None where the old one does.

    `fixed`: slots whose sizes never change, and get no margin. Rows never become shorter: each width is compiled apart.
    """
    needed = [(size - 1).bit_length() for size in sizes]
    if old is not None and len(old.bits) == len(needed) and all(need <= have for need, have in zip(needed, old.bits, strict=True)):
        return None
    have = [0] * len(needed) if old is None else [*old.bits, *[0] * (len(needed) - len(old.bits))]
    least = placed(needed)
    words = max(least.width, 0 if old is None else old.width)
    for bits in _wishes(needed, have, fixed):
        wished = placed(bits)
        if wished.width <= words:
            return wished if wished.width == words else _widened(wished, words)
    return _widened(least, words)


def _wishes(needed: list[int], have: list[int], fixed: range) -> Iterator[list[int]]:
    """Yield sizes from the roomiest: first all slots keep what they have, then only those that grow get a margin."""
    for kept in (have, [0] * len(have)):
        for margin in MARGINS:
            yield [
                need + margin if need > had and need and slot not in fixed else max(need, keep)
                for slot, (need, had, keep) in enumerate(zip(needed, have, kept, strict=True))
            ]


def _widened(placing: Placing, words: int) -> Placing:
    return Placing(placing.bits, placing.words, placing.shifts, words)
