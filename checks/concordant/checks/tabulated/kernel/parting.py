"""Dividing rows among those who own them, and taking in rows that others have found.

Who owns a state must not depend on the layout of rows, which changes while a search goes on. So its mark is a sum: each value in each
slot adds its number times a constant of the slot. Each bit of a row then adds a constant of its own, and `marks` holds, for each byte of a
row and each value of that byte, what these add together.
"""

from __future__ import annotations

from typing import Final

from concordant.checks.tabulated.kernel.storing import BATCH, absorb
from concordant.checks.tabulated.kernel.words import (
    HALF,
    NOTHING,
    Ints,
    Longs,
    Store,
    Width,
    Words,
    entry,
    inner,
    int64,
    scrambled,
    uint64,
)
from concordant.checks.tabulated.kernel.work import Work

BYTES: Final = 8
VALUES: Final = 256


@inner
def owner_of(width: Width, marks: Words, rows: Words, at: int, owners: int) -> int:
    """Return who of so many owns the state whose row begins at `at`."""
    mark = NOTHING
    for k in range(len(width)):
        word = rows[at + k]
        for byte in range(BYTES):
            mark += marks[VALUES * (BYTES * k + byte) + int64(word >> uint64(8 * byte) & uint64(VALUES - 1))]
    return int64((scrambled(mark) >> HALF) * uint64(owners) >> HALF)


@entry
def owned_by(width: Width, marks: Words, row: Words, owners: int) -> int:
    """Return who owns one state."""
    return owner_of(width, marks, row, 0, owners)


@entry
def part(
    width: Width,
    store: Store,
    first: int,
    end: int,
    changed: Ints,
    marks: Words,
    keys: Ints,
    counts: Longs,
    rows: Words,
    sources: Ints,
) -> None:
    """Write the rows of the states from `first` to `end`, each with the state it was reached from, to `rows` and `sources`: by owner, and of each first those that are `changed`.

    `counts`: two for each owner, how many of these there are and how many others; `keys` is scratch.
    """
    words = len(width)
    owners = len(counts) // 2
    counts[:] = 0
    met = 0
    for i in range(first, end):
        changes = met < len(changed) and changed[met] == i
        met += int64(changes)
        key = 2 * owner_of(width, marks, store.rows, i * words, owners) + 1 - int64(changes)
        keys[i - first] = key
        counts[key] += 1
    at = int64(0)
    for key in range(len(counts)):
        size = counts[key]
        counts[key] = at
        at += size
    for i in range(first, end):
        key = keys[i - first]
        to = counts[key]
        counts[key] = to + 1
        sources[to] = store.parents[i]
        for k in range(words):
            rows[to * words + k] = store.rows[i * words + k]
    for key in range(len(counts) - 1, 0, -1):
        counts[key] -= counts[key - 1]


@entry
def enter(width: Width, store: Store, work: Work, rows: Words, sources: Ints, watched: Words) -> None:
    """Add those of the rows that are new. There is room for them."""
    words = len(width)
    for low in range(0, len(sources), BATCH):
        size = min(BATCH, len(sources) - low)
        for i in range(size * words):
            work.batch[i] = rows[low * words + i]
        for i in range(size):
            work.sources[i] = sources[low + i]
        absorb(width, store, work, size, watched)
