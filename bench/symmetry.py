"""How fast the tabulated engine is up to symmetry, beside the run without it: `python -m bench.symmetry [MODEL …]`."""

from __future__ import annotations

import sys

from attrs import evolve

from bench.engine import measured
from bench.models import SYMMETRIC, Model
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import prepare
from concordant.checks.tabulated.search import Exploration, started

COLUMNS = "{:<18} {:>12} {:>13} {:>8} {:>14} {:>14} {:>13} {:>8}"
SECONDS = 120
"""How long a run without symmetry may take."""


def in_full(model: Model) -> tuple[str, str]:
    """Explore without symmetry; return the number of states and the seconds, or that it takes too long."""
    task = prepare(model.system(), None, evolve(model.reductions, symmetry=False))
    search = Exploration(task.judge, started(Budget(seconds=SECONDS))).run()
    return (f"{search.states:,}", f"{search.seconds:.2f}") if search.stopped is None else (f"> {search.states:,}", f"> {SECONDS}")


def main(*names: str) -> None:
    print(COLUMNS.format("", "represent", "transitions", "seconds", "states/s", "no clauses", "all states", "seconds"))
    for name in names or SYMMETRIC:
        model = SYMMETRIC[name]
        runs = [(measured(model, "clauses", "1"), measured(model, "search", "1")) for _ in range(model.repetitions)]
        judged, found = (min(each, key=lambda run: run.busy) for each in zip(*runs, strict=True))
        speeds = (f"{run.states / min(run.seconds, run.busy):,.0f}" for run in (judged, found))
        seconds = f"{min(judged.seconds, judged.busy):.2f}"
        print(COLUMNS.format(name, f"{judged.states:,}", f"{judged.transitions:,}", seconds, *speeds, *in_full(model)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
