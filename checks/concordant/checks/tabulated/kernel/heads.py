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
def heads_of(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, lists: Lists, work: Work, rows: Words, at: int, state: int
) -> tuple[bool, int]:
    """Write the heads of the lists that apply to `heads`; return whether all are there, and how many."""
    complete, heads = _in_flight(width, rules, layout, memory, lists, work, rows, at, state)
    for p in range(rules.processes):
        place = work.locals[p]
        for y in range(lists.fused_first[p], lists.fused_first[p + 1]):
            content = value(layout, rows, at, rules.channels + lists.fused_channels[y])
            place = (place << lists.fused_bits[y]) | content
        place += lists.fused_start[p]
        head = lists.fused[place]
        if head == 0:
            work.pieces[0], pieces = w.ARMED, 1
            for y in range(lists.fused_first[p], lists.fused_first[p + 1]):
                work.pieces[2 * pieces] = lists.fused_channels[y]
                work.pieces[2 * pieces + 1] = value(layout, rows, at, rules.channels + lists.fused_channels[y])
                pieces += int64(work.pieces[2 * pieces + 1] != 0)
            head = listed(width, layout, rules, memory, lists, work, p, work.locals[p], pieces, state)
            complete = complete and head != 0
            lists.fused[place] = head
        heads = _push(work, heads, head)
    if rules.synchronous and complete:
        busy = False
        for p in range(rules.processes):
            flags = memory.pool[q.recall(memory.memo, q.of(q.STANDS, p, work.locals[p], 0))]
            mail = work.locals[rules.processes + p] != 0
            busy = busy or flags & q.STANDS_WORKS != 0 or (mail and flags & q.STANDS_UP != 0)
        for p in range(0 if busy else rules.processes):
            key = q.of(q.STANDS, p, work.locals[p], 0)
            head = _hashed(lists, key)
            if head == 0:
                work.pieces[0] = w.LATE
                head = listed(width, layout, rules, memory, lists, work, p, work.locals[p], 1, state)
                complete = complete and head != 0
                if head != 0:
                    _hash(lists, work, key, head)
            heads = _push(work, heads, head)
    return complete, heads


@inner
def _in_flight(
    width: Width, rules: q.Rules, layout: Layout, memory: q.Memory, lists: Lists, work: Work, rows: Words, at: int, state: int
) -> tuple[bool, int]:
    """Collect the heads of the channels that hold something, but those fused with their receiver."""
    complete = True
    heads = 0
    for p in range(rules.processes if rules.synchronous else 0):
        work.locals[rules.processes + p] = 0
    for k in range(len(width)):
        word = rows[at + k]
        open_ = word & lists.open[k]
        while open_ != NOTHING:
            channel = lists.channel_at[64 * k + lowest(open_)]
            slot = rules.channels + channel
            content = int64((word >> layout.shifts[slot]) & layout.masks[slot])
            open_ &= ~(layout.masks[slot] << layout.shifts[slot])
            process = lists.receivers[channel]
            local = work.locals[process]
            if rules.synchronous:
                work.locals[rules.processes + process] = 1
            place = lists.paired_start[channel]
            key = NOTHING
            if place >= 0:
                place += (content << lists.paired_bits[channel]) | local
                head = lists.paired[place]
            else:
                key = q.of(q.OFFERS, channel, content, local)
                head = _hashed(lists, key)
            if head == 0:
                work.pieces[0], work.pieces[1] = channel, content
                head = listed(width, layout, rules, memory, lists, work, process, local, 1, state)
                if head == 0:
                    complete = False
                elif place >= 0:
                    lists.paired[place] = head
                else:
                    _hash(lists, work, key, head)
            heads = _push(work, heads, head)
    return complete, heads


@inner
def _push(work: Work, heads: int, head: int) -> int:
    """Note a head, unless its list is empty."""
    work.heads[heads] = head
    return heads + int64(head & ((1 << w.MADE_AT) - w.MOST_RECORDS) != 0)


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
