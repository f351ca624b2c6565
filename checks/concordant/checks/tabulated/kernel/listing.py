"""Compiling candidate moves: differences to add to a row, listed once for each local state with the content of a channel."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.words import NOTHING, Layout, Width, add, entry, inner, int64, uint64
from concordant.checks.tabulated.kernel.work import Lists, Work


@entry
def differences(width: Width, layout: Layout, rules: q.Rules, memory: q.Memory, first: int, end: int) -> None:
    """Compute, for outcomes, what each adds to a row if the channels it sends to are empty, and what must be clear for that."""
    words = len(width)
    for o in range(first, end):
        at = o * (2 * words + 1)
        for k in range(2 * words + 1):
            memory.differences[at + k] = NOTHING
        flags = int64(0)
        happened = int64(memory.outcomes[o, q.HAPPENED])
        if happened != 0:
            flags |= w.FOLD | happened << w.HAPPENED_AT
        if memory.outcomes[o, q.ANSWERED] != 0 or memory.outcomes[o, q.CUTS] != 0:
            flags |= w.LONG
        add(
            layout,
            memory.differences,
            at,
            memory.outcomes[o, q.PROCESS],
            int64(memory.outcomes[o, q.AFTER]) - int64(memory.outcomes[o, q.BEFORE]),
        )
        sends = memory.outcomes[o, q.SENDS]
        if sends != 0:
            for x in range(memory.pool[sends]):
                send = sends + 1 + q.SEND * x
                slot = rules.channels + memory.pool[send + q.SEND_CHANNEL]
                if memory.pool[send + q.SEND_DROPPED] != 0:
                    flags |= w.LONG
                add(layout, memory.differences, at, slot, int64(memory.pool[send + q.SEND_ALONE]))
                memory.differences[at + words + layout.words[slot]] |= layout.masks[slot] << layout.shifts[slot]
        memory.differences[at + 2 * words] = uint64(flags)


@inner
def listed(
    width: Width,
    layout: Layout,
    rules: q.Rules,
    memory: q.Memory,
    lists: Lists,
    work: Work,
    process: int,
    local: int,
    pieces: int,
    state: int,
) -> int:
    """List what a process may do in a local state with the pieces given: what is armed, and what its channels hold.

    Returns the head, 0 where something is not known yet or does not fit.
    """
    words = len(width)
    span = 2 * words + 2
    start = int64(work.counts[w.RECORDS])
    most = _known(rules, memory, work, process, local, pieces, state)
    if most < 0:
        return 0
    if work.counts[w.FIRSTS] + most > len(work.firsts) // 2:
        work.counts[w.STATUS] = w.NARROW
        return 0
    if (start + most) * span > len(lists.records):
        work.counts[w.STATUS] = w.CROWDED
        return 0
    end = start
    loops = 0
    for y in range(pieces):
        channel, content = work.pieces[2 * y], work.pieces[2 * y + 1]
        list_ = q.recall(memory.memo, q.of(q.STANDS, process, local, 0) if channel < 0 else q.of(q.OFFERS, channel, content, 0))
        first = list_ + 2 if channel < 0 else list_ + 1
        size = q.STAND if channel < 0 else q.OFFER
        for x in range(memory.pool[first - 1]):
            at = first + size * x
            if channel < 0 and rules.synchronous and memory.pool[at + q.STAND_LATE] != int64(channel == w.LATE):
                continue
            outcome = q.recall(memory.memo, q.of(q.TAKES, process, local, memory.pool[at]))
            if outcome == 0:
                continue
            move = int64(memory.pool[at + (q.STAND_MOVE if channel < 0 else q.OFFER_MOVE)])
            allowed = q.recall(memory.memo, q.of(q.ALLOWS, 0, move, 0)) if rules.assuming else q.ALLOWED
            if allowed == q.FORBIDDEN and memory.outcomes[outcome, q.CUTS] == 0:  # cuts are moves of their own
                continue
            slot = rules.channels + channel
            after = int64(0) if channel < 0 else int64(memory.pool[at + q.OFFER_AFTER]) - content
            made = _record(width, layout, rules, memory, lists, end, outcome, slot, after, allowed, move)
            if allowed == q.ALLOWED and memory.outcomes[outcome, q.FRESH] & 1:
                used_first(memory, work, state, outcome)
            if allowed == q.ALLOWED and memory.outcomes[outcome, q.FRESH] & q.LEFT_OUT:
                continue
            end += made
            loops += 1 - made
    moves = end - start
    for y in range(pieces if rules.losses != 0 else 0):
        channel, content = work.pieces[2 * y], work.pieces[2 * y + 1]
        if channel < 0:
            continue
        first = q.recall(memory.memo, q.of(q.OFFERS, channel, content, 0)) + 1
        for x in range(memory.pool[first - 1]):
            at = first + q.OFFER * x
            move = int64(memory.pool[at + q.OFFER_LOSS])
            allowed = q.recall(memory.memo, q.of(q.ALLOWS, 0, move, 0)) if rules.assuming else q.ALLOWED
            if allowed != q.FORBIDDEN:
                lost = int64(memory.pool[at + q.OFFER_LOST]) - content
                end += _record(width, layout, rules, memory, lists, end, int64(0), rules.channels + channel, lost, allowed, move)
    losses = end - start - moves
    if moves >= w.MOST_MOVES or losses >= w.MOST_LOSSES or loops >= w.MOST_LOSSES or end >= w.MOST_RECORDS:
        work.counts[w.STATUS] = w.WIDE
        return 0
    work.counts[w.RECORDS] = end
    return start | moves << w.MOVES_AT | losses << w.LOSSES_AT | loops << w.LOOPS_AT | 1 << w.MADE_AT


@inner
def _known(rules: q.Rules, memory: q.Memory, work: Work, process: int, local: int, pieces: int, state: int) -> int:
    """Ask everything that a list needs; return how many records it may have, -1 where an answer is missing."""
    most = 0
    complete = True
    for y in range(pieces):
        channel, content = work.pieces[2 * y], work.pieces[2 * y + 1]
        question = q.of(q.STANDS, process, local, 0) if channel < 0 else q.of(q.OFFERS, channel, content, 0)
        list_ = q.recall(memory.memo, question)
        if list_ < 0:
            w.ask(work, question, state)
            complete = False
            continue
        first = list_ + 2 if channel < 0 else list_ + 1
        size = q.STAND if channel < 0 else q.OFFER
        count = memory.pool[first - 1]
        most += 2 * count
        for x in range(count):
            at = first + size * x
            if channel < 0 and rules.synchronous and memory.pool[at + q.STAND_LATE] != int64(channel == w.LATE):
                continue
            question = q.of(q.TAKES, process, local, memory.pool[at])
            outcome = q.recall(memory.memo, question)
            if outcome < 0:
                w.ask(work, question, state)
                complete = False
            elif rules.assuming and outcome != 0:  # what is no move is no matter of an assumption
                complete &= _assumed(memory, work, memory.pool[at + (q.STAND_MOVE if channel < 0 else q.OFFER_MOVE)], state)
            if rules.assuming and channel >= 0 and rules.losses != 0:
                complete &= _assumed(memory, work, memory.pool[at + q.OFFER_LOSS], state)
    return most if complete else -1


@inner
def _assumed(memory: q.Memory, work: Work, move: int, state: int) -> bool:
    """Tell whether it is known of what the assumption about a move depends."""
    question = q.of(q.ALLOWS, 0, move, 0)
    if q.recall(memory.memo, question) < 0:
        w.ask(work, question, state)
        return False
    return True


@inner
def _record(
    width: Width,
    layout: Layout,
    rules: q.Rules,
    memory: q.Memory,
    lists: Lists,
    number: int,
    outcome: int,
    slot: int,
    after: int,
    allowed: int,
    move: int,
) -> int:
    """Write one record, of an outcome (0 for a loss) and a difference in a channel; return 0 where it would change nothing and need not be told."""
    words = len(width)
    at = number * (2 * words + 2)
    source = outcome * (2 * words + 1)
    for k in range(2 * words):
        lists.records[at + k] = memory.differences[source + k] if outcome > 0 else NOTHING
    code = int64(outcome) | int64(memory.differences[source + 2 * words]) if outcome > 0 else w.LOSS
    if allowed != q.ALLOWED:
        code |= w.JUDGED | w.LONG
    if after != 0:
        if lists.records[at + words + layout.words[slot]] & (layout.masks[slot] << layout.shifts[slot]) != NOTHING:
            code |= w.LONG
        add(layout, lists.records, at, slot, after)
    change = NOTHING
    for k in range(words):
        change |= lists.records[at + k]
    if change == NOTHING and code & (w.LONG | w.FOLD) != 0:
        code |= w.STILL
    elif change == NOTHING and rules.tracing == 0:
        return 0
    lists.records[at + 2 * words] = uint64(code)
    lists.records[at + 2 * words + 1] = uint64(move)
    return 1


@inner
def used_first(memory: q.Memory, work: Work, state: int, outcome: int) -> None:
    """Report the first use of an outcome. There is room for it."""
    first = work.counts[w.FIRSTS]
    work.firsts[2 * first] = state
    work.firsts[2 * first + 1] = outcome
    work.counts[w.FIRSTS] = first + 1
    memory.outcomes[outcome, q.FRESH] &= ~1
