"""What one worker of the search holds while it expands states: buffers, counters, and its compiled lists of candidates."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from concordant.checks.tabulated.kernel.words import EMPTY, HALF, Ints, Longs, Words, inner, int64, scrambled

# ---- counters of a worker

COUNTERS: Final = 16
POSITION: Final = 0
"""How many of `todo` were taken up."""
STATES: Final = 1
"""The number of the next new state, and where the worker must stop for want of room."""
QUOTA: Final = 2
TRANSITIONS: Final = 3
DROPPED: Final = 4
FAULTS: Final = 5
"""Which faults occurred, as bits."""
STATUS: Final = 6
RETRIES, RESTS, CHANGES, GAPS, FIRSTS = 7, 8, 9, 10, 11
"""How much of the buffers of these names is filled."""
RECORDS, LISTS = 12, 13
"""How many records there are, and how many heads in the hash table."""
DROPPING: Final = 14
"""Messages dropped by the moves of the present state."""
SHARED: Final = 15
"""1 where other workers use the same table. Then a place in it must be claimed, which waits for all that was written before."""

DONE, NARROW, CROWDED, WIDE = 0, 1, 2, 3
"""Why a worker stopped. NARROW: the buffers are too short for one state. CROWDED: no room for more lists. WIDE: a list is too long."""

OWN, LOST, CRASHED, RECOVERED, SUSPECTED, CANCELLED, FORGED, SET_BACK, SKEWED = 1, 2, 4, 8, 16, 32, 64, 128, 256
"""Kinds of moves, as bits: the system's own, and faults."""


class Work(NamedTuple):
    """Buffers of one worker.

    `todo`: the states to expand. `retries`: those that wait for answers. `rests`: those in which nothing moves by itself.
    `changed`: new states in which a clause may see something else. `gaps`: questions without answer, found by `asked`, and
    the state that asked each. `firsts`: first uses of an outcome, as state and outcome. `batch`: rows just made, and from
    which states in `sources`, by which moves in `moves`. `bases`, `candidates`: moves that take the long way. `chosen`: records that apply to
    the present state; `locals`: its local states, and then one flag per process; `receivers`: by
    channel; `pieces`, `scratch`: of its parts. Up to symmetry, `values`: of the slots of a row; `replaced`: slots whose value was another, and
    which; `images`: two rows, value by value; `keys`, `order`: of members.
    """

    counts: Longs
    todo: Ints
    retries: Ints
    rests: Ints
    changed: Ints
    gaps: Words
    gap_states: Ints
    asked: Ints
    firsts: Ints
    batch: Words
    sources: Ints
    moves: Ints
    hashes: Words
    found: Words
    unknown: Longs
    chosen: Ints
    pieces: Longs
    bases: Words
    candidates: Longs
    locals: Longs
    receivers: Longs
    scratch: Ints
    values: Longs
    replaced: Longs
    images: Longs
    keys: Longs
    order: Longs


ERRS, DROPS = 1 << 29, 1 << 30
"""Added to the number of a move in `moves`: that it is a mistake of the detector, or leaves a clock behind; that a bound dropped what it sent."""

CANDIDATE, CANDIDATE_OUTCOME, CANDIDATE_MOVE, CANDIDATE_KIND = 3, 0, 1, 2


class Lists(NamedTuple):
    """Candidate moves compiled for the present layout.

    `records`: see below; a head says where a run of them begins. `fused`: heads by process, of what its local state and
    small channels to it allow together; these lie side by side, where its `SEAT` says. `paired`: heads by cluster of
    other channels to one process, their contents, and the local state of the process; `hashed`: the same where there
    are too many. A head is 0 where it is not made yet. `open`: the bits of clusters; `cluster_at`: whose bit it is.
    `channels`: of each process, then of each cluster, from `firsts` on. `folds`: what was folded lately.
    """

    records: Words
    seats: Longs
    fused: Longs
    clusters: Longs
    paired: Longs
    hashed: Words
    open: Words
    cluster_at: Longs
    firsts: Longs
    channels: Longs
    folds: Words


SEAT, SEAT_WORD, SEAT_SHIFT, SEAT_MASK, SEAT_START, SEAT_PROCESS = 5, 0, 1, 2, 3, 4
CLUSTER, CLUSTER_SHIFT, CLUSTER_MASK, CLUSTER_PROCESS, CLUSTER_START = 8, 0, 1, 2, 3
LOCAL_WORD, LOCAL_SHIFT, LOCAL_MASK, LOCAL_BITS = 4, 5, 6, 7
"""Fields of a cluster, the last four of its process. Its start is -1 where its heads are hashed."""
FOLDS_KEPT: Final = 1 << 12
NO_FOLD: Final = EMPTY

# A record: what to add to each word, the bits that must be clear for that, a code, and the number of the move. The code is
# an outcome with flags. LONG: it takes the long way. FOLD: the history sees something. JUDGED: an assumption decides state
# by state. STILL: nothing but the history may change. LOSS: the network loses a message. Above: the happenings.
OUTCOME_BITS: Final = 32
LONG, FOLD, JUDGED, STILL, LOSS = 1 << 32, 1 << 33, 1 << 34, 1 << 35, 1 << 36
HAPPENED_AT: Final = 40

# A head: where its records begin (28 bits), moves (12 bits), losses after them (11 bits), moves that change nothing and
# have no record (11 bits), and that it is made.
MOVES_AT, LOSSES_AT, LOOPS_AT, MADE_AT = 28, 40, 51, 62
MOST_RECORDS, MOST_MOVES, MOST_LOSSES = 1 << 28, 1 << 12, 1 << 11

ARMED, LATE = -1, -2
"""In place of a channel: what is armed at a process; what is armed there and waits until nothing is under way."""


@inner
def ask(work: Work, question: Any, state: int) -> None:
    """Note a question that only Python can answer, once. Where there is no room, it will be asked again."""
    mask = len(work.asked) - 1
    slot = int64(scrambled(question) >> HALF) & mask
    gaps = work.counts[GAPS]
    while work.asked[slot] >= 0:
        if work.gaps[work.asked[slot]] == question:
            return
        slot = (slot + 1) & mask
    if gaps < len(work.gaps):
        work.asked[slot] = gaps
        work.gaps[gaps] = question
        work.gap_states[gaps] = state
        work.counts[GAPS] = gaps + 1
