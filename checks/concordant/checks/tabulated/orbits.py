"""Search up to symmetry: what was reached is represented by one state of its orbit, as the reference semantics chooses it."""

from __future__ import annotations

from attrs import define

from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.tabulated.space import Space
from concordant.checks.tabulated.worker import Worker


@define(eq=False)
class Orbits:
    """The orbits of one search. Every distinct state that is reached is represented once, in Python: some 20,000 a second."""

    symmetry: Symmetry
    space: Space
    worker: Worker

    def represent(self, since: list[int]) -> None:
        """Add to the states what stands for all that was reached since."""
        space, numbers = self.space, self.space.numbers
        reached = space.reached.since(since).tolist()
        found: list[list[int]] = []
        for number in reached:
            state = numbers.state(space.placing.split(space.reached.row(number)))
            found.append(numbers.values(self.symmetry.canonical(state)))
        space.fit()
        channels = len(space.placing.bits)
        rows = [space.placing.joined([*values, *[0] * (channels - len(values))]) for values in found]
        self.worker.admit(rows, space.reached.parents[reached].tolist())
