"""What the time of a search is spent on, measured only while somebody measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from attrs import define, field

from concordant.checks.tabulated.compiling import clock

P = ParamSpec("P")
R = TypeVar("R")

KERNEL, HANDLERS, CLAUSES, GROWING, OTHER = "kernel", "handlers", "clauses", "growing", "other"


@define(eq=False, repr=False)
class Phases:
    """Seconds by phase. A phase within another is not counted to that."""

    seconds: dict[str, float] = field(factory=lambda: dict.fromkeys((KERNEL, HANDLERS, CLAUSES, GROWING, OTHER), 0.0))
    _open: list[str] = field(factory=lambda: [OTHER], init=False)
    _since: float = field(factory=clock, init=False)

    def enter(self, name: str) -> None:
        """Begin a phase."""
        self._count()
        self._open.append(name)

    def leave(self) -> None:
        """End the phase that began last."""
        self._count()
        self._open.pop()

    def _count(self) -> None:
        now = clock()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now


_MEASURED: ContextVar[Phases | None] = ContextVar("measured", default=None)


@contextmanager
def measured() -> Iterator[Phases]:
    """Measure the phases of what is done within."""
    phases = Phases()
    token = _MEASURED.set(phases)
    try:
        yield phases
    finally:
        phases.leave()
        _MEASURED.reset(token)


def phase(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Count a function's time to a phase. For functions called by the thread that measures."""

    def around(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            phases = _MEASURED.get()
            if phases is None:
                return function(*args, **kwargs)
            phases.enter(name)
            try:
                return function(*args, **kwargs)
            finally:
                phases.leave()

        return timed

    return around
