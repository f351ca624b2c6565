"""The kernel: from states to their successors, over tables alone. A state that lacks an answer is set aside, to be taken up again."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.heads import choose
from concordant.checks.tabulated.kernel.listing import used_first
from concordant.checks.tabulated.kernel.others import noted, others
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.representing import Renames, represented
from concordant.checks.tabulated.kernel.settling import allowed, folded, settled
from concordant.checks.tabulated.kernel.storing import BATCH, absorb
from concordant.checks.tabulated.kernel.words import NOTHING, Ints, Layout, Store, Width, Words, add, entry, inner, int64, same, value
from concordant.checks.tabulated.kernel.work import Lists, Work


@entry
def expand(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    rows: Words,
    store: Store,
    memory: q.Memory,
    readings: Readings,
    lists: Lists,
    watched: Words,
    renames: Renames,
    work: Work,
) -> None:
    """Expand the states of `todo` from where the worker stands, until all are done or there is no more room.

    `rows`: of the states; `store`: where their successors go, usually the same, or with `renames` what stands for them. Whoever calls makes room, answers the gaps, and calls again: for the rest of `todo`, and then for the `retries`.
    """
    words = len(width)
    counts = work.counts
    room = len(work.sources) - BATCH
    size = int64(0)  # like every 0 that is passed on: a plain one would have what it is passed to compiled twice
    counts[w.STATUS] = w.DONE
    while True:
        stop = (
            counts[w.POSITION] >= len(work.todo)
            or counts[w.STATUS] != w.DONE
            or counts[w.STATES] + size + room > counts[w.QUOTA]
            or counts[w.CHANGES] + size + room > len(work.changed)
            or counts[w.GAPS] >= len(work.gaps) // 2
            or counts[w.FIRSTS] >= len(work.firsts) // 4
        )
        if size >= BATCH or stop:
            absorb(width, store, work, size, watched)
            size = int64(0)
        if stop:
            break
        state = int64(work.todo[counts[w.POSITION]])
        counts[w.POSITION] += 1
        at = state * words
        counts[w.DROPPING] = 0
        lossy = rules.losses < 0 or (rules.losses > 0 and value(layout, rows, at, rules.allowances + q.LOSSES) < rules.losses)
        complete, chosen, loops = choose(width, rules, layout, memory, lists, work, rows, at, state, len(work.sources) - size, lossy)
        known, made, candidates, kinds = chosen_moves(width, rules, layout, memory, lists, work, None, rows, at, state, chosen, size)
        complete = complete and known
        if rules.users > 0 or rules.crashes > 0 or rules.detector or rules.forging or rules.clocks > 0:
            known, candidates = others(width, rules, layout, memory, work, rows, at, state, candidates)
            complete = complete and known
        if candidates > 0:
            known, made, more = long_way(width, rules, layout, memory, readings, lists, work, rows, at, state, candidates, size, made)
            complete = complete and known
            kinds |= more
        if complete and renames.members > 0:
            complete = represented(width, layout, renames, work, rows, at, state, size, made)
        if not complete:
            work.retries[counts[w.RETRIES]] = state
            counts[w.RETRIES] += 1
            continue
        size += made
        counts[w.TRANSITIONS] += made + loops
        counts[w.DROPPED] += counts[w.DROPPING]
        counts[w.FAULTS] |= kinds | (w.LOST if counts[w.DROPPING] > 0 else 0)
        if kinds & w.OWN == 0:
            work.rests[counts[w.RESTS]] = state
            counts[w.RESTS] += 1


@inner
def chosen_moves(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    memory: q.Memory,
    lists: Lists,
    work: Work,
    moves: Ints | None,
    rows: Words,
    at: int,
    state: int,
    chosen: int,
    size: int,
) -> tuple[bool, int, int, int]:
    """Make the moves of the records that were chosen. `moves`: where their numbers go, if somebody wants them.

    Returns whether all is known; how many rows were added to the batch and how many candidates noted; and what kinds of
    moves change something.
    """
    words = len(width)
    batch = work.batch
    complete = True
    made, candidates, kinds = 0, int64(0), 0
    for y in range(chosen):
        record = work.chosen[y] * (2 * words + 2)
        to = (size + made) * words
        code = int64(lists.records[record + 2 * words])
        occupied = NOTHING
        for k in range(words):
            occupied |= rows[at + k] & lists.records[record + words + k]
            batch[to + k] = rows[at + k] + lists.records[record + k]
        work.sources[size + made] = state
        if moves is not None:
            moves[size + made] = int64(lists.records[record + 2 * words + 1])
        if occupied == NOTHING and code >> w.OUTCOME_BITS == 0:
            kinds |= w.OWN
            made += 1
            continue
        outcome = code & ((1 << w.OUTCOME_BITS) - 1)
        if code & w.LOSS != 0 and rules.losses > 0:
            add(layout, batch, to, rules.allowances + q.LOSSES, 1)
        if occupied != NOTHING or code & w.LONG != 0:
            base = candidates * words
            for k in range(words):
                work.bases[base + k] = batch[to + k]
                if outcome > 0:
                    work.bases[base + k] -= memory.differences[outcome * (2 * words + 1) + k]
            move = int64(lists.records[record + 2 * words + 1])
            candidates = noted(work, candidates, outcome, move if code & w.JUDGED != 0 else ~move, w.OWN if outcome > 0 else w.LOST)
        elif code & w.LOSS != 0:
            kinds |= w.LOST
            made += 1
        else:
            history = value(layout, rows, at, rules.history)
            after = folded(memory, lists, work, history, code >> w.HAPPENED_AT, state)
            complete = complete and after >= 0
            add(layout, batch, to, rules.history, after - history)
            if code & w.STILL == 0 or after != history:
                kinds |= w.OWN
            made += 1
    return complete, made, candidates, kinds


@inner
def long_way(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    memory: q.Memory,
    readings: Readings,
    lists: Lists,
    work: Work,
    rows: Words,
    at: int,
    state: int,
    candidates: int,
    size: int,
    made: int,
) -> tuple[bool, int, int]:
    """Settle the candidates; return whether all is known, how many rows the batch has from this state, and kinds of moves."""
    words = len(width)
    complete = True
    kinds = 0
    may_crash = rules.crashes > 0 and value(layout, rows, at, rules.allowances + q.CRASHES) < rules.crashes
    for number in range(candidates):
        outcome = work.candidates[w.CANDIDATE * number + w.CANDIDATE_OUTCOME]
        move = work.candidates[w.CANDIDATE * number + w.CANDIDATE_MOVE]
        kind = work.candidates[w.CANDIDATE * number + w.CANDIDATE_KIND]
        base = number * words
        verdict = _verdict(width, rules, layout, memory, readings, work, rows, at, move, outcome, state)
        complete = complete and verdict >= 0
        if verdict == q.ALLOWED and not (outcome > 0 and memory.outcomes[outcome, q.FRESH] & q.LEFT_OUT):
            if size + made >= len(work.sources):
                work.counts[w.STATUS] = w.NARROW
                return False, 0, 0
            to = (size + made) * words
            dropping = work.counts[w.DROPPING]
            if outcome > 0:
                complete = settled(width, layout, rules, memory, lists, work, base, outcome, to, state) and complete
            else:
                for k in range(words):
                    work.batch[to + k] = work.bases[base + k]
            work.sources[size + made] = state
            work.moves[size + made] = named(work, move if move >= 0 else ~move, kind, dropping)
            if not same(width, work.batch, to, rows, at):
                kinds |= kind
            kinds |= kind & ~w.OWN
            made += 1
        cuts = int64(memory.outcomes[outcome, q.CUTS]) if may_crash and outcome > 0 else 0
        if cuts != 0:
            add(layout, work.bases, base, rules.allowances + q.CRASHES, 1)
            for x in range(memory.pool[cuts]):
                fall = cuts + 1 + q.FALL * x
                cut = int64(memory.pool[fall + q.FALL_OUTCOME])
                move = int64(memory.pool[fall + q.FALL_MOVE])
                verdict = _verdict(width, rules, layout, memory, readings, work, rows, at, move, cut, state)
                complete = complete and verdict >= 0
                if verdict != q.ALLOWED:
                    continue
                if size + made >= len(work.sources):
                    work.counts[w.STATUS] = w.NARROW
                    return False, 0, 0
                dropping = work.counts[w.DROPPING]
                complete = settled(width, layout, rules, memory, lists, work, base, cut, (size + made) * words, state) and complete
                work.sources[size + made] = state
                work.moves[size + made] = named(work, move, w.CRASHED, dropping)
                kinds |= w.CRASHED
                made += 1
    return complete, made, kinds


@inner
def named(work: Work, move: int, kind: int, dropping: int) -> int:
    """Return the number of a move with what more is to be known of it, given its kind and what had been dropped before it."""
    return move | (w.ERRS if kind & (w.SUSPECTED | w.SKEWED) != 0 else 0) | (w.DROPS if work.counts[w.DROPPING] > dropping else 0)


@inner
def _verdict(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    memory: q.Memory,
    readings: Readings,
    work: Work,
    rows: Words,
    at: int,
    move: int,
    outcome: int,
    state: int,
) -> int:
    """Tell whether a move is allowed, and report the first use of its outcome."""
    verdict = q.ALLOWED
    if rules.assuming and move >= 0:
        verdict = allowed(width, layout, memory, work, readings, rows, at, move, state)
    if verdict == q.ALLOWED and outcome > 0 and memory.outcomes[outcome, q.FRESH] & 1:
        if 2 * work.counts[w.FIRSTS] >= len(work.firsts):
            work.counts[w.STATUS] = w.NARROW
            return -1
        used_first(memory, work, state, outcome)
    return verdict
