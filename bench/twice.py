"""What it takes that handlers and clauses are asked twice, beside the same search where they are asked once: `python -m bench.twice [MODEL …]`.

Histories are asked twice in both. Only here can the others be asked once: a protocol whose answers depend on the order of a set, or on what it keeps outside of its states, would not be found
out then. Best of seven runs of processor time, on one thread, both ways in turn, after one that compiles.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from attrs import evolve

from bench.measure import Measured, explored
from bench.models import MODELS, Model
from concordant.checks.exploration.budget import Budget
from concordant.checks.semantics.handlers import Handlers
from concordant.checks.semantics.twice import Twice
from concordant.refimpl.machine import AnyProcess

RUNS = 7
NAMES = ("two-phase 8",)
COLUMNS = "{:<32} {:>9} {:>10} {:>10} {:>7}"


@contextmanager
def asked_once() -> Iterator[None]:
    """Let every handler and every clause be asked once meanwhile, and whatever it answers be taken."""

    def sure(
        self: Handlers,
        doing: object,
        call: Callable[[AnyProcess, Any, Any], Any],
        state: object,
        move: object = None,
        *_: object,
        **__: object,
    ) -> tuple[Any, bool]:
        return self._asked(doing, call, self.process, state, move), True

    with patch.object(Handlers, "_sure", sure), patch.object(Twice, "__call__", lambda self, given, _: self.function(*given)):
        yield


def best(model: Model, *, clauses: bool) -> tuple[Measured, Measured]:
    """Return the best run of those asked twice, and of those asked once."""
    runs: list[tuple[Measured, Measured]] = []
    for _ in range(RUNS):
        gc.collect()
        usual = explored(model, 1, clauses=clauses)
        gc.collect()
        with asked_once():
            runs.append((usual, explored(model, 1, clauses=clauses)))
    twice, once = (min(ways, key=spent) for ways in zip(*runs, strict=True))
    if (twice.states, twice.transitions, twice.depth) != (once.states, once.transitions, once.depth):
        raise ValueError(f"{model.name}: {twice} when asked twice, {once} when asked once")
    return twice, once


def spent(run: Measured) -> float:
    """Return the seconds of a processor that a run took."""
    return run.busy


def main(*names: str) -> None:
    """Print two lines for each model."""
    print(COLUMNS.format("states a second", "states", "twice", "once", "ratio"))
    for name in names or NAMES:
        model = MODELS[name]
        explored(evolve(model, budget=Budget(states=model.warm)), 1, clauses=True)
        for label, clauses in ((f"{name}, with clauses", True), (f"{name}, without", False)):
            both = best(model, clauses=clauses)
            rates = [f"{run.states / run.busy / 1e6:.2f} M/s" for run in both]
            print(COLUMNS.format(label, f"{both[0].states:,}", *rates, f"{spent(both[1]) / spent(both[0]):.2f}"), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
