"""A copy of the tables of a search, in a worker that asks Python nothing: it is told what they have gained."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.cluster.dividing.marks import marks_of
from concordant.checks.cluster.dividing.messages import Gains, Placed
from concordant.checks.exploration.budget import Meter
from concordant.checks.tabulated.ahead import compile_ahead
from concordant.checks.tabulated.answers import WIDTH, AnswersKept
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.listing import differences
from concordant.checks.tabulated.kernel.reading import Readings, find_again
from concordant.checks.tabulated.kernel.representing import Renames
from concordant.checks.tabulated.kernel.words import Ints, Layout, Width, Words, width_of
from concordant.checks.tabulated.placing import Placing
from concordant.checks.tabulated.representing import NO_RENAMES
from concordant.checks.tabulated.rows import Rows

ROOM = 1 << 10
"""How many new readings are collected before they are asked about, at most; or as many as one state may show."""


@define(eq=False, repr=False)
class TableCopies:
    """All that a worker knows of a system, and the states that it owns. It is the `Ground` of those who make moves.

    The rows have two regions: of the states, and of those just made, which go to their owners.
    """

    rules: q.Rules
    tuning: Tuning
    meter: Meter
    placing: Placing = field(init=False)
    layout: Layout = field(init=False)
    width: Width = field(init=False)
    states: Rows = field(init=False)
    reached: Rows = field(init=False)
    _begun: bool = field(default=False, init=False)
    renames: Renames = field(default=NO_RENAMES, init=False)
    marks: Words = field(init=False)
    watched: Words = field(init=False)
    scratch: Ints = field(factory=lambda: np.zeros(16, np.int32), init=False)
    _placed: Placed = field(init=False)
    _memo: AnswersKept = field(factory=AnswersKept, init=False)
    _pool: Ints = field(factory=lambda: np.zeros(0, np.int32), init=False)
    _pooled: int = field(default=0, init=False)
    _outcomes: Ints = field(factory=lambda: np.zeros((0, q.OUTCOME), np.int32), init=False)
    _outcome_count: int = field(default=0, init=False)
    _differences: Words = field(factory=lambda: np.zeros(0, np.uint64), init=False)
    _compiled: int = field(default=0, init=False)
    _room: int = field(factory=lambda: ROOM, init=False)
    _readings: Readings = field(init=False)

    def __attrs_post_init__(self) -> None:
        none = np.zeros(0, np.int64)
        kept, codes = np.zeros((0, 4), np.int32), np.zeros(0, np.uint64)
        self._readings = Readings(none, none, none, codes, kept, codes, np.full(4 * ROOM, -1, np.int32), np.zeros(1, np.int64))

    def hear(self, news: Gains) -> None:
        """Take over what is new."""
        if news.placed is not None:
            self._place(news.placed)
        self._memo.keep(news.questions, news.answers)
        pooled, count = self._pooled + len(news.pool), self._outcome_count + len(news.outcomes)
        self._pool, self._outcomes = grown(self._pool, pooled), grown(self._outcomes, count)
        self._pool[self._pooled : pooled], self._outcomes[self._outcome_count : count] = news.pool, news.outcomes
        self._pooled, self._outcome_count = pooled, count
        self._read(news)
        self.watched = news.watched
        if news.renames is not None:
            self.renames = news.renames

    def _place(self, placed: Placed) -> None:
        old = self.placing if self._begun else None
        self._begun, self._placed, self.placing = True, placed, placed.placing
        compile_ahead(self.placing.width)
        self.layout, self.width, self._compiled = self.placing.layout, width_of(self.placing.width), 0
        self.marks = marks_of(self.placing)
        if old is None:
            self.states = self.reached = Rows(self.placing.width, regions=2)
        else:
            self.states.move(old, self.placing)

    def _read(self, news: Gains) -> None:
        """Take over new groups and readings, in a table that finds them all."""
        known = int(self._readings.counts[0])
        kept, codes, span = self._readings.kept, self._readings.codes, news.kept.shape[1]
        if span > kept.shape[1]:
            kept = np.pad(kept, ((0, 0), (0, span - kept.shape[1])))
        count = known + len(news.codes)
        self._room = max(ROOM, len(news.groups[0]))
        kept, codes = grown(kept, count + self._room), grown(codes, count + self._room)
        kept[known:count, :span], codes[known:count] = news.kept, news.codes
        self.scratch = grown(self.scratch, 2 + span)
        self._readings = Readings(*news.groups, kept, codes, self._readings.table, np.array([count], np.int64))
        if len(news.codes) or 2 * (count + self._room) > len(self._readings.table):
            self.forget_what_is_pending(count)

    def forget_what_is_pending(self, count: int) -> None:
        """Keep so many readings, those that whoever leads the search has numbered, and no others."""
        readings, size = self._readings, 1 << (4 * (count + self._room)).bit_length()
        readings.counts[0] = count
        table = readings.table if len(readings.table) >= size else np.zeros(size, np.int32)
        table[:] = -1
        self._readings = readings._replace(table=table)
        find_again(WIDTH, self._readings)

    # ---- what the kernel needs to know

    @property
    def readings(self) -> Readings:
        """The readings."""
        return self._readings

    def memory(self) -> q.Memory:
        """Return all answers, with what each outcome adds to a row of the present layout."""
        count = self._outcome_count
        self._differences = grown(self._differences, count * (2 * self.placing.width + 1))
        memory = q.Memory(self._memo.table, self._pool, self._outcomes, self._differences)
        if self._compiled < count:
            differences(self.width, self.layout, self.rules, memory, self._compiled, count)
            self._compiled = count
        return memory

    def receivers(self) -> list[int]:
        """Return by channel the process that receives."""
        return self._placed.receivers

    def lists(self) -> w.Lists:
        """Return room for the lists of candidates of the present layout, none made yet."""
        fused, paired = self._placed.sizes
        return self._placed.lists._replace(
            records=np.zeros((1 << 12) * (2 * self.placing.width + 2), np.uint64),
            fused=np.zeros(fused, np.int64),
            paired=np.zeros(paired, np.int64),
            hashed=np.zeros(1 << 12, np.uint64),
            folds=np.full(2 * w.FOLDS_KEPT, w.NO_FOLD),
        )
