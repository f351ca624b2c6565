"""The kernel of edges: every move out of a state once more, as the numbers of its source, the move and its target."""

from __future__ import annotations

from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.expanding import chosen_moves, long_way
from concordant.checks.tabulated.kernel.heads import choose
from concordant.checks.tabulated.kernel.others import others
from concordant.checks.tabulated.kernel.reading import Readings
from concordant.checks.tabulated.kernel.storing import number_of
from concordant.checks.tabulated.kernel.words import Ints, Layout, Store, Width, Words, entry, int64, same, value
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
    work: Work,
    edges: Ints,
) -> int:
    """Write the moves out of the states of `todo`, whose targets all are in the table already, as far as there is room.

    `edges`: source, move and target, in turn; the target of a move that changes nothing is the complement of the source, which
    in a search up to symmetry need not be in the table of what was reached. Returns how many were written; whoever calls takes them, and goes on as for `expand`.
    """
    words = len(width)
    counts = work.counts
    counts[w.STATUS] = w.DONE
    written = 0
    while (
        counts[w.POSITION] < len(work.todo)
        and counts[w.STATUS] == w.DONE
        and 3 * (written + len(work.sources)) <= len(edges)
        and counts[w.GAPS] < len(work.gaps) // 2
        and counts[w.FIRSTS] < len(work.firsts) // 4
    ):
        state = int64(work.todo[counts[w.POSITION]])
        counts[w.POSITION] += 1
        at = state * words
        lossy = rules.losses < 0 or (rules.losses > 0 and value(layout, rows, at, rules.allowances + q.LOSSES) < rules.losses)
        complete, chosen, _ = choose(width, rules, layout, memory, lists, work, rows, at, state, len(work.sources), lossy)
        known, made, candidates, _ = chosen_moves(width, rules, layout, memory, lists, work, rows, at, state, chosen, 0)
        complete = complete and known
        if rules.users > 0 or rules.crashes > 0 or rules.detector or rules.forging:
            known, candidates = others(width, rules, layout, memory, work, rows, at, state, candidates)
            complete = complete and known
        if candidates > 0:
            known, made, _ = long_way(width, rules, layout, memory, readings, lists, work, rows, at, state, candidates, 0, made)
            complete = complete and known
        if not complete:
            work.retries[counts[w.RETRIES]] = state
            counts[w.RETRIES] += 1
            continue
        for row in range(made):
            edges[3 * written] = state
            edges[3 * written + 1] = work.moves[row]
            if same(width, work.batch, row * words, rows, at):
                edges[3 * written + 2] = ~state
            else:
                edges[3 * written + 2] = number_of(width, store, work.batch, row * words)
            written += 1
    return written
