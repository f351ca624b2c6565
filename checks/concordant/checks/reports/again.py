"""How a saved trace is told that was made again."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.reports.counterexamples import trace_lines
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import indented
from concordant.checks.saved import Remade


def again_lines(made: Remade, *, whole: bool) -> Iterator[str]:
    """Say whether a trace is today what it was; show it where it departs, or if the whole is wanted."""
    name = f"{made.saved.question}, {made.saved.clause}"
    if made.departs is None:
        yield f"{name}: as saved, {counted(len(made.frames), 'move')}"
    else:
        yield f"{name}: DEPARTS after {counted(len(made.frames), 'move')} of {len(made.saved.frames)}"
        yield from indented(made.departs.splitlines())
    if whole or made.departs is not None:
        yield from indented(trace_lines(made.frames))
