"""Questions that the kernel asks and Python answers once, and the memo that keeps the answers.

A question is one word: its kind, whom it is about, and up to two numbers x and y. Everything that a handler, a history, a
network or a script decides reaches the kernel as such an answer.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from concordant.checks.tabulated.kernel.words import EMPTY, GOLDEN, HALF, ONE, TWO, Ints, Longs, Width, Words, entry, inner, int64, uint64

# ---- kinds of questions: about whom; x, y; what the answer is

TAKES: Final = 0
"""Process; local state, input: the outcome, 0 where nothing comes of it."""
STANDS: Final = 1
"""Process; local state: what is armed, flags and a list of `STAND` records."""
FALLS: Final = 2
"""Process; local state: what a crash may leave, a list of `FALL` records."""
OFFERS: Final = 3
"""Channel; content: what may be received or lost next, a list of `OFFER` records."""
POSTS: Final = 4
"""Channel; content, bundle: the content after the bundle was sent, and above it how many messages were dropped."""
FOLDS: Final = 5
"""History, happenings: the history after."""
VARIES: Final = 6
"""Completion, users who do not wait as a set of bits: the happenings with the answers to them unheard."""
ASKS: Final = 7
"""User; state: what it may ask or cancel, a list of `ASK` records."""
ENDS: Final = 8
"""User; state, process: the state of the user once its call there is ended."""
FORGES: Final = 9
"""History: what may be forged, a list of `FORGERY` records."""
ALLOWS: Final = 10
"""Move: `FORBIDDEN`, `ALLOWED`, or `DEPENDS` + the group of readings on which that depends. About `IN_A_READING`, move, reading: one of the first two."""
RENAMES: Final = 11
"""Value, slot: wants all images of the value under the symmetry in the tables of `Renames`."""
READS: Final = 12
"""Group of readings, hash of a reading: wants the reading of the asking state to be kept, elsewhere."""
SHOWS: Final = 13
"""Observable; number in its slot: the number of what is seen of it."""
HEARS: Final = 14
"""As ENDS, where the process answers: a user who has asked nothing yet cannot be answered."""

TURNS: Final = 15
"""Clocks: how they may go on, be set back, or be read by who recovers, a list of `TURN` records."""

FORBIDDEN, ALLOWED, DEPENDS = 0, 1, 2
IN_A_READING: Final = 1

OWNER_BITS: Final = 14
NUMBER_BITS: Final = 23
KIND_SHIFT: Final = np.uint64(OWNER_BITS + 2 * NUMBER_BITS)
OWNER_SHIFT: Final = np.uint64(2 * NUMBER_BITS)
X_SHIFT: Final = np.uint64(NUMBER_BITS)

# ---- lists lie in the pool: how many records there are, then the records, of these fields

STAND, STAND_INPUT, STAND_LATE, STAND_MOVE = 3, 0, 1, 2
STANDS_UP, STANDS_WORKS = 1, 2
"""Flags before a list of `STAND`: the process is up; something other than a Deadline is armed."""
OFFER, OFFER_INPUT, OFFER_AFTER, OFFER_LOST, OFFER_MOVE, OFFER_LOSS = 5, 0, 1, 2, 3, 4
FALL, FALL_OUTCOME, FALL_MOVE = 2, 0, 1
ASK, ASK_PROCESS, ASK_INPUT, ASK_AFTER, ASK_CANCELS, ASK_MOVE = 5, 0, 1, 2, 3, 4
FORGERY, FORGERY_PROCESS, FORGERY_INPUT, FORGERY_MOVE = 3, 0, 1, 2
TURN, TURN_PROCESS, TURN_INPUT, TURN_AFTER, TURN_KIND, TURN_MOVE = 5, 0, 1, 2, 3, 4
"""The kind is that of the move, as a worker counts it."""
SEND, SEND_CHANNEL, SEND_BUNDLE, SEND_ALONE, SEND_DROPPED = 4, 0, 1, 2, 3

# ---- an outcome: what one input, or a crash, does at one local state; its columns

OUTCOME: Final = 8
PROCESS, BEFORE, AFTER, HAPPENED, SENDS, ANSWERED, CUTS, FRESH = range(OUTCOME)
"""SENDS, ANSWERED (users) and CUTS (`FALL` records): where a list begins, 0 for none. FRESH: its first use is to be reported."""
CRASHES_HERE: Final = 2
"""A flag of FRESH: the process crashes, which ends the calls of all who asked it."""
LEFT_OUT: Final = 4
"""A flag of FRESH: a reduction leaves this step out: it is reported, and not made."""


class Memory(NamedTuple):
    """All answers so far. `memo`: questions and answers in turn, a hash table. `pool`: lists. `outcomes`: see `OUTCOME`.

    `differences`: per outcome what it adds to a row, the bits that must be clear for that to be right, and flags.
    """

    memo: Words
    pool: Ints
    outcomes: Ints
    differences: Words


class Rules(NamedTuple):
    """The constants of one system. An allowance is -1 where it has no bound.

    Slots: of processes, of users, of the history, of the clocks (0 where there are none), of the six allowances, of channels; named by
    the first of each kind.
    """

    processes: int
    users: int
    history: int
    clocks: int
    allowances: int
    channels: int
    losses: int
    crashes: int
    recoveries: int
    cancellations: int
    mistakes: int
    setbacks: int
    detector: int
    synchronous: int
    forging: int
    assuming: int
    tracing: int
    """1 where moves that change nothing are listed too."""
    roles: int
    """Where in the pool a table of `ROLE` columns per process begins, then one of `PEER` columns per pair of processes."""


LOSSES, CRASHES, RECOVERIES, CANCELLATIONS, MISTAKES, SETBACKS = range(6)
ROLE, ROLE_MORTAL, ROLE_RECOVER, ROLE_RECOVER_MOVE = 3, 0, 1, 2
PEER, PEER_INPUT, PEER_MOVE, PEER_TRUST, PEER_TRUST_MOVE = 4, 0, 1, 2, 3
"""The input is -1 where the process does not hear whom it may trust again."""


def asking(kind: int, owner: int, x: int = 0, y: int = 0) -> int:
    """Return a question as a number, for Python."""
    return ((kind << OWNER_BITS | owner) << NUMBER_BITS | x) << NUMBER_BITS | y


def asked(question: int) -> tuple[int, int, int, int]:
    """Return kind, owner, x and y of a question."""
    number = (1 << NUMBER_BITS) - 1
    return (
        question >> OWNER_BITS + 2 * NUMBER_BITS,
        question >> 2 * NUMBER_BITS & (1 << OWNER_BITS) - 1,
        question >> NUMBER_BITS & number,
        question & number,
    )


@inner
def of(kind: int, owner: int, x: int, y: int) -> Any:
    """Return a question as a word."""
    return uint64(kind) << KIND_SHIFT | uint64(owner) << OWNER_SHIFT | uint64(x) << X_SHIFT | uint64(y)


@inner
def recall(memo: Words, question: Any) -> int:
    """Return the answer to a question, -1 where it is not known yet."""
    mask = uint64(len(memo) // 2 - 1)
    slot = (question * GOLDEN >> HALF) & mask
    while True:
        found = memo[TWO * slot]
        if found == question:
            return int64(memo[TWO * slot + ONE])
        if found == EMPTY:
            return -1
        slot = (slot + ONE) & mask


@entry
def remember(width: Width, memo: Words, questions: Words, answers: Longs) -> int:  # noqa: ARG001  # every entry takes a width
    """Keep answers; return how many of the questions were new."""
    mask = uint64(len(memo) // 2 - 1)
    new = 0
    for i in range(len(questions)):
        slot = (questions[i] * GOLDEN >> HALF) & mask
        while memo[TWO * slot] != EMPTY and memo[TWO * slot] != questions[i]:
            slot = (slot + ONE) & mask
        new += int64(memo[TWO * slot] == EMPTY)
        memo[TWO * slot] = questions[i]
        memo[TWO * slot + ONE] = uint64(answers[i])
    return new
