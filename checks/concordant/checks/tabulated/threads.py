"""Threads: parts of one piece of work side by side, as many at a time as there are workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from attrs import define, field


@define(eq=False, repr=False)
class Threads:
    """Some threads, the caller's among them. They help where compiled code runs, which needs no lock of the interpreter."""

    count: int = 1
    _pool: ThreadPoolExecutor | None = field(default=None, init=False)

    def each(self, work: Callable[[int], object], count: int | None = None) -> None:
        """Do each part of some work, by its number, and wait for all, also where the caller's own is interrupted."""
        count = self.count if count is None else count
        if count > 1 and self._pool is None:
            self._pool = ThreadPoolExecutor(self.count - 1)
        others = [self._pool.submit(work, number) for number in range(1, count)] if self._pool else []
        try:
            work(0)
        finally:
            wait(others)
        for other in others:
            other.result()

    def part(self, number: int, first: int, end: int) -> tuple[int, int]:
        """Return where the part of one thread in a range begins and ends."""
        size = end - first
        return first + size * number // self.count, first + size * (number + 1) // self.count
