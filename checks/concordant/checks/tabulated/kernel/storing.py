"""Finding rows in the hash table, adding those that are new, and moving everything when table or rows outgrow their room.

Hashing, looking up and comparing are separate loops over a batch, so that the memory works on many rows at a time.
"""

from __future__ import annotations

from typing import Final

from concordant.checks.tabulated.kernel.words import (
    EMPTY,
    HALF,
    LOW,
    NOTHING,
    ONE,
    Ints,
    Longs,
    Store,
    Width,
    Words,
    claim,
    entry,
    hash_of,
    inner,
    int64,
    same,
    uint64,
)
from concordant.checks.tabulated.kernel.work import CHANGES, SHARED, STATES, Work

BATCH: Final = 512
"""How many rows are looked up together."""


@inner
def absorb(width: Width, store: Store, work: Work, size: int, watched: Words) -> None:
    """Add the rows of the batch that are new.

    Those that differ from the state they were reached from in a bit that is watched are listed as changed: only there can
    a clause see something else.
    """
    words = len(width)
    rows, table, batch = store.rows, store.table, work.batch
    mask = uint64(len(table) - 1)
    states, changes = work.counts[STATES], work.counts[CHANGES]
    shared = work.counts[SHARED] != 0
    for i in range(size):
        work.hashes[i] = hash_of(width, batch, i * words)
    for i in range(size):
        work.found[i] = table[work.hashes[i] & mask]
    left = 0
    if words == 1:
        for i in range(size):
            work.unknown[left] = i
            left += int64(work.found[i] != batch[i])
    else:
        for i in range(size):
            work.unknown[left] = i
            met = work.found[i]
            likely = (met ^ work.hashes[i]) >> HALF == NOTHING and met != EMPTY
            number = int64(met & LOW) if likely else 0
            left += 1 - (int64(likely) & int64(same(width, rows, number * words, batch, i * words)))
    for y in range(left):
        i = work.unknown[y]
        source = int64(work.sources[i])
        slot = work.hashes[i] & mask
        for k in range(words):
            rows[states * words + k] = batch[i * words + k]
        store.parents[states] = source
        wanted = batch[i] if words == 1 else (work.hashes[i] & ~LOW) | uint64(states)
        while True:
            met = table[slot]
            if met == EMPTY:
                if shared:
                    met = claim(table, slot, EMPTY, wanted)
                else:
                    table[slot] = wanted
            if met == EMPTY:
                difference = NOTHING
                for k in range(words):
                    difference |= (batch[i * words + k] ^ rows[source * words + k]) & watched[k]
                work.changed[changes] = states
                changes += int64(difference != NOTHING)
                states += 1
                break
            if words == 1:
                if met == wanted:
                    break
            elif (met ^ wanted) >> HALF == NOTHING and same(width, rows, int64(met & LOW) * words, batch, i * words):
                break
            slot = (slot + ONE) & mask
    work.counts[STATES], work.counts[CHANGES] = states, changes


@inner
def number_of(width: Width, store: Store, rows: Words, at: int) -> int:
    """Return the number of the state whose row begins at `at`, and is in the table, which holds numbers."""
    hash_ = hash_of(width, rows, at)
    mask = uint64(len(store.table) - 1)
    slot = hash_ & mask
    while True:
        met = store.table[slot]
        if (met ^ hash_) >> HALF == NOTHING and same(width, store.rows, int64(met & LOW) * len(width), rows, at):
            return int64(met & LOW)
        slot = (slot + ONE) & mask


@entry
def numbered(width: Width, store: Store, rows: Words, numbers: Ints) -> None:
    """Write the numbers of states, given their rows."""
    for i in range(len(numbers)):
        numbers[i] = number_of(width, store, rows, i * len(width))


@entry
def admit(width: Width, store: Store, work: Work, size: int, watched: Words) -> None:
    """Add the rows of the batch that are new."""
    absorb(width, store, work, size, watched)


@entry
def retable(width: Width, store: Store, first: int, end: int, hashes: Words) -> int:
    """Enter states, all distinct, into a table that does not hold them; `hashes` is scratch. Returns a number without meaning."""
    words = len(width)
    mask = uint64(len(store.table) - 1)
    touched = NOTHING
    for low in range(first, end, BATCH):
        high = min(low + BATCH, end)
        for i in range(low, high):
            hashes[i - low] = hash_of(width, store.rows, i * words)
        for i in range(low, high):
            touched += store.table[hashes[i - low] & mask]
        for i in range(low, high):
            slot = hashes[i - low] & mask
            wanted = store.rows[i] if words == 1 else (hashes[i - low] & ~LOW) | uint64(i)
            while store.table[slot] != EMPTY or claim(store.table, slot, EMPTY, wanted) != EMPTY:
                slot = (slot + ONE) & mask
    return int64(touched & LOW)


@entry
def number(width: Width, store: Store, first: int, end: int) -> None:
    """Enter the numbers of states, all distinct, into a table that does not hold them, as `number_of` looks for them."""
    mask = uint64(len(store.table) - 1)
    for i in range(first, end):
        hash_ = hash_of(width, store.rows, i * len(width))
        slot = hash_ & mask
        while store.table[slot] != EMPTY:
            slot = (slot + ONE) & mask
        store.table[slot] = (hash_ & ~LOW) | uint64(i)


@entry
def repack(
    width: Width,  # noqa: ARG001  # every entry takes one
    rows: Words,
    words: int,
    new: Words,
    first: int,
    end: int,
    fields: Words,
    sources: Longs,
    targets: Longs,
    left: Longs,
    row: Words,
) -> None:
    """Copy rows of so many words into another layout, field by field; row by row, so that rows of the same width may be copied in place.

    A field is a mask in a source word; it moves to its target word, shifted left, or right where `left` is negative.
    `row` is scratch, as long as a new row.
    """
    for i in range(first, end):
        for k in range(len(row)):
            row[k] = NOTHING
        for f in range(len(fields)):
            field = rows[i * words + sources[f]] & fields[f]
            row[targets[f]] |= field << uint64(left[f]) if left[f] >= 0 else field >> uint64(-left[f])
        for k in range(len(row)):
            new[i * len(row) + k] = row[k]
