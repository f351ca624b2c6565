"""Which explorer explores: the reference, which is quick to start, or the tabulated one, which is quick once it runs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.scope import Counts

LARGE_STATES = 100_000
"""From so many expected states on the tabulated engine is chosen: below, the reference is done before the other is compiled, which it must be once."""
LARGE_ORBITS = 50_000
"""The same for states up to symmetry: both engines choose who stands for whom in Python, but the tabulated one does it once per state reached, not once per transition."""


class Engine(Enum):
    """An explorer, or the choice between them."""

    AUTO = "auto"
    REFERENCE = "reference"
    TABULATED = "tabulated"


def explorer(engine: Engine, reductions: Reductions, expected: Counts | None, workers: int = 1) -> Callable[..., Report]:
    """Return the explorer to use. Automatically: the tabulated one for scopes that are known to be large, else the reference.

    `workers`: threads of the tabulated engine, which find the same.
    """
    large = expected is not None and expected.states >= (LARGE_ORBITS if reductions.symmetry else LARGE_STATES)
    if engine is Engine.REFERENCE or (engine is Engine.AUTO and not large):
        return explore
    from concordant.checks.tabulated.explore import explore_tabulated  # noqa: PLC0415  # loading what compiles takes a third of a second

    return explore_tabulated if workers == 1 else partial(explore_tabulated, workers=workers)
