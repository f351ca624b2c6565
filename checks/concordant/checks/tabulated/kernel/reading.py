"""Readings: what a group of clauses sees of a state, as a sequence of small numbers, kept exactly and numbered."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.words import (
    HALF,
    NOTHING,
    SCRAMBLE,
    Ints,
    Layout,
    Longs,
    Width,
    Words,
    entry,
    inner,
    int64,
    uint64,
    value,
)

CACHE: Final = 4096
"""How many masked rows are remembered per group, so that most states are looked at only once."""


class Readings(NamedTuple):
    """What each group of clauses reads, and the readings met so far.

    `starts`: by group, where it begins in `slots` and `observables` (-1: what is seen is the number in the slot itself).
    `masks`: by group, the bits of a row that it reads.
    A reading is a row of `kept`: the group, what is seen, and zeros; `table` finds it by its hash, which is in `codes`.
    `counts`: one number, how many readings are kept.
    """

    starts: Longs
    slots: Longs
    observables: Longs
    masks: Words
    kept: NDArray[np.int32]
    codes: Words
    table: Ints
    counts: Longs


@inner
def _place(layout: Layout, memory: q.Memory, readings: Readings, scratch: Ints, rows: Words, at: int, group: int) -> tuple[int, Any]:
    """Write the reading of a state to `scratch`; return where in the table it is, or would be, and its hash."""
    span = readings.kept.shape[1]
    scratch[0] = group
    size = 1
    for o in range(readings.starts[group], readings.starts[group + 1]):
        seen = value(layout, rows, at, readings.slots[o])
        if readings.observables[o] >= 0:
            seen = q.recall(memory.memo, q.of(q.SHOWS, readings.observables[o], seen, 0))
        scratch[size] = seen
        size += 1
    code = NOTHING
    for k in range(size):
        code = (code ^ uint64(scratch[k])) * SCRAMBLE
        code ^= code >> HALF
    for k in range(size, span):
        scratch[k] = 0
    code *= SCRAMBLE
    mask = len(readings.table) - 1
    place = int64(code >> HALF) & mask
    while readings.table[place] >= 0:
        number = readings.table[place]
        equal = True
        for k in range(span):
            equal = equal and readings.kept[number, k] == scratch[k]
        if equal:
            break
        place = (place + 1) & mask
    return place, code


@inner
def reading_of(layout: Layout, memory: q.Memory, readings: Readings, scratch: Ints, rows: Words, at: int, group: int) -> int:
    """Return the number of the reading of a state, -1 where it is not kept."""
    place, _ = _place(layout, memory, readings, scratch, rows, at, group)
    return int64(readings.table[place])


@inner
def _kept(readings: Readings, scratch: Ints, place: int, code: Any) -> int:
    number = int64(readings.counts[0])
    readings.codes[number] = code
    for k in range(readings.kept.shape[1]):
        readings.kept[number, k] = scratch[k]
    readings.table[place] = number
    readings.counts[0] = number + 1
    return number


@entry
def keep(width: Width, layout: Layout, memory: q.Memory, readings: Readings, scratch: Ints, rows: Words, at: int, group: int) -> int:  # noqa: ARG001  # every entry takes a width
    """Keep the reading of a state and return its number. There is room for it."""
    place, code = _place(layout, memory, readings, scratch, rows, at, group)
    return int64(readings.table[place]) if readings.table[place] >= 0 else _kept(readings, scratch, place, code)


@entry
def find_again(width: Width, readings: Readings) -> None:  # noqa: ARG001  # as above
    """Enter all kept readings into an empty table."""
    mask = len(readings.table) - 1
    for number in range(readings.counts[0]):
        place = int64(readings.codes[number] >> HALF) & mask
        while readings.table[place] >= 0:
            place = (place + 1) & mask
        readings.table[place] = number


@entry
def strange(
    width: Width,
    layout: Layout,
    memory: q.Memory,
    readings: Readings,
    scratch: Ints,
    rows: Words,
    states: Ints,
    groups: Longs,
    cache: Words,
    out: Ints,
) -> int:
    """List the states that show a group something that is not kept; return how many. Nothing shared is written.

    What is in the cache is taken as kept: of states that show the same, one is enough.
    """
    words = len(width)
    found = 0
    for i in range(len(states)):
        at = states[i] * words
        strange = False
        for group in groups:
            mixed = NOTHING
            for k in range(words):
                mixed = (mixed ^ (rows[at + k] & readings.masks[group * words + k])) * SCRAMBLE
                mixed ^= mixed >> HALF
            slot = (group * CACHE + int64(mixed & uint64(CACHE - 1))) * words
            met = True
            for k in range(words):
                met = met and cache[slot + k] == rows[at + k] & readings.masks[group * words + k]
                cache[slot + k] = rows[at + k] & readings.masks[group * words + k]
            strange = strange or not (met or reading_of(layout, memory, readings, scratch, rows, at, group) >= 0)
        out[found] = states[i]
        found += int64(strange)
    return found


@entry
def unread(
    width: Width,
    layout: Layout,
    memory: q.Memory,
    readings: Readings,
    scratch: Ints,
    rows: Words,
    states: Ints,
    first: int,
    groups: Longs,
    pending: Ints,
) -> tuple[int, int]:
    """Find states that show a group something new: keep those readings, and list state, group and reading in `pending`.

    Returns how many states were looked at, from `first` on, and how many are pending; it stops where there is no room.
    """
    words = len(width)
    found = 0
    room = min(len(pending) // 3, len(readings.kept) - readings.counts[0], len(readings.table) // 2 - readings.counts[0])
    for i in range(first, len(states)):
        if found + len(groups) > room:
            return i, found
        for group in groups:
            place, code = _place(layout, memory, readings, scratch, rows, states[i] * words, group)
            if readings.table[place] < 0:
                pending[3 * found] = states[i]
                pending[3 * found + 1] = group
                pending[3 * found + 2] = _kept(readings, scratch, place, code)
                found += 1
    return len(states), found


@entry
def refused(
    width: Width,
    layout: Layout,
    memory: q.Memory,
    readings: Readings,
    scratch: Ints,
    rows: Words,
    states: Ints,
    groups: Longs,
    answers: NDArray[np.int8],
    out: Ints,
) -> int:
    """List the states of which some group's answer is no; return how many, -1 if a reading is not kept, and so not answered."""
    words = len(width)
    found = 0
    for i in range(len(states)):
        for group in groups:
            reading = reading_of(layout, memory, readings, scratch, rows, states[i] * words, group)
            if reading < 0:
                return -1
            if answers[reading] == 0:
                out[found] = states[i]
                found += 1
                break
    return found
