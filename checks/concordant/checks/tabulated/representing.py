"""Representing in the kernel: the tables of renamed values by which it replaces each row by what stands for its orbit.

The kernel asks about one value of one slot. Exchanges of neighbouring members generate all permutations, so the value's images are
found by renaming in Python along these alone, and all permutations are composed of them by indexing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, permutations, product
from math import factorial, prod
from operator import le
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.semantics.renaming import Renaming
from concordant.checks.semantics.symmetry import Symmetry, exchange
from concordant.checks.tabulated.kernel.representing import LANE, LANE_BITS, LANES, MOST_MEMBERS, Renames
from concordant.checks.tabulated.kernel.words import Ints, Longs
from concordant.checks.tabulated.numbers import Numbers, fits
from concordant.checks.tabulated.placing import WORD, Placing

MOST_PERMUTATIONS: Final = 720
"""For how many permutations there are tables: more would take too much memory."""
FIRST_COLUMNS: Final = 4
_NO_LONGS: Longs = np.zeros(1, np.int64)
_NO_INTS: Ints = np.zeros(1, np.int32)
NO_RENAMES: Final = Renames(
    0, 0, _NO_LONGS, _NO_LONGS, _NO_LONGS, _NO_LONGS, _NO_LONGS, _NO_INTS, np.zeros(1, np.uint64), _NO_INTS, _NO_INTS, _NO_LONGS
)
Held: TypeAlias = tuple[int, int]
"""A slot and a value in it."""


def suits(symmetry: Symmetry) -> bool:
    """Tell whether there are few enough permutations of few enough members."""
    sizes = [len(group) for group in symmetry.groups]
    return sum(sizes) <= MOST_MEMBERS and prod(map(factorial, sizes)) <= MOST_PERMUTATIONS


@define(eq=False, repr=False)
class Representing:
    """The tables of one search. They grow with its values; a column is filled for all images of a value at once."""

    symmetry: Symmetry
    numbers: Numbers
    _exchanges: tuple[Renaming, ...] = field(init=False)
    _fixed: Renames = field(init=False)
    """What does not depend on values or on the layout."""
    _steps: list[tuple[int, int, int]] = field(factory=list, init=False)
    """Of each permutation but the first, after that which it is made of: itself, that, and the exchange that comes after it."""
    _firsts: tuple[int, ...] = field(init=False)
    """By exchange, the first of its two members."""
    _room: list[int] = field(factory=list, init=False)
    _base: Longs = field(factory=lambda: np.zeros(1, np.int64), init=False)
    _table: NDArray[np.int32] = field(init=False)
    _looks: NDArray[np.uint64] = field(factory=lambda: np.zeros((0, 2), np.uint64), init=False)
    _targets: NDArray[np.int32] = field(init=False)
    _layout: Placing | None = field(default=None, init=False)
    _renames: Renames = field(default=NO_RENAMES, init=False)

    def __attrs_post_init__(self) -> None:
        sizes = [len(group) for group in self.symmetry.groups]
        starts = list(accumulate(sizes, initial=0))
        self._exchanges = tuple(exchange(*pair) for pair in self.symmetry.neighbours())
        self._firsts = tuple(first for start, size in zip(starts, sizes, strict=False) for first in range(start, start + size - 1))
        parts = product(*(permutations(range(start, start + size)) for start, size in zip(starts, sizes, strict=False)))
        orders = [tuple(member for part in order for member in part) for order in parts]
        number = {order: place for place, order in enumerate(orders)}
        apart = [prod(map(factorial, sizes[place + 1 :])) for place in range(len(sizes))]
        groups = [each for group in zip(starts, sizes, apart, strict=False) for each in group]
        members = starts[-1]
        exchanges = np.zeros((members, members), np.int64)
        for start, size in zip(starts, sizes, strict=False):
            for a, b in product(range(start, start + size), repeat=2):
                exchanges[a, b] = number[_exchanged(orders[0], a, b)]
        self._table = np.full((len(orders), 0), -1, np.int32)
        self._targets = np.zeros((len(orders), 0), np.int32)
        self._fixed = NO_RENAMES._replace(
            members=members,
            groups=np.array(groups, np.int64),
            members_at=np.array(orders, np.int64).reshape(-1),
            factorials=np.array([factorial(each) for each in range(MOST_MEMBERS)], np.int64),
            exchanges=exchanges.reshape(-1),
        )
        found = {0}
        queue = [0]
        for each in queue:  # which grows
            for place, first in enumerate(self._firsts):
                other = number[_exchanged(orders[each], first, first + 1)]
                if other not in found:
                    found.add(other)
                    queue.append(other)
                    self._steps.append((other, each, place))

    # ---- answering

    def answer(self, slot: int, value: int, afford: Callable[[int], None]) -> None:
        """Fill the columns of all images of a value, unless they are. `afford`: asked before more memory is taken, with how much."""
        if len(self._room) > slot and self._room[slot] > value and self._table[0, self._base[slot] + value] >= 0:
            return
        orbit: dict[Held, int] = {(slot, value): 0}
        looks = [self._seen_from_each(slot, value)]
        queue, images = [(slot, value)], []
        for each, look in zip(queue, looks, strict=False):  # which grow
            for first, names in zip(self._firsts, self._exchanges, strict=True):
                image = self._renamed(*each, names)
                if image not in orbit:
                    orbit[image] = len(orbit)
                    queue.append(image)
                    looks.append(_exchanged(look, first, first + 1))
                images.append(orbit[image])
        self._make_room(afford)
        after = np.array(images, np.int64).reshape(len(queue), len(self._exchanges))
        composed = np.zeros((len(self._table), len(queue)), np.int64)
        composed[0] = range(len(queue))
        for permutation, before, place in self._steps:
            composed[permutation] = after[composed[before], place]
        slots, values = np.array(queue, np.int64).T
        columns = self._base[slots] + values
        self._table[:, columns] = values[composed]
        self._looks[columns] = [_in_lanes(look) for look in looks]

    def _seen_from_each(self, slot: int, value: int) -> tuple[int, ...]:
        """Return how a value in a slot looks from each member, by number."""
        numbers, parts, symmetry = self.numbers, self.numbers.semantics.parts, self.symmetry
        if slot < numbers.processes:
            return symmetry.seen_from_each((parts.addresses[slot], parts.steps.locals[slot][value]))
        if slot < numbers.history:
            user = slot - numbers.processes
            place, calls = numbers.user_states[user][value]
            return symmetry.seen_from_each((parts.users[user].name, place, frozenset(parts.addresses[call] for call in calls)))
        if slot == numbers.history:
            return symmetry.seen_from_each(("history", parts.observations.histories[value]))
        if slot == numbers.clocks:
            return symmetry.seen_from_each(("clocks", frozenset(zip(parts.addresses, numbers.dials[value], strict=False))))
        if slot < numbers.first_channel or not value:
            return (0,) * self._fixed.members
        return symmetry.seen_from_each(("channel", symmetry.content(numbers.channels[slot - numbers.first_channel].contents[value])))

    def _renamed(self, slot: int, value: int, names: Renaming) -> Held:
        """Return where a value is after a renaming, and its number there, which fits into questions as that of any other."""
        there, number = self._image(slot, value, names)
        return there, fits(number, self.numbers.slot_name(slot))

    def _image(self, slot: int, value: int, names: Renaming) -> Held:
        numbers, renamer = self.numbers, self.symmetry.renamer
        if slot < numbers.processes:
            return renamer.process(slot, names), renamer.local(slot, value, names)
        if slot < numbers.history:
            place, calls = numbers.user_states[slot - numbers.processes][value]
            there = self._user(slot - numbers.processes, names)
            return numbers.processes + there, numbers.place(there, (place, renamer.called(calls, names)))
        if slot == numbers.history:
            return slot, renamer.history(value, names)
        if slot == numbers.clocks:
            return slot, numbers.dials.id(renamer.dials(numbers.dials[value], names))
        if slot < numbers.first_channel or not value:
            return slot, value  # what is empty needs no image
        channel, block = renamer.block(numbers.channels[slot - numbers.first_channel].contents[value], names)
        place = numbers.channel(channel)
        return numbers.first_channel + place, numbers.content(place, block)

    def _user(self, user: int, names: Renaming) -> int:
        parts = self.numbers.semantics.parts
        name = dict(names).get(parts.users[user].name, parts.users[user].name)
        return next(number for number, each in enumerate(parts.users) if each.name == name)

    # ---- tables

    def _make_room(self, afford: Callable[[int], None]) -> None:
        """Give each slot columns for all its values, and as many again where it has outgrown them."""
        sizes = list(self.numbers.sizes())
        room = [*self._room, *[0] * (len(sizes) - len(self._room))]
        if len(self._room) == len(sizes) and all(map(le, sizes, room)):
            return
        room = [had if size <= had else max(FIRST_COLUMNS, 2 * size) for had, size in zip(room, sizes, strict=True)]
        base = np.array([0, *accumulate(room)], np.int64)
        afford(4 * len(self._table) * int(base[-1]))
        table, looks = np.full((len(self._table), base[-1]), -1, np.int32), np.zeros((base[-1], 2), np.uint64)
        for slot, had in enumerate(self._room):
            old, new = int(self._base[slot]), int(base[slot])
            table[:, new : new + had] = self._table[:, old : old + had]
            looks[new : new + had] = self._looks[old : old + had]
        for slot in range(self.numbers.allowances, self.numbers.first_channel):
            table[:, base[slot] : base[slot + 1]] = range(room[slot])
        table[:, base[self.numbers.first_channel : -1]] = 0  # the empty channel
        self._room, self._base, self._table, self._looks = room, base, table, looks

    def renames(self, placing: Placing, afford: Callable[[int], None]) -> Renames:
        """Return the tables for the kernel."""
        self._make_room(afford)
        if self._layout is not placing or self._renames.columns != self._table.shape[1]:
            slots = len(placing.bits)
            if self._targets.shape[1] != slots:
                self._targets = self._all_targets()
            begins = np.array([WORD * word + shift for word, shift in zip(placing.words, placing.shifts, strict=True)], np.int32)
            places = np.where(self._targets < 0, 0, begins[self._targets]).astype(np.int32)
            slot_at = np.zeros(WORD * placing.width, np.int64)
            for slot, (bits, begin) in enumerate(zip(placing.bits, begins.tolist(), strict=True)):
                slot_at[begin : begin + bits] = slot
            self._layout = placing
            self._renames = self._fixed._replace(
                columns=self._table.shape[1],
                base=self._base[:-1].copy(),
                numbers=self._table.reshape(-1),
                looks=self._looks.reshape(-1),
                targets=self._targets.reshape(-1),
                places=places.reshape(-1),
                slot_at=slot_at,
            )
        return self._renames

    def _all_targets(self) -> NDArray[np.int32]:
        """Return, by permutation, the slot that each becomes, -1 for a channel that is not used yet."""
        numbers, renamer = self.numbers, self.symmetry.renamer
        after: list[list[int]] = []
        for names in self._exchanges:
            process = [renamer.process(each, names) for each in range(numbers.processes)]
            users = [numbers.processes + self._user(each, names) for each in range(len(numbers.user_states))]
            ends = [divmod(channel.number, numbers.processes) for channel in numbers.channels]
            places = [numbers.place_of(process[source] * numbers.processes + process[to]) for source, to in ends]
            channels = [-1 if place is None else numbers.first_channel + place for place in places]
            after.append([*process, *users, *range(numbers.history, numbers.first_channel), *channels, -1])
        step = np.array(after, np.int32)
        targets = np.zeros((len(self._table), step.shape[1] - 1), np.int32)
        targets[0] = range(targets.shape[1])
        for permutation, before, place in self._steps:
            targets[permutation] = step[place, targets[before]]  # of -1 the last, which is -1
        return targets


def _exchanged(order: tuple[int, ...], a: int, b: int) -> tuple[int, ...]:
    """Return an order with two of its places exchanged."""
    found = list(order)
    found[a], found[b] = order[b], order[a]
    return tuple(found)


def _in_lanes(look: tuple[int, ...]) -> list[int]:
    """Return what a look adds to the keys of the members, in two words."""
    words = [0, 0]
    for member, number in enumerate(look):
        lane = crc32(b"%d" % number) & LANE
        words[member // LANES] |= lane << LANE_BITS * (member % LANES)
    return words
