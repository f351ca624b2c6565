"""The memo: questions of the kernel and their answers, in a hash table."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.words import EMPTY, Longs, Words, width_of

WIDTH = width_of(1)


@define(eq=False, repr=False)
class AnswersKept:
    """What was answered so far. `table`: questions and answers in turn."""

    table: Words = field(factory=lambda: np.full(1 << 11, EMPTY), init=False)
    known: int = field(default=0, init=False)

    def keep(self, questions: Words, answers: Longs) -> None:
        """Keep answers."""
        while 4 * (self.known + len(questions)) > len(self.table):
            old = self.table.reshape(-1, 2)
            old = old[old[:, 0] != EMPTY]
            self.table = np.full(4 * len(self.table), EMPTY)
            q.remember(WIDTH, self.table, old[:, 0].copy(), old[:, 1].astype(np.int64))
        self.known += q.remember(WIDTH, self.table, questions, answers)
