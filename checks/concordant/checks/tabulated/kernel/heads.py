"""Which lists of candidate moves apply in a state: of what its channels hold, and of what its processes have armed."""

from __future__ import annotations

from typing import Any

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.listing import listed
from concordant.checks.tabulated.kernel.words import (
    GOLDEN,
    HALF,
    NOTHING,
    ONE,
    TWO,
    Layout,
    Width,
    Words,
    inner,
    int64,
    lowest,
    uint64,
    value,
)
from concordant.checks.tabulated.kernel.work import Lists, Work


@inner
def choose(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    memory: q.Memory,
    lists: Lists,
    work: Work,
    rows: Words,
    at: int,
    state: int,
    room: int,
    lossy: bool,
) -> tuple[bool, int, int]:
    """Write the records that apply to `chosen`; return whether all are there, how many, and how many more moves change nothing."""
    complete = True
    chosen, loops = int64(0), 0
    for seat in range(0, len(lists.seats), w.SEAT):
        place = int64(rows[at + lists.seats[seat + w.SEAT_WORD]] >> uint64(lists.seats[seat + w.SEAT_SHIFT]))
        place = (place & lists.seats[seat + w.SEAT_MASK]) + lists.seats[seat + w.SEAT_START]
        head = lists.fused[place]
        if head == 0:
            p = lists.seats[seat + w.SEAT_PROCESS]
            head = _listed(width, rules, layout, memory, lists, work, rows, at, state, p, p, w.ARMED)
            complete = complete and head != 0
            lists.fused[place] = head
        chosen = _take(work, chosen, head, room, lossy)
        loops += (head >> w.LOOPS_AT) & (w.MOST_LOSSES - 1)
    for k in range(len(width)):
        word = rows[at + k]
        open_ = word & lists.open[k]
        while open_ != NOTHING:
            number = lists.cluster_at[64 * k + lowest(open_)]
            cluster = w.CLUSTER * number
            shift = uint64(lists.clusters[cluster + w.CLUSTER_SHIFT])
            mask = lists.clusters[cluster + w.CLUSTER_MASK]
            content = int64(word >> shift) & mask
            open_ &= ~(uint64(mask) << shift)
            local = int64(rows[at + lists.clusters[cluster + w.LOCAL_WORD]] >> uint64(lists.clusters[cluster + w.LOCAL_SHIFT]))
            local &= lists.clusters[cluster + w.LOCAL_MASK]
            start = lists.clusters[cluster + w.CLUSTER_START]
            key = NOTHING
            if start >= 0:
                start += (content << lists.clusters[cluster + w.LOCAL_BITS]) | local
                head = lists.paired[start]
            else:
                key = q.of(q.OFFERS, number, content, local)
                head = _hashed(lists, key)
            if head == 0:
                process = lists.clusters[cluster + w.CLUSTER_PROCESS]
                head = _listed(width, rules, layout, memory, lists, work, rows, at, state, rules.processes + number, process, 0)
                if head == 0:
                    complete = False
                elif start >= 0:
                    lists.paired[start] = head
                else:
                    _hash(lists, work, key, head)
            chosen = _take(work, chosen, head, room, lossy)
            loops += (head >> w.LOOPS_AT) & (w.MOST_LOSSES - 1)
    if rules.synchronous and complete and not _is_busy(rules, layout, memory, work, rows, at):
        for p in range(rules.processes):
            key = q.of(q.STANDS, p, value(layout, rows, at, p), 0)
            head = _hashed(lists, key)
            if head == 0:
                head = _listed(width, rules, layout, memory, lists, work, rows, at, state, -1, p, w.LATE)
                complete = complete and head != 0
                if head != 0:
                    _hash(lists, work, key, head)
            chosen = _take(work, chosen, head, room, lossy)
            loops += (head >> w.LOOPS_AT) & (w.MOST_LOSSES - 1)
    if chosen > room:
        work.counts[w.STATUS] = w.NARROW
        return False, 0, 0
    return complete, chosen, loops


@inner
def _take(work: Work, chosen: int, head: int, room: int, lossy: bool) -> int:
    """Choose the records under a head: always two are written, so that there is no branch to guess while there are no more."""
    first = head & (w.MOST_RECORDS - 1)
    moves = (head >> w.MOVES_AT) & (w.MOST_MOVES - 1)
    if lossy:
        moves += (head >> w.LOSSES_AT) & (w.MOST_LOSSES - 1)
    if chosen + moves <= room:
        work.chosen[chosen] = first
        work.chosen[chosen + 1] = first + 1
        for x in range(2, moves):
            work.chosen[chosen + x] = first + x
    return chosen + moves


@inner
def _listed(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    memory: q.Memory,
    lists: Lists,
    work: Work,
    rows: Words,
    at: int,
    state: int,
    unit: int,
    process: int,
    armed: int,
) -> int:
    """List what a process may do with the contents of a unit's channels (-1 for none), and with what is armed unless that is 0."""
    pieces = 0
    if armed != 0:
        work.pieces[0] = armed
        pieces = 1
    for y in range(lists.firsts[unit] if unit >= 0 else 0, lists.firsts[unit + 1] if unit >= 0 else 0):
        work.pieces[2 * pieces] = lists.channels[y]
        work.pieces[2 * pieces + 1] = value(layout, rows, at, rules.channels + lists.channels[y])
        pieces += int64(work.pieces[2 * pieces + 1] != 0)
    return listed(width, layout, rules, memory, lists, work, process, value(layout, rows, at, process), pieces, state)


@inner
def _is_busy(rules: q.Rules, layout: Layout, memory: q.Memory, work: Work, rows: Words, at: int) -> bool:
    """Tell whether something is under way: a message to a process that is up, or anything armed that is no Deadline."""
    for p in range(rules.processes):
        flags = memory.pool[q.recall(memory.memo, q.of(q.STANDS, p, value(layout, rows, at, p), 0))]
        if flags & q.STANDS_WORKS != 0:
            return True
        work.locals[p] = flags & q.STANDS_UP
    for channel in range(len(work.receivers)):
        if work.locals[work.receivers[channel]] != 0 and value(layout, rows, at, rules.channels + channel) != 0:
            return True
    return False


@inner
def _hashed(lists: Lists, key: Any) -> int:
    """Return the head under a key, 0 where there is none."""
    mask = uint64(len(lists.hashed) // 2 - 1)
    slot = (key * GOLDEN >> HALF) & mask
    while lists.hashed[TWO * slot + ONE] != NOTHING:
        if lists.hashed[TWO * slot] == key:
            return int64(lists.hashed[TWO * slot + ONE])
        slot = (slot + ONE) & mask
    return 0


@inner
def _hash(lists: Lists, work: Work, key: Any, head: int) -> None:
    """Keep the head under a key."""
    mask = uint64(len(lists.hashed) // 2 - 1)
    slot = (key * GOLDEN >> HALF) & mask
    while lists.hashed[TWO * slot + ONE] != NOTHING:
        slot = (slot + ONE) & mask
    lists.hashed[TWO * slot] = key
    lists.hashed[TWO * slot + ONE] = uint64(head)
    work.counts[w.LISTS] += 1
    if 4 * work.counts[w.LISTS] > len(lists.hashed):
        work.counts[w.STATUS] = w.CROWDED
