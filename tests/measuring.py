"""Where coverage is measured: not while a search runs, which it would slow down to less than half its speed.

All that a search asked of a protocol is asked once more when it has ended, and measured then.
"""

from __future__ import annotations

from typing import Any, Self

from coverage import Coverage

from concordant.checks.exploration import explore
from concordant.refimpl.machine.search import Search


class Unmeasured(Search[Any, Any]):
    """A search during which coverage pauses."""

    def run(self) -> Self:
        coverage = Coverage.current()
        if coverage is None:
            return super().run()
        coverage.stop()
        try:
            return super().run()
        finally:
            coverage.start()


def measure_no_searches() -> None:
    """Let explorations search unmeasured from now on."""
    setattr(explore, "Search", Unmeasured)  # noqa: B010  # a name that the module has for itself
