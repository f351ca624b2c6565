"""Search up to symmetry: what was reached is represented by one state of its orbit, as the reference semantics chooses it."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.tabulated.kernel.storing import numbered
from concordant.checks.tabulated.kernel.words import Ints
from concordant.checks.tabulated.numbers import fits
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import Worker


@define(eq=False, repr=False)
class Orbits:
    """The orbits of one search. Every distinct state that is reached is represented once, in Python: some 20,000 a second.

    `standing`: the number of what stands for each state that was reached, in their order; kept only if `keeps_standing`.
    """

    symmetry: Symmetry
    space: Space
    worker: Worker
    keeps_standing: bool = False
    standing: list[Ints] = field(factory=list, init=False)

    def represent(self, since: list[int]) -> None:
        """Add to the states what stands for all that was reached since."""
        space, numbers = self.space, self.space.numbers
        reached = space.reached.since(since).tolist()
        found: list[list[int]] = []
        for number in reached:
            state = numbers.state(space.placing.split(space.reached.row(number)))
            values = numbers.values(self.symmetry.canonical(state))
            fits(max(values), "what stands for others by a symmetry")
            found.append(values)
        space.fit()
        channels = len(space.placing.bits)
        rows = [space.placing.joined([*values, *[0] * (channels - len(values))]) for values in found]
        self.worker.admit(rows, space.reached.parents[reached].tolist())
        if self.keeps_standing:
            numbers_of = np.zeros(len(rows), np.int32)
            numbered(space.width, space.states.store, np.array(rows, np.uint64).reshape(-1), numbers_of)
            self.standing.append(numbers_of)
