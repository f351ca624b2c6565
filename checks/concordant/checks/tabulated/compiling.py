"""Compiling the kernel, once per machine and width of rows: telling of it, and a clock that stands still meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from attrs import define

from concordant.checks.tabulated.kernel.keeping import why_nowhere
from concordant.checks.tabulated.kernel.words import numba

KERNEL = "concordant.checks.tabulated.kernel."


@define(eq=False, repr=False)
class Listener:
    """Hears when functions of the kernel are compiled because they are not on disk; one may be compiled within another.

    `tell`: called when the first begins, once. `seconds`: spent so far.
    """

    tell: Callable[[], object] | None = None
    seconds: float = 0
    _began: float = 0
    _within: int = 0

    def notify(self, event: Any) -> None:
        """Take an event of numba."""
        if not event.data["dispatcher"].py_func.__module__.startswith(KERNEL):
            return
        self._note(begins=event.is_start)

    def _note(self, *, begins: bool) -> None:
        self._within += 1 if begins else -1
        if begins and self._within == 1:
            self._began = perf_counter()
            if self.tell is not None:
                self.tell()
                self.tell = None
        elif not self._within:
            self.seconds += perf_counter() - self._began

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Within, something is compiled elsewhere."""
        self._note(begins=True)
        try:
            yield
        finally:
            self._note(begins=False)

    def clock(self) -> float:
        """Return the seconds since some moment, but for those spent compiling."""
        return (self._began if self._within else perf_counter()) - self.seconds


numba.core.event.Listener.register(Listener)


def _tell() -> None:
    why = why_nowhere()
    how = "once per machine" if why is None else f"anew in each run: it is kept nowhere, since {why}; let NUMBA_CACHE_DIR name a folder"
    sys.stderr.write(f"compiling the tabulated engine ({how})…\n")


_LISTENER = Listener(_tell)
numba.core.event.register("numba:compile", _LISTENER)
standing_still = _LISTENER.standing_still
clock = _LISTENER.clock
"""What the time of a search is measured by: what is compiled once per machine is not part of it, nor of its budget."""
