"""Up to symmetry: rows just made are replaced by what stands for their orbits, over tables of renamed numbers.

A member is a block that can be exchanged with the others of its group. Its *key* is the sum of how the slots of a row look
from it, itself called *me* and its fellows *other*. To rename a row is to rename the keys along, so that sorting the members of
each group by key is a choice that does not depend on names. Where keys tie and exchanging the tied changes the row, of all orders
that leave the keys sorted the least row is taken, slot by slot. Keys are short: two may be equal by chance, which is one tie more, and no error.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import NOTHING, Ints, Layout, Longs, Width, Words, inner, int64, lowest, uint64, value
from concordant.checks.tabulated.kernel.work import Work

LANES: Final = 4
"""How many keys are added together, in one word."""
LANE_BITS: Final = 64 // LANES
LANE: Final = (1 << LANE_BITS) - 1
BELOW: Final = np.uint64(0x7FFF_7FFF_7FFF_7FFF)
"""All bits of the lanes but the highest of each."""
MOST_MEMBERS: Final = 2 * LANES


class Renames(NamedTuple):
    """Tables of one symmetry in one layout. Members of all groups are numbered through, and permutations of them; the first changes nothing.

    `groups`: by group its first member, how many it has, and how far apart its permutations are. `members_at`: by permutation and
    place, the member that comes there. `exchanges`: by two members, the permutation that exchanges them. `base`: by slot, the column of
    its first value. `numbers`: by permutation and column, the renamed value, -1 where nothing is known of any of its images. `looks`: by
    column, two words of lanes, one lane per member. `targets`: by permutation and slot, the slot that it becomes, -1 where there is none
    and it holds nothing; `places`: the bit where that begins. `slot_at`: by bit of a row, its slot.
    """

    members: int
    columns: int
    groups: Longs
    members_at: Longs
    factorials: Longs
    exchanges: Longs
    base: Longs
    numbers: Ints
    looks: Words
    targets: Ints
    places: Ints
    slot_at: Longs


@inner
def represented(
    width: Width, layout: Layout, renames: Renames, work: Work, rows: Words, at: int, state: int, first: int, made: int
) -> bool:
    """Replace so many rows of the batch, reached from the row at `at`, by what stands for them; tell whether all is known that it takes."""
    low, high, known = NOTHING, NOTHING, int64(0)
    for slot in range(len(renames.base)):
        work.values[slot] = value(layout, rows, at, slot)
        column = renames.base[slot] + work.values[slot]
        known |= int64(renames.numbers[column])
        low = _sum(low, renames.looks[2 * column])
        high = _sum(high, renames.looks[2 * column + 1])
    if known < 0:
        for slot in range(len(renames.base)):
            _ask(renames, work, slot, state)
        return False
    complete = True
    for i in range(first, first + made):
        row = i * len(width)
        changes, known = 0, int64(0)
        keys, more_keys = low, high
        for k in range(len(width)):
            different = work.batch[row + k] ^ rows[at + k]
            while different != NOTHING:
                slot = renames.slot_at[64 * k + lowest(different)]
                different &= ~(layout.masks[slot] << layout.shifts[slot])
                old = renames.base[slot] + work.values[slot]
                work.replaced[2 * changes], work.replaced[2 * changes + 1] = slot, work.values[slot]
                changes += 1
                work.values[slot] = value(layout, work.batch, row, slot)
                new = renames.base[slot] + work.values[slot]
                known |= int64(renames.numbers[new])
                keys = _sum(_difference(keys, renames.looks[2 * old]), renames.looks[2 * new])
                more_keys = _sum(_difference(more_keys, renames.looks[2 * old + 1]), renames.looks[2 * new + 1])
        if known < 0:
            complete = False
            for change in range(changes):
                _ask(renames, work, work.replaced[2 * change], state)
        elif changes > 0:
            _represent(width, renames, work, row, keys, more_keys)
        for change in range(changes):
            work.values[work.replaced[2 * change]] = work.replaced[2 * change + 1]
    return complete


@inner
def _ask(renames: Renames, work: Work, slot: int, state: int) -> None:
    """Ask for the images of the value in a slot, if they are not known."""
    if renames.numbers[renames.base[slot] + work.values[slot]] < 0:
        w.ask(work, q.of(q.RENAMES, 0, work.values[slot], slot), state)


@inner
def _sum(a: Any, b: Any) -> Any:
    """Add lane by lane: nothing is carried from one to the next."""
    return ((a & BELOW) + (b & BELOW)) ^ ((a ^ b) & ~BELOW)


@inner
def _difference(a: Any, b: Any) -> Any:
    """Subtract lane by lane."""
    return ((a | ~BELOW) - (b & BELOW)) ^ ((a ^ ~b) & ~BELOW)


@inner
def _represent(width: Width, renames: Renames, work: Work, row: int, keys: Any, more_keys: Any) -> None:
    """Replace a row, whose values and keys were read, by what stands for it."""
    order, key = work.order, work.keys
    for member in range(renames.members):
        lanes = keys if member < LANES else more_keys
        key[member] = int64(lanes >> uint64(LANE_BITS * (member % LANES))) & LANE
    sorted_, tied = True, False
    for group in range(0, len(renames.groups), 3):
        first, end = renames.groups[group], renames.groups[group] + renames.groups[group + 1]
        for member in range(first, end):
            place = member
            while place > first and key[order[place - 1]] > key[member]:
                order[place] = order[place - 1]
                place -= 1
            order[place] = member
            sorted_ = sorted_ and place == member
        for place in range(first + 1, end):
            tied = tied or key[order[place - 1]] == key[order[place]]
    if tied and _ties_matter(renames, work):
        _write(width, renames, work, _least(renames, work), row)
    elif not sorted_:
        _write(width, renames, work, _permutation(renames, work), row)


@inner
def _ties_matter(renames: Renames, work: Work) -> bool:
    """Tell whether exchanging some members that stand side by side with the same key makes another row."""
    order = work.order
    for group in range(0, len(renames.groups), 3):
        first = renames.groups[group]
        for place in range(first + 1, first + renames.groups[group + 1]):
            a, b = order[place - 1], order[place]
            if work.keys[a] == work.keys[b] and not _is_kept(renames, work, renames.exchanges[a * renames.members + b]):
                return True
    return False


@inner
def _is_kept(renames: Renames, work: Work, permutation: int) -> bool:
    """Tell whether a permutation makes the same row. What a slot without a target would become holds nothing either."""
    slots, columns = permutation * len(renames.base), permutation * renames.columns
    for slot in range(len(renames.base)):
        target = renames.targets[slots + slot]
        if target >= 0 and work.values[target] != renames.numbers[columns + renames.base[slot] + work.values[slot]]:
            return False
    return True


@inner
def _permutation(renames: Renames, work: Work) -> int:
    """Return the permutation that brings each member to its place in the order."""
    number = int64(0)
    for group in range(0, len(renames.groups), 3):
        first, end = renames.groups[group], renames.groups[group] + renames.groups[group + 1]
        code = int64(0)
        for place in range(first, end):
            smaller = int64(0)
            for later in range(place + 1, end):
                smaller += int64(work.order[later] < work.order[place])
            code += smaller * renames.factorials[end - 1 - place]
        number += code * renames.groups[group + 2]
    return number


@inner
def _least(renames: Renames, work: Work) -> int:
    """Return the permutation that makes the least row, slot by slot, among those that leave the keys sorted."""
    slots, members = len(renames.base), renames.members
    best = int64(-1)
    for permutation in range(len(renames.members_at) // members):
        sorts = True
        for place in range(members):
            there = renames.members_at[permutation * members + place]
            sorts = sorts and work.keys[there] == work.keys[work.order[place]]
        if not sorts:
            continue
        for slot in range(slots):
            work.images[slots + slot] = 0
        for slot in range(slots):
            target = renames.targets[permutation * slots + slot]
            if target >= 0:
                work.images[slots + target] = renames.numbers[permutation * renames.columns + renames.base[slot] + work.values[slot]]
        less = best < 0
        for slot in range(slots if best >= 0 else 0):
            if work.images[slots + slot] != work.images[slot]:
                less = work.images[slots + slot] < work.images[slot]
                break
        if less:
            best = int64(permutation)
            for slot in range(slots):
                work.images[slot] = work.images[slots + slot]
    return best


@inner
def _write(width: Width, renames: Renames, work: Work, permutation: int, row: int) -> None:
    """Write the image of the values under a permutation into the batch."""
    slots, columns = permutation * len(renames.base), permutation * renames.columns
    if len(width) == 1:
        word = NOTHING
        for slot in range(len(renames.base)):
            number = uint64(renames.numbers[columns + renames.base[slot] + work.values[slot]])
            word |= number << uint64(renames.places[slots + slot])
        work.batch[row] = word
    elif len(width) == 2:  # which needs no memory between two slots
        word, other = NOTHING, NOTHING
        for slot in range(len(renames.base)):
            number = uint64(renames.numbers[columns + renames.base[slot] + work.values[slot]])
            place = renames.places[slots + slot]
            bits = number << uint64(place & 63)
            word |= bits if place < 64 else NOTHING
            other |= NOTHING if place < 64 else bits
        work.batch[row] = word
        work.batch[row + 1] = other
    else:
        for k in range(len(width)):
            work.batch[row + k] = NOTHING
        for slot in range(len(renames.base)):
            number = uint64(renames.numbers[columns + renames.base[slot] + work.values[slot]])
            place = renames.places[slots + slot]
            work.batch[row + (place >> 6)] |= number << uint64(place & 63)
