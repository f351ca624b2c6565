"""Fair components: the parts of a graph in which a fair path can stay for ever (emptiness of Streett automata).

Source: Emerson and Lei, "Modalities for Model Checking" (1987); Baier and Katoen, "Principles of Model Checking" (2008), 3.5.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from concordant.checks.liveness.components import components
from concordant.checks.liveness.obligations import NOBODY, Column, Graph

Chosen: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
NOWHERE = -1


def fair_components(graph: Graph, strongly: Chosen, allowed: Chosen) -> Column:
    """Return for each state the component in which a fair path can stay for ever, visiting all of it; NOWHERE where there is none.

    A path may stay in one state: that is fair where nothing is owed. `allowed`: the states in which it must stay.

    What a component does not discharge although it could be discharged there for ever (weak: in every state; strong: in some)
    cannot be avoided by any path that visits all of it. Weak: no path within it can, for the obligation stays possible everywhere,
    so the component goes. Strong: a path must keep away from the states where it is possible, so those go. What is left is
    divided anew, until nothing goes: then every component discharges all that it owes, and a path around all of it is fair.
    """
    active = allowed.copy()
    states, owed = graph.enabled
    width = max(1, len(graph.moves))
    while active.any():
        component = _components(graph, active)
        inner = active[graph.sources] & active[graph.targets] & (component[graph.sources] == component[graph.targets])
        done = inner & (graph.owed != NOBODY)
        discharged = np.unique(component[graph.sources[done]] * width + graph.owed[done])
        here = active[states]
        keys = component[states[here]] * width + owed[here]
        missing = ~np.isin(keys, discharged)
        strong = strongly[owed[here]]
        going = np.zeros(graph.states, dtype=bool)
        going[states[here][missing & strong]] = True
        weak, where = np.unique(keys[missing & ~strong], return_counts=True)
        sizes = np.bincount(component[active], minlength=graph.states)
        lost = weak[where == sizes[weak // width]] // width
        going |= active & np.isin(component, lost)
        if not going.any():
            return np.where(active, component, NOWHERE)
        active &= ~going
    return np.full(graph.states, NOWHERE, dtype=np.int64)


def _components(graph: Graph, active: Chosen) -> Column:
    kept = active[graph.sources] & active[graph.targets]
    return components(graph.states, graph.sources[kept], graph.targets[kept])
