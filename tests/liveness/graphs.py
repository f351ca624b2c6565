"""Small graphs with obligations, and what *fair* means for them by brute force: over all sets of states."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import TypeAlias

import numpy as np

from concordant.checks.liveness.obligations import NOBODY, Graph
from concordant.checks.tabulated.kernel.fairness import Arcs
from concordant.refimpl.machine import Fire
from concordant.spec.vocabulary import Address

Edge: TypeAlias = tuple[int, int, int]
"""Source, target, and what it discharges, or NOBODY."""


def graph(states: int, edges: list[Edge]) -> Graph:
    columns = np.array(edges or np.empty((0, 3)), dtype=np.int64)
    count = max((owed for _, _, owed in edges), default=NOBODY) + 1
    return Graph(states, columns[:, 0], columns[:, 1], columns[:, 2], tuple(Fire(Address("a"), owed) for owed in range(count)))


def arcs(states: int, edges: list[Edge]) -> Arcs:
    """Return the same graph for compiled code; what is owed is the name of an edge."""
    columns = np.array(sorted(edges) or np.empty((0, 3)), dtype=np.int64)
    most = max((owed for _, _, owed in edges), default=NOBODY) + 1
    starts, ends = (np.searchsorted(columns[:, 0], np.arange(states), side=side) for side in ("left", "right"))
    names = np.where(columns[:, 2] == NOBODY, most, columns[:, 2]).astype(np.int32)
    return Arcs(starts, ends, columns[:, 1].astype(np.int32), names, np.array([*range(most), NOBODY], np.int32))


def random_graph(random: Random) -> tuple[int, list[Edge], list[bool]]:
    """Return states, edges and which obligations are owed strongly."""
    states, owed = random.randint(1, 6), random.randint(0, 3)
    edges = [(random.randrange(states), random.randrange(states), random.randint(-1, owed - 1)) for _ in range(random.randint(0, 12))]
    return states, edges, [random.random() < 0.5 for _ in range(max((o for _, _, o in edges), default=NOBODY) + 1)]


def fair_sets(states: int, edges: list[Edge], strongly: list[bool], allowed: list[bool]) -> Iterator[frozenset[int]]:
    """Yield every set of states that a fair path can visit for ever, and no others, taking every edge between them again and again."""
    possible: dict[int, set[int]] = {
        state: {owed for source, _, owed in edges if source == state and owed != NOBODY} for state in range(states)
    }
    for size in range(1, states + 1):
        for chosen in combinations([state for state in range(states) if allowed[state]], size):
            inside = [edge for edge in edges if edge[0] in chosen and edge[1] in chosen]
            done = {owed for _, _, owed in inside}
            weak = set.intersection(*(possible[state] for state in chosen))
            strong = set.union(*(possible[state] for state in chosen))
            owed = {each for each in strong if strongly[each]} | {each for each in weak if not strongly[each]}
            if is_connected(chosen, inside) and owed <= done:
                yield frozenset(chosen)


def is_connected(chosen: tuple[int, ...], inside: list[Edge]) -> bool:
    return all(reached(start, inside) >= set(chosen) for start in chosen)


def reached(start: int, edges: list[Edge]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        for source, target, _ in edges:
            if source == state and target not in found:
                found.add(target)
                waiting.append(target)
    return found
