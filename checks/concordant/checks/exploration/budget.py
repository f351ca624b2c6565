"""How much a search may use, and when it has."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field, frozen

from concordant.checks.exploration.interruption import asked_to_end
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.watching import obeying
from concordant.refimpl.machine.search import INTERRUPTED, Overdue, Search


@frozen
class Budget:
    """Bounds on one search; None for no bound. `memory` in bytes, of the whole process."""

    seconds: float | None = None
    states: int | None = None
    memory: int | None = None

    @classmethod
    def for_a_little(cls, clock: Callable[[], float] = time.monotonic) -> Meter:
        """Start the time that is left to whoever is stopped, to say what it has; Ctrl-C does not shorten it."""
        return Meter(cls(seconds=LITTLE), clock, ends=False)

    def start(self, clock: Callable[[], float] = time.monotonic) -> Meter:
        """Start the clock."""
        return Meter(self, clock)

    @classmethod
    def parse(cls, text: str) -> Budget:
        """Read `30s`, `5m`, `200000 states`, `2GiB` or `500MiB`, or several joined by commas. Anything else is a Misuse."""
        bounds: dict[str, int] = {}
        for part in text.split(","):
            name, amount = _bound(part.strip())
            bounds[name] = amount
        return cls(**bounds)


_UNITS = {
    "s": ("seconds", 1),
    "m": ("seconds", 60),
    "h": ("seconds", 3600),
    "states": ("states", 1),
    "MiB": ("memory", 1 << 20),
    "GiB": ("memory", 1 << 30),
}


def _bound(part: str) -> tuple[str, int]:
    digits = part[: len(part) - len(part.lstrip("0123456789_"))]
    unit = part[len(digits) :].strip()
    if not digits.strip("_") or unit not in _UNITS:
        raise Misuse(f"budget {part!r} is none of 30s, 5m, 1h, 200000 states, 500MiB, 2GiB")
    name, factor = _UNITS[unit]
    return name, int(digits) * factor


LITTLE: Final = 0.4
"""Seconds that whoever is stopped may go on, at each of two ends."""
UNHEEDED: Final = 3
"""How many times it is asked whether a budget is overdue before whoever looks at it is taken to be held up."""
BETWEEN: Final = 0.05
"""Seconds between two looks at the memory used, and at Ctrl-C, which cost more than a state."""


class BudgetSpent(Exception):  # noqa: N818  # it says what is wrong
    """A budget was spent while something was under way. The text says which bound is reached."""


def with_remark(stopped: str, remark: str) -> str:
    """Return why something was stopped, with what else is to be said; an interruption stays the word that it is known by."""
    return stopped if stopped == INTERRUPTED else f"{stopped}{remark}"


@define(eq=False, repr=False)
class Meter:
    """A budget in use. `ends`: whether it also ends at Ctrl-C."""

    budget: Budget
    clock: Callable[[], float] = time.monotonic
    ends: bool = True
    next_report: int = 0
    _began: float = field(init=False)
    _next_look: float = field(init=False)
    _bearable: int = field(factory=lambda: there_is() // 8 * 7, init=False)
    _looks: int = field(default=0, init=False)
    _unheeded: tuple[int, int] = field(default=(0, 0), init=False)

    def __attrs_post_init__(self) -> None:
        self._began = self._next_look = self.clock()

    def rest(self, states: int) -> Budget:
        """Return what is left after so many states, for a part of what is measured. A second that has begun counts as one."""
        budget = self.budget
        left = None if budget.seconds is None else max(1, ceil(budget.seconds - (self.clock() - self._began)))
        return evolve(budget, seconds=left, states=None if budget.states is None else budget.states - states)

    def bears(self, more: int) -> bool:
        """Tell whether there is memory for so many bytes more."""
        return resident() + more <= self._memory

    @property
    def _memory(self) -> int:
        return min(self._bearable, self._bearable if self.budget.memory is None else self.budget.memory)

    def afford(self, more: int) -> None:
        """Raise BudgetSpent where there is no memory for so many bytes more."""
        if not self.bears(more):
            raise BudgetSpent(self._all_memory())

    def check(self) -> None:
        """Raise BudgetSpent where time or memory is spent, or Ctrl-C was pressed."""
        if stopped := self.over():
            raise BudgetSpent(stopped)

    def spent(self, states: int) -> str | None:
        """Say which bound is reached, or that Ctrl-C was pressed, or None."""
        if self.budget.states is not None and states >= self.budget.states:
            return f"budget of {self.budget.states:,} states spent"
        return self.over()

    def over(self) -> str | None:
        """Say the same of all bounds but that of states."""
        self._looks += 1
        now, seconds = self.clock(), self.budget.seconds
        if seconds is not None and now - self._began >= seconds:
            return f"budget of {seconds:,} s spent"
        if now < self._next_look:
            return None
        if self.ends and asked_to_end():
            return INTERRUPTED
        if resident() >= self._memory:
            return self._all_memory()
        self._next_look = now + BETWEEN
        return None

    def overdue(self) -> str | None:
        """Say which bound is reached although nobody has looked for a while; of memory, which comes quickly, as soon as it is."""
        looks, times = self._unheeded
        self._unheeded = self._looks, (times + 1 if looks == self._looks else 1)
        if self._unheeded[1] <= UNHEEDED:
            return self._all_memory() if resident() > self._memory + self._memory // 32 else None
        stopped = self.over()
        self._unheeded = self._looks, 1
        return stopped

    def _all_memory(self) -> str:
        if self._memory == self.budget.memory:
            return f"budget of {self._memory >> 20:,} MiB spent"
        return f"{self._bearable >> 20:,} MiB used, which is nearly all memory there is"


@contextmanager
def in_time(meter: Meter) -> Iterator[None]:
    """Within, whatever takes longer than the budget has left is ended by BudgetSpent, in the midst of it. What it was doing is lost."""
    try:
        with obeying(meter.overdue):
            yield
    except Overdue as overdue:
        raise BudgetSpent(str(overdue)) from None


@frozen
class Progress:
    """How far a search has come. `frontier`: states met and not yet left."""

    states: int
    transitions: int
    depth: int
    frontier: int
    seconds: float


@define(eq=False, repr=False)
class SearchLimit:
    """A budget as the limit of a search, which also tells now and then how far that has come. `seconds`: since it was made."""

    budget: Budget
    progress: Callable[[Progress], None] | None = None
    meter: Meter = field(init=False)
    _began: float = field(factory=time.perf_counter, init=False)

    def __attrs_post_init__(self) -> None:
        self.meter = self.budget.start()

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return time.perf_counter() - self._began

    def why_stop(self, search: Search[Any, Any]) -> str | None:
        """Say which part of the budget is spent; otherwise tell now and then how far the search has come."""
        meter = self.meter
        stopped = meter.spent(search.states)
        if not stopped and self.progress and search.states >= meter.next_report:
            meter.next_report = search.states + 2_000
            self.progress(Progress(search.states, search.transitions, search.depth, search.frontier, self.seconds))
        return stopped


def there_is() -> int:
    """Return how much memory this process can have: of the machine, or of the container."""
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    given = limit.read_text(encoding="ascii").strip() if limit.exists() else ""
    return min(most, int(given)) if given.isdigit() else most


def resident() -> int:
    """Return the largest amount of memory that this process has held so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
