"""Which explorer explores: the reference, which is quick to start, or the tabulated one, which is quick once it runs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.scope import Counts
from concordant.checks.tabulated.explore import explore_tabulated

LARGE_STATES = 100_000
"""From so many expected states on the tabulated engine is chosen: below, it has not started when the reference is done."""


class Engine(Enum):
    """An explorer, or the choice between them."""

    AUTO = "auto"
    REFERENCE = "reference"
    TABULATED = "tabulated"


def explorer(engine: Engine, reductions: Reductions, expected: Counts | None) -> Callable[..., Report]:
    """Return the explorer to use. Automatically: the tabulated one for large scopes without symmetry, else the reference.

    The tabulated engine for a scope that is reduced by symmetry is a ValueError: it does not reduce.
    """
    match engine:
        case Engine.REFERENCE:
            return explore
        case Engine.TABULATED:
            if reductions.symmetry:
                raise ValueError("the tabulated engine does not reduce by symmetry yet; use --engine reference, or auto, for this scope")
            return explore_tabulated
        case Engine.AUTO:
            large = expected is not None and expected.states >= LARGE_STATES
            return explore_tabulated if large and not reductions.symmetry else explore
