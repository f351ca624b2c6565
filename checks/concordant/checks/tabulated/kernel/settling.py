"""The long way of a move: answers, sends into channels that are not empty, what the history makes of it, and assumptions."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.reading import Readings, reading_of
from concordant.checks.tabulated.kernel.words import GOLDEN, HALF, ONE, TWO, Layout, Width, Words, add, hash_of, inner, int64, uint64, value
from concordant.checks.tabulated.kernel.work import Lists, Work


@inner
def settled(
    width: Width, layout: Layout, rules: q.Rules, memory: q.Memory, lists: Lists, work: Work, base: int, outcome: int, at: int, state: int
) -> bool:
    """Write to row `at` of the batch what an outcome makes of a base row; False where an answer is missing.

    The base row is the state with everything done but the step itself: the message is taken, the allowance is used.
    """
    words = len(width)
    batch = work.batch
    for k in range(words):
        batch[at + k] = work.bases[base + k]
    process = int64(memory.outcomes[outcome, q.PROCESS])
    happened = int64(memory.outcomes[outcome, q.HAPPENED])
    add(layout, batch, at, process, int64(memory.outcomes[outcome, q.AFTER]) - int64(memory.outcomes[outcome, q.BEFORE]))
    complete = True
    answered = int64(memory.outcomes[outcome, q.ANSWERED])
    if answered != 0:
        crashes = memory.outcomes[outcome, q.FRESH] & q.CRASHES_HERE != 0
        silent = 0
        for x in range(memory.pool[answered]):
            user = int64(memory.pool[answered + 1 + x])
            slot = rules.processes + user
            before = value(layout, batch, at, slot)
            question = q.of(q.ENDS if crashes else q.HEARS, user, before, process)
            after = q.recall(memory.memo, question)
            if after < 0:
                w.ask(work, question, state)
                complete = False
            elif after == before:
                silent |= 1 << x
            else:
                add(layout, batch, at, slot, after - before)
        if complete and silent != 0 and not crashes:
            question = q.of(q.VARIES, 0, outcome, silent)
            happened = q.recall(memory.memo, question)
            if happened < 0:
                w.ask(work, question, state)
                complete = False
    sends = int64(memory.outcomes[outcome, q.SENDS])
    if sends != 0:
        for x in range(memory.pool[sends]):
            send = sends + 1 + q.SEND * x
            channel = int64(memory.pool[send + q.SEND_CHANNEL])
            before = value(layout, batch, at, rules.channels + channel)
            question = q.of(q.POSTS, channel, before, memory.pool[send + q.SEND_BUNDLE])
            answer = q.recall(memory.memo, question)
            if answer < 0:
                w.ask(work, question, state)
                complete = False
            else:
                work.counts[w.DROPPING] += answer >> q.NUMBER_BITS
                add(layout, batch, at, rules.channels + channel, (answer & ((1 << q.NUMBER_BITS) - 1)) - before)
    if complete and happened != 0:
        before = value(layout, batch, at, rules.history)
        after = folded(memory, lists, work, before, happened, state)
        complete = after >= 0
        add(layout, batch, at, rules.history, after - before)
    return complete


@inner
def folded(memory: q.Memory, lists: Lists, work: Work, history: int, happened: int, state: int) -> int:
    """Return the history after some happenings, -1 where that is not known yet."""
    question = q.of(q.FOLDS, 0, history, happened)
    slot = TWO * ((question * GOLDEN >> HALF) & uint64(w.FOLDS_KEPT - 1))
    if lists.folds[slot] == question:
        return int64(lists.folds[slot + ONE])
    after = q.recall(memory.memo, question)
    if after < 0:
        w.ask(work, question, state)
    else:
        lists.folds[slot] = question
        lists.folds[slot + ONE] = uint64(after)
    return after


@inner
def allowed(
    width: Width, layout: Layout, memory: q.Memory, work: Work, readings: Readings, rows: Words, at: int, move: int, state: int
) -> int:
    """Tell whether an assumption allows a move in the state whose row begins at `at`; -1 where that is not known yet."""
    question = q.of(q.ALLOWS, 0, move, 0)
    verdict = q.recall(memory.memo, question)
    if verdict < 0:
        w.ask(work, question, state)
    if verdict < q.DEPENDS:
        return verdict
    group = verdict - q.DEPENDS
    reading = reading_of(layout, memory, readings, work.scratch, rows, at, group)
    if reading < 0:
        w.ask(work, q.of(q.READS, group, int64(hash_of(width, rows, at) >> HALF) & ((1 << q.NUMBER_BITS) - 1), 0), state)
        return -1
    question = q.of(q.ALLOWS, q.IN_A_READING, move, reading)
    verdict = q.recall(memory.memo, question)
    if verdict < 0:
        w.ask(work, question, state)
    return verdict
