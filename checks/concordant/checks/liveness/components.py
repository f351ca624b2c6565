"""Strongly connected components: the parts of a graph in which every state leads to every other."""

from __future__ import annotations

import numpy as np

from concordant.checks.liveness.obligations import Column

MANY = 50_000
"""From so many edges on scipy is loaded, which takes half a second; below, the same is found in less."""


def components(states: int, sources: Column, targets: Column) -> Column:
    """Return for each state the number of its component. The edges lead from sources to targets.

    >>> edges = np.array([[0, 1, 1], [1, 0, 2]])
    >>> components(3, *edges).tolist()
    [1, 1, 0]
    """
    return by_path(states, sources, targets) if len(sources) < MANY else by_scipy(states, sources, targets)


def by_scipy(states: int, sources: Column, targets: Column) -> Column:
    """Leave it to scipy."""
    from scipy.sparse import csr_array  # noqa: PLC0415  # loaded where it is needed
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    matrix = csr_array((np.ones(len(sources), dtype=np.int8), (sources, targets)), shape=(states, states))
    _, found = connected_components(matrix, directed=True, connection="strong")
    component: Column = found.astype(np.int64)
    return component


def by_path(states: int, sources: Column, targets: Column) -> Column:
    """Walk depth first. Source: Tarjan, "Depth-First Search and Linear Graph Algorithms" (1972), without recursion.

    `met`: when a state was met, from 1 on. `low`: of the states that it leads to and that have no component yet, one that was
    met as early as any that is known. A state that leads to none met before it closes a component: all that were met since.
    """
    by_source = np.argsort(sources, kind="stable")
    heads, ends = targets[by_source].tolist(), np.cumsum(np.bincount(sources, minlength=states)).tolist()
    following = [0, *ends]
    met, low, component = [0] * states, [0] * states, [-1] * states
    without: list[int] = []
    count = found = 0
    for root in range(states):
        path = [] if met[root] else [root]
        while path:
            state = path[-1]
            if not met[state]:
                count += 1
                met[state] = low[state] = count
                without.append(state)
            if following[state] < ends[state]:
                head = heads[following[state]]
                following[state] += 1
                if not met[head]:
                    path.append(head)
                elif component[head] < 0:
                    low[state] = min(low[state], met[head])
                continue
            path.pop()
            if path:
                low[path[-1]] = min(low[path[-1]], low[state])
            if low[state] == met[state]:
                while component[state] < 0:
                    component[without.pop()] = found
                found += 1
    return np.array(component, dtype=np.int64)
