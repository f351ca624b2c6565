"""Runs of inputs by number, so that a state that is known by its run is compared, and looked up, as a number."""

from __future__ import annotations

from collections.abc import Hashable

from attrs import define, field

from concordant.checks.conform.cases import Run
from concordant.checks.conform.table import Input
from concordant.spec.vocabulary import likeness

EMPTY = 0
"""The number of the run without inputs."""


@define(eq=False)
class KnownRuns:
    """Runs by number, each of which is another and one input more: two of the same inputs have one number."""

    _inputs: list[Run] = field(factory=lambda: [()], init=False)
    _before: list[int] = field(factory=lambda: [EMPTY], init=False)
    _after: dict[tuple[int, Hashable], int] = field(factory=dict, init=False)

    def __getitem__(self, run: int) -> Run:
        return self._inputs[run]

    def before(self, run: int) -> int:
        """Return the run without its last input."""
        return self._before[run]

    def after(self, run: int, *moves: Input) -> int:
        """Return the run with some inputs more."""
        for move in moves:
            key = run, likeness(move)
            if key not in self._after:
                self._after[key] = len(self._inputs)
                self._inputs.append((*self._inputs[run], move))
                self._before.append(run)
            run = self._after[key]
        return run
