"""The kernel of walks: from each walker's state to one of its successors, drawn at random, over tables alone."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import chosen_moves, long_way
from concordant.checks.tabulated.kernel.heads import choose
from concordant.checks.tabulated.kernel.others import others
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.storing import absorb, number_of
from concordant.checks.tabulated.kernel.words import (
    Ints,
    Layout,
    Store,
    Width,
    Words,
    entry,
    int64,
    uint64,
    value,
)
from concordant.checks.tabulated.kernel.work import Lists, Work


@entry
def stroll(
    width: Width,
    rules: q.Rules,
    layout: Layout,
    rows: Words,
    store: Store,
    memory: q.Memory,
    readings: Readings,
    lists: Lists,
    watched: Words,
    work: Work,
    where: Ints,
    draws: Words,
) -> None:
    """Make one move with each walker of `todo`, as far as there is room; whoever calls does as for `expand`.

    `where`: the state of each walker, and after it the next; -1 where no move can be made. `draws`: a random word for each.
    Rows have two words at least: only then does the table hold numbers of states.
    """
    words = len(width)
    counts = work.counts
    counts[w.STATUS] = w.DONE
    while (
        counts[w.POSITION] < len(work.todo)
        and counts[w.STATUS] == w.DONE
        and counts[w.STATES] < counts[w.QUOTA]
        and counts[w.CHANGES] < len(work.changed)
        and counts[w.GAPS] < len(work.gaps) // 2
        and counts[w.FIRSTS] < len(work.firsts) // 4
    ):
        walker = work.todo[counts[w.POSITION]]
        counts[w.POSITION] += 1
        state = int64(where[walker])
        at = state * words
        counts[w.DROPPING] = 0
        lossy = rules.losses < 0 or (rules.losses > 0 and value(layout, rows, at, rules.allowances + q.LOSSES) < rules.losses)
        complete, chosen, loops = choose(width, rules, layout, memory, lists, work, rows, at, state, len(work.sources), lossy)
        known, made, candidates, kinds = chosen_moves(width, rules, layout, memory, lists, work, None, rows, at, state, chosen, 0)
        complete = complete and known
        if rules.users > 0 or rules.crashes > 0 or rules.detector or rules.forging or rules.clocks > 0:
            known, candidates = others(width, rules, layout, memory, work, rows, at, state, candidates)
            complete = complete and known
        if candidates > 0:
            known, made, more = long_way(width, rules, layout, memory, readings, lists, work, rows, at, state, candidates, 0, made)
            complete = complete and known
            kinds |= more
        if not complete:
            work.retries[counts[w.RETRIES]] = walker
            counts[w.RETRIES] += 1
            continue
        counts[w.DROPPED] += counts[w.DROPPING]
        counts[w.FAULTS] |= kinds | (w.LOST if counts[w.DROPPING] > 0 else 0)
        if kinds & w.OWN == 0:
            work.rests[counts[w.RESTS]] = state
            counts[w.RESTS] += 1
        if made + loops == 0:
            where[walker] = -1
            continue
        counts[w.TRANSITIONS] += 1
        pick = int64(draws[walker] % uint64(made + loops))
        if pick < made:
            for k in range(words):
                work.batch[k] = work.batch[pick * words + k]
            work.sources[0] = state
            absorb(width, store, work, 1, watched)
            where[walker] = number_of(width, store, work.batch, 0)
