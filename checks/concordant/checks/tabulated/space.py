"""The states found so far: their rows, where each came from, the table that finds them, and the layout of them all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import define, field

from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.semantics.states import State
from concordant.checks.tabulated.ahead import compile_ahead
from concordant.checks.tabulated.clusters import Clusters, Tuning
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.growing import grown
from concordant.checks.tabulated.journal import Journal
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.listing import differences
from concordant.checks.tabulated.kernel.representing import Renames
from concordant.checks.tabulated.kernel.words import Ints, Layout, Width, Words, width_of
from concordant.checks.tabulated.kernel.work import Lists
from concordant.checks.tabulated.numbers import Numbers
from concordant.checks.tabulated.phases import GROWING, phase
from concordant.checks.tabulated.placing import Placing, replaced
from concordant.checks.tabulated.representing import NO_RENAMES, Representing
from concordant.checks.tabulated.rows import Rows
from concordant.checks.tabulated.threads import Threads

DOUBTFUL = 20
"""One in so many local states may be none that any state has."""
IN_A_MOMENT = 50
"""So many states are found in one: it would be odd to say that a budget is spent by what is not found yet."""


@define(eq=False, repr=False)
class Space:
    """The states of one search, and the layout of their rows.

    `reached`: what was reached by some move; the states themselves, or `apart` from them what they stand for, if Python represents it.
    `representing`: what lets the kernel do so. `meter`: asked
    by whatever takes long, and answers by BudgetSpent; what was begun is then left so that it can be gone on with.
    """

    numbers: Numbers
    filling: Filling
    rules: q.Rules
    tuning: Tuning
    representing: Representing | None = None
    apart: bool = False
    threads: Threads = field(factory=Threads)
    meter: Meter = field(factory=lambda: Budget().start())
    clusters: Clusters = field(init=False)
    placing: Placing = field(init=False)
    layout: Layout = field(init=False)
    width: Width = field(init=False)
    states: Rows = field(init=False)
    reached: Rows = field(init=False)
    renames: Renames = field(default=NO_RENAMES, init=False)
    journal: Journal = field(factory=Journal, init=False)
    _differences: Words = field(factory=lambda: np.zeros(0, np.uint64), init=False)
    _compiled: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.clusters = Clusters(self.numbers, self.tuning, not self.rules.synchronous)
        self._place(replaced(None, list(self.numbers.sizes()), self._fixed, self.clusters.unite, self.tuning.word_bits, self.tuning.words))
        self.states = Rows(self.placing.width, self.threads, 1 if self.apart else self.threads.count)
        self.reached = Rows(self.placing.width, self.threads) if self.apart else self.states

    @property
    def _fixed(self) -> range:
        return range(self.numbers.allowances, self.numbers.first_channel)

    # ---- rows

    def about_to_be(self) -> int:
        """Return how many states there are at least, found or soon to be: as many as a process has local states, but for a part that crashes might not leave."""
        if self.numbers.semantics.symmetry is not None:  # one state may stand for many
            return 0
        known = max(map(len, self.numbers.semantics.parts.steps.locals))
        return known - max(known // DOUBTFUL, IN_A_MOMENT)

    def values(self, state: int) -> list[int]:
        """Return what each slot of a state holds."""
        return self.placing.split(self.states.row(state))

    def seen(self, states: Ints) -> Iterator[State]:
        """Yield as much of some states as clauses can see."""
        numbers, placing = self.numbers, self.placing
        rows = self.states.rows.reshape(-1, placing.width)[states]
        values = [placing.column(rows, slot) for slot in range(numbers.allowances)]
        return map(numbers.seen, zip(*values, strict=True)) if len(states) else iter(())

    def at_an_end(self, states: Ints) -> Ints:
        """Return those of some states in which the time of the scope is at an end."""
        time, numbers = self.numbers.semantics.time, self.numbers
        if time is None:
            return states[:0]
        ends = np.array([time.ends(dials) for dials in numbers.dials.values])
        column = self.placing.column(self.states.rows.reshape(-1, self.placing.width)[states], numbers.clocks)
        found: Ints = states[ends[np.array(column, np.int64)]]
        return found

    @phase(GROWING)
    def fit(self) -> bool:
        """Give every slot the bits it now needs, and every value its place in the tables; return whether that changed the layout."""
        changed = self._fit()
        if self.representing is not None:
            self.renames = self.representing.renames(self.placing, self.meter.afford)
        return changed

    def _fit(self) -> bool:
        old, sizes = self.placing, list(self.numbers.sizes())
        placing = replaced(old, sizes, self._fixed, self.clusters.unite, self.tuning.word_bits, self.tuning.words)
        if placing is old:
            return False
        compile_ahead(placing.width)
        self._place(placing)
        self.states.move(old, self.placing)
        if self.apart:
            self.reached.move(old, self.placing)
        return True

    def _place(self, placing: Placing) -> None:
        self.placing, self.layout, self.width = placing, placing.layout, width_of(placing.width)
        self._compiled = 0

    def take_over(self, placing: Placing, parts: list[tuple[Words, Ints]], table: int) -> None:
        """Take over states that were saved, by region, in a layout for which there may not be all channels yet."""
        self._place(placing)
        self.states.take_over(placing.width, parts, table)

    # ---- what the kernel needs to know

    def receivers(self) -> list[int]:
        """Return by channel the process that receives."""
        return [channel.receiver for channel in self.numbers.channels]

    def lists(self) -> Lists:
        """Return room for the lists of candidates of the present layout, none made yet."""
        return self.clusters.lists(self.placing)

    def rename(self, slot: int, value: int) -> None:
        """Let the kernel know all images of a value."""
        if self.representing is not None:
            self.representing.answer(slot, value, self.meter.afford)

    def memory(self) -> q.Memory:
        """Return all answers, with what each outcome adds to a row of the present layout."""
        filling = self.filling
        span = 2 * self.placing.width + 1
        self._differences = grown(self._differences, filling.outcome_count * span)
        memory = q.Memory(filling.memo.table, filling.pool.array, filling.outcomes, self._differences)
        if self._compiled < filling.outcome_count:
            differences(self.width, self.layout, self.rules, memory, self._compiled, filling.outcome_count)
            self._compiled = filling.outcome_count
        return memory
