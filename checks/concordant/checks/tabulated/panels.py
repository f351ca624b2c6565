"""Panels: questions that are asked of the same states, each once for every distinct reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from concordant.checks.semantics.states import State
from concordant.checks.tabulated.groups import Groups
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel.reading import CACHE, Readings, refused, unread
from concordant.checks.tabulated.kernel.words import EMPTY, Ints, Words
from concordant.checks.tabulated.space import Space

Reply: TypeAlias = tuple[object, Iterable[int]]
"""What a question about a state gave, and the slots of `seen` that were read."""
ROOM = 1 << 13
"""How many new readings are collected before they are asked about."""


@define(eq=False)
class Inquiry:
    """A question about states.

    `ask`: of a state. `take`: what to do with the answer, given the number of the state; False says no to the state.
    `told`: whether it need not be asked any more. `reads`: all that it was ever seen to read.
    """

    ask: Callable[[State], Reply]
    take: Callable[[object, int], bool]
    told: Callable[[], bool]
    reads: frozenset[int] = frozenset()


@define(eq=False)
class Panel:
    """Inquiries in groups that read the same. `kind`: of its entries in the journal. `members`: by group."""

    groups: Groups
    space: Space
    kind: int
    inquiries: list[Inquiry] = field(factory=list)
    members: dict[int, list[Inquiry]] = field(factory=dict, init=False)
    _answers: NDArray[np.int8] = field(factory=lambda: np.zeros(64, np.int8), init=False)
    _pending: Ints = field(factory=lambda: np.zeros(3 * ROOM, np.int32), init=False)
    _cache: Words = field(factory=lambda: np.zeros(0, np.uint64), init=False)
    _cached: object = field(default=None, init=False)

    def judge(self, states: Ints) -> None:
        """Ask, in the first of these states with each new reading, whatever is still to be asked."""
        first = 0
        while first < len(states) and len(open_ := self.open()):
            readings = self._readings()
            space = self.space
            end, found = unread(
                space.width,
                space.layout,
                space.memory(),
                readings,
                self.groups.scratch,
                space.states.rows,
                states,
                first,
                open_,
                self._cache,
                self._pending,
            )
            if not self.asked_more(self._pending[: 3 * found].reshape(found, 3)):
                first = end

    def refused(self, states: Ints) -> Ints:
        """Return those of the states, which were all judged, to which some inquiry says no."""
        if not self.inquiries or not len(states):
            return states[:0]
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
            self._answers,
            out,
        )
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
            self._answers = grown(self._answers, reading + 1)
            self._answers[reading] = agrees
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

    def _readings(self) -> Readings:
        readings = self.groups.readings(self.space.placing, ROOM)
        size = len(readings.starts) * CACHE * self.space.placing.width
        if self._cached is not self.space.placing or len(self._cache) != size:
            self._cached, self._cache = self.space.placing, np.full(size, EMPTY)
        return readings
