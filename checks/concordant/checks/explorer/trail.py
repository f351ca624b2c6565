"""Where one has been: a tree of runs, so that going back loses nothing."""

from __future__ import annotations

from attrs import define, field

Run = tuple[int, ...]


@define
class Trail:
    """The runs that were stood at, and the one where one stands.

    >>> been = Trail()
    >>> for number in (0, 2):
    ...     been.take(number)
    >>> been.back()
    True
    >>> been.take(1)
    >>> been.here, been.leaves()
    ((0, 1), ((0, 1), (0, 2)))
    """

    here: Run = ()
    _last: dict[Run, int] = field(factory=dict)
    """From each run by which move one went on last."""
    _stood_at: set[Run] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._stood_at = set()
        self.go(self.here)

    def go(self, run: Run) -> None:
        """Stand at the end of a run."""
        for length in range(len(run)):
            self._last[run[:length]] = run[length]
            self._stood_at.add(run[: length + 1])
        self.here = run

    def take(self, number: int) -> None:
        """Make one more move."""
        self.go((*self.here, number))

    def back(self) -> bool:
        """Undo the last move; False at the start."""
        if not self.here:
            return False
        self.here = self.here[:-1]
        return True

    def forward(self) -> bool:
        """Make the move once more that was made here last; False where there was none."""
        if self.here not in self._last:
            return False
        self.here = (*self.here, self._last[self.here])
        return True

    def end(self) -> Run:
        """Return the run that goes forward from here as far as one has been."""
        run = self.here
        while run in self._last:
            run = (*run, self._last[run])
        return run

    def leaves(self) -> tuple[Run, ...]:
        """List the runs that were not gone on from, in the order of their numbers."""
        begun = {run[:-1] for run in self._stood_at}
        return tuple(sorted(run for run in self._stood_at if run not in begun))
