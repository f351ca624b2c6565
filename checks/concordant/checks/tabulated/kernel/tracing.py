"""The kernel of transitions: every move out of a state once more, as the numbers of the move and of its target."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import chosen_moves, long_way
from concordant.checks.tabulated.kernel.heads import choose
from concordant.checks.tabulated.kernel.others import others
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.representing import Renames, represented
from concordant.checks.tabulated.kernel.storing import BATCH, number_of
from concordant.checks.tabulated.kernel.words import (
    HALF,
    LOW,
    NOTHING,
    Ints,
    Layout,
    Longs,
    Store,
    Width,
    Words,
    entry,
    hash_of,
    inner,
    int64,
    same,
    uint64,
    value,
)
from concordant.checks.tabulated.kernel.work import Lists, Work


@entry
def trace(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    rows: Words,
    store: Store,
    memory: q.Memory,
    readings: Readings,
    lists: Lists,
    renames: Renames,
    work: Work,
    starts: Longs,
    ends: Longs,
    targets: Ints,
    names: Ints,
    written: int,
) -> int:
    """Write the moves out of the states of `todo`, whose targets all are in the table already, behind what is written.

    `starts`, `ends`: by state, where its moves begin and end in `targets` and `names`. The target of a move that changes
    nothing is the complement of the source, which in a search up to symmetry need not be in the table of what was reached.
    Returns how much is written then; whoever calls goes on as for `expand`.
    """
    words = len(width)
    counts = work.counts
    room = len(work.sources) - BATCH
    size = int64(0)
    counts[w.STATUS] = w.DONE
    while True:
        stop = (
            counts[w.POSITION] >= len(work.todo)
            or counts[w.STATUS] != w.DONE
            or counts[w.GAPS] >= len(work.gaps) // 2
            or counts[w.FIRSTS] >= len(work.firsts) // 4
        )
        if size >= BATCH or stop:
            _resolve(width, rows, store, work, size, targets, names, written)
            written += size
            size = int64(0)
        if stop:
            break
        state = int64(work.todo[counts[w.POSITION]])
        counts[w.POSITION] += 1
        at = state * words
        lossy = rules.losses < 0 or (rules.losses > 0 and value(layout, rows, at, rules.allowances + q.LOSSES) < rules.losses)
        complete, chosen, _ = choose(width, rules, layout, memory, lists, work, rows, at, state, room, lossy)
        known, made, candidates, _ = chosen_moves(width, rules, layout, memory, lists, work, work.moves, rows, at, state, chosen, size)
        complete = complete and known
        if rules.users > 0 or rules.crashes > 0 or rules.detector or rules.forging or rules.clocks > 0:
            known, candidates = others(width, rules, layout, memory, work, rows, at, state, candidates)
            complete = complete and known
        if candidates > 0:
            known, made, _ = long_way(width, rules, layout, memory, readings, lists, work, rows, at, state, candidates, size, made)
            complete = complete and known
        if complete and renames.members > 0:
            complete = represented(width, layout, renames, work, rows, at, state, size, made)
        if not complete:
            work.retries[counts[w.RETRIES]] = state
            counts[w.RETRIES] += 1
            continue
        starts[state] = written + size
        size += made
        ends[state] = written + size
    return written


@inner
def _resolve(width: Width, rows: Words, store: Store, work: Work, size: int, targets: Ints, names: Ints, written: int) -> None:
    """Write the moves of the batch; in loops of their own, so that the memory works on many at a time."""
    words = len(width)
    table, batch = store.table, work.batch
    mask = uint64(len(table) - 1)
    for i in range(size):
        names[written + i] = work.moves[i]
        work.hashes[i] = hash_of(width, batch, i * words)
    for i in range(size):
        work.found[i] = table[work.hashes[i] & mask]
    for i in range(size):
        source, met = int64(work.sources[i]), work.found[i]
        if same(width, batch, i * words, rows, source * words):
            targets[written + i] = ~source
        elif (met ^ work.hashes[i]) >> HALF == NOTHING and same(width, store.rows, int64(met & LOW) * words, batch, i * words):
            targets[written + i] = int64(met & LOW)
        else:
            targets[written + i] = number_of(width, store, batch, i * words)
