"""What the memory of this machine gives, beside what the tabulated engine takes: `python -m bench.memory [MODEL …]`.

However an engine works, it has to look for the state that each transition leads to. So the states of a model are found, and then as many
rows looked for as there were transitions: hashed, found in the engine's own table, compared, and nothing else. `together`: a batch
at a time, as the engine does, so that the memory works on many; `in turn`: each when the one before was found.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import numpy as np

from bench.models import MODELS, Model
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import prepare
from concordant.checks.tabulated.kernel.storing import BATCH
from concordant.checks.tabulated.kernel.words import LOW, Store, Width, Words, hash_of, int64, numba, same, uint64
from concordant.checks.tabulated.phases import KERNEL, measured
from concordant.checks.tabulated.search import Exploration, started

PART = 1 << 20
"""How many rows are looked for at a time, in another order each time."""
COLUMNS = "{:<14} {:>12} {:>9} {:>8} {:>9} {:>8} {:>6}"


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]  # numba ships no types
def together(width: Width, store: Store, wanted: Words, hashes: Words, found: Words) -> int:
    """Look for rows by batches; return how many stand where their hash says, and not behind it."""
    words, mask, met = len(width), uint64(len(store.table) - 1), 0
    for first in range(0, len(wanted) // words, BATCH):
        size = min(BATCH, len(wanted) // words - first)
        for i in range(size):
            hashes[i] = hash_of(width, wanted, (first + i) * words)
        for i in range(size):
            found[i] = store.table[hashes[i] & mask]
        for i in range(size):
            at = (first + i) * words
            number = int64(found[i] & LOW) * words if words > 1 and int64(found[i] & LOW) * words < len(store.rows) else 0
            met += int64(found[i] == wanted[at]) if words == 1 else int64(same(width, store.rows, number, wanted, at))
    return met


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]  # as above
def in_turn(width: Width, store: Store, wanted: Words) -> int:
    """Look for rows, each at a place that depends on what was found before."""
    words, mask, given = len(width), uint64(len(store.table) - 1), uint64(0)
    for i in range(len(wanted) // words):
        given = store.table[(hash_of(width, wanted, i * words) ^ given) & mask]
    return int64(given >> uint64(1))


def explored(model: Model) -> tuple[Exploration, float]:
    """Find the states of a model, without clauses; return the search, and the seconds that its compiled part took."""
    search = Exploration(prepare(model.system(), (), model.reductions).judge, started(model.budget))
    with measured() as phases:
        search.run()
    return search, phases.seconds[KERNEL]


def nanoseconds(search: Exploration, look: Callable[[Words], object]) -> float:
    """Return what one of as many looks takes as there were transitions, four million at most, each for any state."""
    states, draws, took, looks = search.space.states, np.random.default_rng(1), 0.0, 0
    rows = states.rows[: states.count * states.words].reshape(-1, states.words)
    look(rows[:PART].reshape(-1))
    while looks < min(search.transitions, 4 * PART):
        wanted = rows[draws.integers(0, len(rows), PART)].reshape(-1)
        began = time.thread_time()
        look(wanted)
        took, looks = took + time.thread_time() - began, looks + PART
    return took / looks * 1e9


def main(*names: str) -> None:
    """Print a line for each model, or for those named."""
    print(f"{os.cpu_count()} processors; on average {os.getloadavg()[0]:.1f} others wanted one in the last minute")
    print("nanoseconds a transition, but for the table, in MiB")
    print(COLUMNS.format("", "transitions", "table", "kernel", "together", "in turn", "part"))
    for name in names or ("two-phase 8", "two-phase 9"):
        model = MODELS[name]
        explored(Model(model.name, model.system, model.warm, 1, budget=Budget(states=model.warm)))
        search, seconds = explored(model)
        width, store = search.space.width, search.space.states.store
        hashes, found = np.zeros(BATCH, np.uint64), np.zeros(BATCH, np.uint64)
        kernel = seconds / search.transitions * 1e9
        batches = nanoseconds(search, lambda wanted: together(width, store, wanted, hashes, found))  # noqa: B023  # called at once
        single = nanoseconds(search, lambda wanted: in_turn(width, store, wanted))  # noqa: B023  # as above
        table = f"{store.table.nbytes / 2**20:,.0f}"
        ratio = f"{batches / kernel:.2f}"
        print(COLUMNS.format(name, f"{search.transitions:,}", table, f"{kernel:.1f}", f"{batches:.1f}", f"{single:.1f}", ratio), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
