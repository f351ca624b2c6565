"""Probes: whether what a weakened clause leaves out ever came about. If it never did, there was nothing to notice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from attrs import define

T = TypeVar("T")


@define
class Probe:
    """`met`: whether anything was left out so far."""

    met: bool = False

    def skips(self, condition: object) -> bool:
        """Note whether a case is skipped."""
        self.met = self.met or bool(condition)
        return bool(condition)

    def first(self, values: Iterable[T]) -> list[T]:
        """Return the first of some values alone."""
        return self._some(list(values), 0, 1)

    def last(self, values: Iterable[T]) -> list[T]:
        """Return the last of some values alone."""
        return self._some(list(values), -1, None)

    def _some(self, values: list[T], begin: int, end: int | None) -> list[T]:
        self.met = self.met or len(values) > 1
        return values[begin:end]


PROBE = Probe()
"""That of the one weakened clause that is judged in this process."""
