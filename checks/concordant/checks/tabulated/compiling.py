"""Telling that the kernel is compiled: once per machine and width of rows, then it is read from disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define

from concordant.checks.tabulated.kernel.words import numba

KERNEL = "concordant.checks.tabulated.kernel."


@define(eq=False)
class Listener:
    """Tells once, when some function of the kernel is about to be compiled because it is not on disk."""

    tell: Callable[[], None]
    told: bool = False

    def notify(self, event: Any) -> None:
        """Take an event of numba."""
        if event.is_start and not self.told and event.data["dispatcher"].py_func.__module__.startswith(KERNEL):
            self.told = True
            self.tell()


def when_compiling(tell: Callable[[], None]) -> None:
    """Call a function, once in this process and in those forked from it, when the kernel begins to be compiled."""
    numba.core.event.Listener.register(Listener)
    numba.core.event.register("numba:compile", Listener(tell))
