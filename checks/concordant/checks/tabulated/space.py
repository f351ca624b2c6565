"""The states found so far: their rows, where each came from, the table that finds them, and the layout of them all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field

from concordant.checks.semantics.states import State
from concordant.checks.tabulated.clusters import Clusters, Tuning
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.growing import grown, reserved
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.listing import differences
from concordant.checks.tabulated.kernel.storing import BATCH, repack, retable
from concordant.checks.tabulated.kernel.words import EMPTY, Ints, Layout, Store, Width, Words, width_of
from concordant.checks.tabulated.numbers import Numbers
from concordant.checks.tabulated.placing import Placing, replaced

MOST_STATES = 1 << 31
"""States are numbered in 32 bits with a sign."""
FIRST_TABLE = 1 << 12
FAST_GROWTH = 1 << 20
"""Up to this size, a table that is full is replaced by one four times as large, later by one twice as large."""


@define(eq=False)
class Space:
    """The states of one search, by number in the order in which they were found."""

    numbers: Numbers
    filling: Filling
    rules: q.Rules
    tuning: Tuning
    clusters: Clusters = field(init=False)
    count: int = field(default=0, init=False)
    placing: Placing = field(init=False)
    layout: Layout = field(init=False)
    width: Width = field(init=False)
    rows: Words = field(init=False)
    parents: Ints = field(init=False)
    table: Words = field(init=False)
    _room: Words = field(init=False)
    _differences: Words = field(factory=lambda: np.zeros(0, np.uint64), init=False)
    _compiled: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.clusters = Clusters(self.numbers, self.tuning, not self.rules.synchronous)
        placing = replaced(None, list(self.numbers.sizes()), self._fixed, self.clusters.unite, self.tuning.word_bits)
        if placing is None:
            raise AssertionError("a first placing is always found")
        self._place(placing)
        self.rows = reserved(MOST_STATES * placing.width, np.uint64)
        self.parents = reserved(MOST_STATES, np.int32)
        self._room = reserved(MOST_STATES, np.uint64)
        self.table = self._room[:FIRST_TABLE]
        self.table[:] = EMPTY

    @property
    def _fixed(self) -> range:
        return range(self.numbers.budgets, self.numbers.first_channel)

    @property
    def store(self) -> Store:
        """The arrays, for the kernel."""
        return Store(self.rows, self.parents, self.table)

    @property
    def quota(self) -> int:
        """How many states the table may hold before it must grow."""
        return min(len(self.table) * 11 // 16, MOST_STATES - 1)

    # ---- rows

    def begin(self, values: list[int]) -> None:
        """Enter the initial state, from what its slots hold."""
        self.rows[: self.placing.width] = self.placing.joined(values)
        self.parents[0] = -1
        self.count = 1
        self._enter()

    def values(self, state: int) -> list[int]:
        """Return what each slot of a state holds."""
        row: list[int] = self.rows[state * self.placing.width : (state + 1) * self.placing.width].tolist()
        return self.placing.split(row)

    def seen(self, states: Ints) -> Iterator[State]:
        """Yield as much of some states as clauses can see."""
        numbers, placing = self.numbers, self.placing
        rows = self.rows.reshape(-1, placing.width)[states]
        values = [placing.column(rows, slot) for slot in range(numbers.budgets)]
        return map(numbers.seen, zip(*values, strict=True)) if len(states) else iter(())

    def chain(self, state: int) -> list[int]:
        """Return the states on the way to a state, the initial one first."""
        chain = [state]
        while (parent := int(self.parents[chain[-1]])) >= 0:
            chain.append(parent)
        return chain[::-1]

    # ---- growing

    def fit(self) -> bool:
        """Give every slot the bits it now needs; return whether that changed the layout."""
        placing = replaced(self.placing, list(self.numbers.sizes()), self._fixed, self.clusters.unite, self.tuning.word_bits)
        if placing is None:
            return False
        old, old_width = self.placing, self.width
        self._place(placing)
        fields = old.fields_to(placing)
        rows = self.rows if placing.width == old.width else reserved(MOST_STATES * placing.width, np.uint64)
        repack(old_width, self.rows, self.width, rows, 0, self.count, *fields, np.zeros(placing.width, np.uint64))
        self.rows = rows
        self._retable(len(self.table))
        return True

    def _place(self, placing: Placing) -> None:
        self.placing, self.layout, self.width = placing, placing.layout, width_of(placing.width)
        self._compiled = 0

    def grow(self) -> None:
        """Make room for more states."""
        self._retable(len(self.table) * (4 if len(self.table) < FAST_GROWTH else 2))

    def _retable(self, size: int) -> None:
        self.table = self._room[:size]
        self.table[:] = EMPTY
        self._enter()

    def _enter(self) -> None:
        retable(self.width, self.store, 0, self.count, np.zeros(BATCH, np.uint64))

    # ---- what the kernel needs to know

    def memory(self) -> q.Memory:
        """Return all answers, with what each outcome adds to a row of the present layout."""
        filling = self.filling
        span = 2 * self.placing.width + 1
        self._differences = grown(self._differences, filling.outcome_count * span)
        memory = q.Memory(filling.memo, filling.pool.array, filling.outcomes, self._differences)
        if self._compiled < filling.outcome_count:
            differences(self.width, self.layout, self.rules, memory, self._compiled, filling.outcome_count)
            self._compiled = filling.outcome_count
        return memory
