"""Panels: questions that are asked of the same states, each once for every distinct reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TypeAlias

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.exploration.budget import BudgetSpent
from concordant.checks.semantics.states import State
from concordant.checks.semantics.watching import obeying
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel.reading import CACHE, Readings, refused, strange, unread
from concordant.checks.tabulated.kernel.words import EMPTY, Ints, Words
from concordant.checks.tabulated.space import Space

Reply: TypeAlias = tuple[object, Iterable[int]]
"""What a question about a state gave, and the slots of `seen` that were read."""
ROOM = 1 << 8
"""How many new readings are collected before they are asked about, with a look at the clock before, at most."""
SOON = 0.05
"""Seconds that asking may take, about: else fewer are collected."""
CHUNK = 1 << 20
"""How many states are looked at, by all threads together, before anything is asked, at most."""
FIRST = 1 << 14
"""How many at first; then twice as many each time, or half as many where that takes longer than a QUARTER of a second."""
QUARTER = 0.25


@define(eq=False, repr=False)
class Inquiry:
    """A question about states.

    `ask`: of a state. `take`: what to do with the answer, given the number of the state; False says no to the state.
    `told`: whether it need not be asked any more. `reads`: all that it was ever seen to read.
    """

    ask: Callable[[State], Reply]
    take: Callable[[object, int], bool]
    told: Callable[[], bool]
    reads: frozenset[int] = frozenset()


@define(eq=False, repr=False)
class Panel:
    """Inquiries in groups that read the same. `kind`: of its entries in the journal. `members`: by group. `answers`: by reading, whether nobody says no."""

    groups: Groups
    space: Space
    kind: int
    inquiries: list[Inquiry] = field(factory=list)
    members: dict[int, list[Inquiry]] = field(factory=dict, init=False)
    answers: NDArray[np.int8] = field(factory=lambda: np.zeros(64, np.int8), init=False)
    _pending: Ints = field(factory=lambda: np.zeros(3 * ROOM, np.int32), init=False)
    _caches: list[Words] = field(factory=lambda: [np.zeros(0, np.uint64)], init=False)
    _cached: object = field(default=None, init=False)
    _room: int = field(factory=lambda: ROOM, init=False)
    _together: int = field(factory=lambda: FIRST, init=False)

    def judge(self, states: Ints) -> None:
        """Ask, in the first of these states with each new reading, whatever is still to be asked.

        After a BudgetSpent, the same states can be judged again: what was asked is known.
        """
        low = 0
        while low < len(states):
            self.space.meter.check()
            part, before = states[low : low + self._together], None
            while before != (before := tuple(self.members)):
                strange = self._strange(part)
                try:
                    self._ask(strange)
                except BudgetSpent:
                    self._cached = None  # what was found strange is in the caches as if it had been asked about
                    raise
            low += len(part)

    def _strange(self, states: Ints) -> Ints:
        """Return those of the states that may show something new, in their order. Threads share the work."""
        open_ = self.open()
        if not len(open_):
            return states[:0]
        space, readings = self.space, self._readings()
        shared = space.width, space.layout, space.memory(), readings
        threads, found = space.threads, [states] * space.threads.count

        def look(number: int) -> None:
            first, end = threads.part(number, 0, len(states))
            part, out, scratch = states[first:end], np.zeros(1 + end - first, np.int32), self.groups.scratch.copy()
            found[number] = out[: strange(*shared, scratch, space.states.rows, part, open_, self._caches[number], out)]

        began = perf_counter()
        threads.each(look)
        if perf_counter() - began > QUARTER:
            self._together = max(FIRST, self._together // 2)
        elif len(states) == self._together:
            self._together = min(CHUNK, 2 * self._together)
        return np.concatenate(found)

    def _ask(self, states: Ints) -> None:
        first = 0
        while first < len(states) and len(open_ := self.open()):
            self.space.meter.check()
            room = max(self._room, len(open_))  # for one state at least
            readings, self._pending = self._readings(room), grown(self._pending, 3 * room)
            space, scratch = self.space, self.groups.scratch
            shared = space.width, space.layout, space.memory(), readings, scratch, space.states.rows
            end, found = unread(*shared, states, first, open_, self._pending[: 3 * room])
            began = perf_counter()
            with obeying(space.meter.overdue):
                more = self.asked_more(self._pending[: 3 * found].reshape(found, 3))
            self._room = max(1, self._room // 2) if perf_counter() - began > SOON else min(ROOM, 2 * self._room)
            if not more:
                first = end

    def refused(self, states: Ints) -> Ints:
        """Judge states, and return those to which some inquiry says no. After a BudgetSpent, the same can be done again."""
        if not self.inquiries or not len(states):
            return states[:0]
        before: tuple[int, ...] | None = None
        while before != (before := tuple(self.members)):  # what was judged before the groups changed has no answer in the new ones
            self.judge(states)
        space, out = self.space, np.zeros(len(states), np.int32)
        groups = np.array(list(self.members), np.int64)
        found = refused(
            space.width,
            space.layout,
            space.memory(),
            self._readings(),
            self.groups.scratch,
            space.states.rows,
            states,
            groups,
            self.answers,
            out,
        )
        if found < 0:
            raise RuntimeError("a state was passed over, of which it is not known what some bound or clause says")
        return out[:found]

    def open(self) -> NDArray[np.int64]:
        """Return the groups in which something is still to be asked."""
        return np.array([number for number, members in self.members.items() if not all(each.told() for each in members)], np.int64)

    def watched(self) -> Words:
        """Return the bits of a row on which an answer may depend."""
        bits = np.zeros(self.space.placing.width, np.uint64)
        for group in self.open().tolist():
            bits |= self.groups.mask(group, self.space.placing)
        return bits

    def asked_more(self, pending: Ints) -> bool:
        """Ask about new readings. Where something was read beyond its group, states were passed over that may differ there.

        Then the questions are grouped anew, and it all has to be done again: True.
        """
        self.space.journal.note(self.kind, pending)
        grew = False
        for seen, (state, group, reading) in zip(self.space.seen(pending[:, 0]), pending.tolist(), strict=True):
            agrees = True
            for inquiry in self.members[group]:
                if not inquiry.told():
                    answer, read = inquiry.ask(seen)
                    agrees = inquiry.take(answer, state) and agrees
                    if not inquiry.reads.issuperset(read):
                        inquiry.reads |= frozenset(read)
                        grew = True
            self.answers = grown(self.answers, reading + 1)
            self.answers[reading] = agrees
        if grew:
            self.regroup()
        return grew

    def regroup(self) -> None:
        """Put together what reads the same; a group whose members and reads are as before stays."""
        before = {(frozenset(map(id, members)), self.groups.read_by(number)): number for number, members in self.members.items()}
        by_reads: dict[frozenset[int], list[Inquiry]] = {}
        for inquiry in self.inquiries:
            by_reads.setdefault(inquiry.reads, []).append(inquiry)
        self.members = {}
        for reads, members in by_reads.items():
            number = before.get((frozenset(map(id, members)), reads))
            self.members[self.groups.add(reads) if number is None else number] = members

    def _readings(self, room: int = 0) -> Readings:
        readings = self.groups.readings(self.space.placing, room)
        size = len(readings.starts) * CACHE * self.space.placing.width
        if self._cached is not self.space.placing or len(self._caches[0]) != size:
            self._cached, self._caches = self.space.placing, [np.full(size, EMPTY) for _ in range(self.space.threads.count)]
        return readings
