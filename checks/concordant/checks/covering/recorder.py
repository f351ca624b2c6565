"""What rewritten functions tell which branches they take."""

from __future__ import annotations

from typing import TypeVar

from attrs import define, field

X = TypeVar("X")


@define(eq=False)
class Recorder:
    """The branches that were taken, by number."""

    taken: set[int] = field(factory=set)

    def takes(self, branch: int) -> None:
        """Note a branch."""
        self.taken.add(branch)

    def either(self, branch: int, condition: X) -> X:
        """Note that a condition is true, or by the next number that it is false."""
        self.taken.add(branch if condition else branch + 1)
        return condition


RECORDER = Recorder()
"""That of this process."""
