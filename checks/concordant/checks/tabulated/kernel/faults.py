"""The kernel of faults: which of them lead to each state, and what differs among the moves that they lead to."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.fairness import MOVE, Arcs
from concordant.checks.tabulated.kernel.words import HALF, NOTHING, SCRAMBLE, Ints, Longs, Width, Words, entry, inner, int64, uint64

UNKNOWN, YES, NO = 0, 1, 2
"""Whether a message would change nothing more if it were delivered again at once."""
ALWAYS = 2
"""A state in doubt whatever its transitions say: up to symmetry it stands for others, whose moves have other names."""
DOUBTS: Final = 1 << 12
"""How many deliveries are asked about at a time."""


class Faults(NamedTuple):
    """Faults as bits. `own`: by move, the fault that it is; `errs`: by move, the fault that it is in some states only. `delivers`: by move, whether it leaves its message in flight.

    `settled`: by transition what is known of a delivery, and `doubtful` by state whether it must be asked, always or where its
    transitions do not tell; both empty where they tell. `loss`, `copy`: the bits of a dropped message and of a duplication.
    """

    own: Ints
    errs: Ints
    delivers: NDArray[np.int8]
    settled: NDArray[np.int8]
    doubtful: NDArray[np.int8]
    loss: int
    copy: int


@entry
def carry(width: Width, arcs: Arcs, faults: Faults, to: Ints, asked: Longs) -> tuple[bool, int]:  # noqa: ARG001  # every entry takes a width
    """Carry faults along all transitions, in the order of the states; tell whether some came to a state that was passed already.

    `to`: by state, the faults of the paths to it. `asked`: takes transitions to be asked about, as source and transition; how
    many there are is returned too.
    """
    again, count = False, int64(0)
    for source in range(len(to)):
        for edge in range(arcs.starts[source], arcs.ends[source]):
            if faults.delivers[arcs.names[edge] & MOVE]:
                own = int64(0)
                if to[source] & faults.copy == 0:
                    known = _settled(arcs, faults, edge)
                    own = faults.copy if known == YES else 0
                    if known == UNKNOWN and 2 * count < len(asked):
                        asked[2 * count] = source
                        asked[2 * count + 1] = edge
                        count += 1
            else:
                own = _own(arcs, faults, edge)
            target = arcs.targets[edge]
            more = to[source] | own
            if more & ~to[target]:
                to[target] |= more
                again = again or target <= source
    return again, count


@inner
def _own(arcs: Arcs, faults: Faults, edge: int) -> int:
    """Return the fault of a move that is no delivery of a message that stays in flight."""
    name = arcs.names[edge]
    own = int64(faults.own[name & MOVE])
    return own | (faults.errs[name & MOVE] if name & w.ERRS != 0 else 0) | (faults.loss if name & w.DROPS != 0 else 0)


@inner
def _settled(arcs: Arcs, faults: Faults, edge: int) -> int:
    """Tell whether a message would change nothing more if it came again at once: then the move is possible again and stays where it is, or not possible."""
    target, move = arcs.targets[edge], arcs.names[edge] & MOVE
    if len(faults.settled) > 0 and faults.settled[edge] != UNKNOWN:
        return int64(faults.settled[edge])
    if len(faults.doubtful) > 0 and faults.doubtful[target] == ALWAYS:
        return UNKNOWN
    for more in range(arcs.starts[target], arcs.ends[target]):
        if arcs.names[more] & MOVE == move:
            return YES if arcs.targets[more] == target else NO
    return UNKNOWN if len(faults.doubtful) > 0 and faults.doubtful[target] != 0 else YES


@entry
def distinct(
    width: Width,
    arcs: Arcs,
    faults: Faults,
    to: Ints,
    states: Ints,
    rows: Words,
    masks: Words,
    looked_at: NDArray[np.int8],
    missing: int,
    last: int,
    table: Longs,
    found: Longs,
) -> tuple[int, int]:
    """List transitions under a fault that is missing, from the source `last` down, one for each move, its faults, and what is read of its source.

    `masks`: by move, the bits of a row that are read. `looked_at`: by move, whether it is to be listed. `table`: -1 everywhere. `found`:
    takes source, transition and faults. Returns the source after the last that was looked at, and how many were listed.
    """
    words = len(width)
    mask, count = len(table) - 1, int64(0)
    source = int64(last)
    while source >= 0:
        first, end = arcs.starts[source], arcs.ends[source]
        if 3 * (count + end - first) > len(found) or 2 * (count + end - first) > len(table):
            break
        at = int64(states[source]) * words
        for edge in range(first, end):
            move = int64(arcs.names[edge]) & MOVE
            during = int64(to[source]) if faults.delivers[move] else to[source] | _own(arcs, faults, edge)
            if looked_at[move] == 0 or during & missing == 0:
                continue
            code = (uint64(move) ^ uint64(during) << HALF) * SCRAMBLE
            for k in range(words):
                code = (code ^ code >> HALF ^ rows[at + k] & masks[move * words + k]) * SCRAMBLE
            place = int64(code >> HALF) & mask
            while table[place] >= 0:
                other = 3 * table[place]
                equal = int64(arcs.names[found[other + 1]]) & MOVE == move and found[other + 2] == during
                place_of_other = int64(states[found[other]]) * words
                difference = NOTHING
                for k in range(words):
                    difference |= (rows[at + k] ^ rows[place_of_other + k]) & masks[move * words + k]
                if equal and difference == NOTHING:
                    break
                place = (place + 1) & mask
            if table[place] < 0:
                table[place] = count
                found[3 * count] = source
                found[3 * count + 1] = edge
                found[3 * count + 2] = during
                count += 1
        source -= 1
    return source, count
