"""Fair components in compiled code: what `concordant.checks.liveness.fair` says, of graphs of millions of states."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel.fairness import NOWHERE, Arcs, Scratch, components
from concordant.checks.tabulated.kernel.words import Ints, width_of

WIDTH = width_of(1)


def fair_components(arcs: Arcs, strongly: list[bool], allowed: NDArray[np.bool_]) -> tuple[Ints, int]:
    """Return for each state the component in which a fair path can stay for ever, NOWHERE where there is none; and how many passes that took.

    `strongly`: by obligation. `allowed`: the states in which a path must stay. A pass divides what is left of the graph into
    components; the first sees all of it, each later one only components from which something went.
    """
    states, owed = len(allowed), len(strongly)
    met, low, stack, path, now, later = (np.zeros(states, np.int32) for _ in range(6))
    counts, last, named = (np.zeros(1 + owed, np.int32) for _ in range(3))
    scratch = Scratch(met, low, stack, path, np.zeros(states, np.int64), now, later, counts, np.zeros(1 + owed, np.int8), last, named)
    component = np.where(allowed, 0, NOWHERE).astype(np.int32)
    passes = components(WIDTH, arcs, np.array([*strongly, False], np.int8), component, scratch)
    return component, passes
