"""The kernel of liveness: in which components of a graph a fair path can stay for ever, and which states lie on shortest ways.

Components are Tarjan's ("Depth-First Search and Linear Graph Algorithms", 1972), without recursion. What each owes is looked at
as soon as it is complete. The argument for what goes is in `concordant.checks.liveness.fair`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import Ints, Longs, Width, entry, inner, int64

MOVE: Final = w.ERRS - 1
"""The bits of a name that are the number of a move."""
NOBODY: Final = -1
"""Whoever is owed what no fairness owes."""
NOWHERE: Final = -1
LEFT_OUT, UNSEEN, SETTLED = -1, 0, 2**31 - 1
"""In place of the order in which a state was met: not to be met; not met yet; in a component that is complete."""


class Arcs(NamedTuple):
    """A graph: by state, where its transitions begin and end; by transition its target and name; by move what it discharges, or NOBODY."""

    starts: Longs
    ends: Longs
    targets: Ints
    names: Ints
    owed: Ints


class Scratch(NamedTuple):
    """What the search for components needs: per state, and then per obligation.

    `met`: in which order states were met; `low`: the lowest order reached. `stack`: states whose component is open; `path`: those on the
    way down, and `cursors` where each stands in its transitions. `now`, `later`: states to be divided, in this pass and in the next. `counts`: in how many states
    of a component an obligation is possible; `done`: whether it is discharged; `last`: the state that was counted last; `named`: those
    that were counted.
    """

    met: Ints
    low: Ints
    stack: Ints
    path: Ints
    cursors: Longs
    now: Ints
    later: Ints
    counts: Ints
    done: NDArray[np.int8]
    last: Ints
    named: Ints


@entry
def components(width: Width, arcs: Arcs, strongly: NDArray[np.int8], component: Ints, scratch: Scratch) -> int:  # noqa: ARG001  # every entry takes a width
    """Find the components in which a fair path can stay for ever; return how many passes that took.

    `component`: on entry 0 where it may stay at all, NOWHERE elsewhere; then for each state its component, from 1 on, or NOWHERE.
    """
    states = len(component)
    for state in range(states):
        scratch.met[state] = UNSEEN if component[state] != NOWHERE else LEFT_OUT
        scratch.now[state] = state
    count, name, passes = int64(states), int64(0), 0
    while count > 0:
        order, left = int64(0), int64(0)
        for place in range(count):
            root = scratch.now[place]
            if scratch.met[root] == UNSEEN:
                order, name, left = _descend(arcs, strongly, component, scratch, root, order, name, left)
        for place in range(left):
            scratch.now[place] = scratch.later[place]
            scratch.met[scratch.now[place]] = UNSEEN
        count = left
        passes += 1
    return passes


@inner
def _descend(
    arcs: Arcs, strongly: NDArray[np.int8], component: Ints, scratch: Scratch, root: int, order: int, name: int, left: int
) -> tuple[int, int, int]:
    """Divide what is reached from a root; return the last order and name given, and how many states are to be divided anew."""
    met, low, stack, path, cursors = scratch.met, scratch.low, scratch.stack, scratch.path, scratch.cursors
    depth, height = 0, 0
    order += 1
    met[root] = low[root] = order
    path[0] = stack[0] = root
    cursors[0] = arcs.starts[root]
    height = 1
    while depth >= 0:
        state = path[depth]
        edge, end, lowest = cursors[depth], arcs.ends[state], low[state]
        below = -1
        while edge < end:
            target = arcs.targets[edge]
            edge += 1
            if met[target] == UNSEEN:
                below = target
                break
            if LEFT_OUT < met[target] < lowest:
                lowest = met[target]
        low[state], cursors[depth] = lowest, edge
        if below >= 0:
            depth += 1
            order += 1
            met[below] = low[below] = order
            path[depth] = stack[height] = below
            cursors[depth] = arcs.starts[below]
            height += 1
            continue
        if lowest == met[state]:
            name += 1
            first = height
            while True:
                first -= 1
                component[stack[first]] = name
                met[stack[first]] = SETTLED
                if stack[first] == state:
                    break
            left = _owes(arcs, strongly, component, scratch, first, height, name, left)
            height = first
        depth -= 1
        if depth >= 0 and low[path[depth]] > lowest:
            low[path[depth]] = lowest
    return order, name, left


@inner
def _owes(arcs: Arcs, strongly: NDArray[np.int8], component: Ints, scratch: Scratch, first: int, end: int, name: int, left: int) -> int:
    """Leave out the states of a component that must go, and list those that are then to be divided anew; return how many are listed."""
    counts, done, last, named, stack = scratch.counts, scratch.done, scratch.last, scratch.named, scratch.stack
    kinds = 0
    for place in range(first, end):
        state = stack[place]
        for edge in range(arcs.starts[state], arcs.ends[state]):
            owed = _discharged(arcs, edge)
            if owed == NOBODY:
                continue
            if counts[owed] == 0:
                named[kinds] = owed
                kinds += 1
                done[owed] = 0
                last[owed] = NOWHERE
            if last[owed] != state:
                last[owed] = state
                counts[owed] += 1
            if component[arcs.targets[edge]] == name:
                done[owed] = 1
    lost, some = False, False
    for kind in range(kinds):
        owed = named[kind]
        if not done[owed]:
            some = some or strongly[owed] != 0
            lost = lost or (strongly[owed] == 0 and counts[owed] == end - first)
    if lost or some:
        for place in range(first, end):
            state = stack[place]
            goes = lost
            for edge in range(arcs.starts[state], arcs.ends[state]):
                owed = _discharged(arcs, edge)
                goes = goes or (owed != NOBODY and strongly[owed] != 0 and not done[owed])
            if goes:
                scratch.met[state] = LEFT_OUT
                component[state] = NOWHERE
            else:
                scratch.later[left] = state
                left += 1
    for kind in range(kinds):
        counts[named[kind]] = 0
    return left


@inner
def _discharged(arcs: Arcs, edge: int) -> int:
    """Return what a transition discharges. Nobody is owed a mistake of the detector, nor that a clock leaves another behind."""
    name = arcs.names[edge]
    return NOBODY if name & w.ERRS != 0 else int64(arcs.owed[name & MOVE])


@entry
def leading(width: Width, arcs: Arcs, helps: NDArray[np.int8], marked: NDArray[np.int8]) -> None:  # noqa: ARG001  # as above
    """Mark also all states that lead to one that is marked, by moves that help; a mistake of the detector is none, nor that a clock leaves another behind."""
    again = True
    while again:
        again = False
        for state in range(len(marked) - 1, -1, -1):
            edge = arcs.starts[state]
            while edge < arcs.ends[state] and not marked[state]:
                name = arcs.names[edge]
                if name & w.ERRS == 0 and helps[name & MOVE] and marked[arcs.targets[edge]]:
                    marked[state] = 1
                    again = True
                edge += 1


@entry
def ways(width: Width, arcs: Arcs, depths: Ints, order: Ints, marked: NDArray[np.int8]) -> int:  # noqa: ARG001  # as above
    """Mark all states on shortest ways from state 0 to the nearest of the states that are marked, and no others; return how far it is.

    `depths`, `order`: room for one number per state.
    """
    states = len(depths)
    for state in range(states):
        depths[state] = NOWHERE
    depths[0] = order[0] = 0
    count, place, nearest = 1, 0, NOWHERE
    while place < count:
        state = order[place]
        place += 1
        if nearest == NOWHERE and marked[state]:
            nearest = depths[state]
        for edge in range(arcs.starts[state], arcs.ends[state]):
            target = arcs.targets[edge]
            if depths[target] == NOWHERE:
                depths[target] = depths[state] + 1
                order[count] = target
                count += 1
    for place in range(count - 1, -1, -1):
        state = order[place]
        if depths[state] < nearest:
            marked[state] = 0
            for edge in range(arcs.starts[state], arcs.ends[state]):
                target = arcs.targets[edge]
                if depths[target] == depths[state] + 1 and marked[target]:
                    marked[state] = 1
        elif depths[state] > nearest:
            marked[state] = 0
    return int64(nearest)
