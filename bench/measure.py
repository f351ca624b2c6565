"""One measurement in this process: `python -m bench.measure MODEL clauses|search THREADS` prints a `Measured` as JSON."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path

from attrs import asdict, evolve, frozen

from bench.models import MODELS, SYMMETRIC, Model
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import prepare
from concordant.checks.tabulated.search import Exploration, started


@frozen
class Measured:
    """What one run did, whoever ran.

    `stored`: bytes of rows, parents and hash table that are in use at the end. `grown`: how much larger the process was at
    its largest than before it began. `busy`: processor seconds of all threads.
    """

    states: int
    transitions: int
    depth: int
    seconds: float
    busy: float
    stored: int
    grown: int
    handler_calls: int = 0
    judged: int = 0


def resident() -> int:
    """Return how many bytes of memory this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def explored(model: Model, threads: int, *, clauses: bool) -> Measured:
    """Explore a model and measure that."""
    before = resident()
    task = prepare(model.system(), None if clauses else (), model.reductions)
    search = Exploration(task.judge, started(model.budget), workers=threads)
    began = time.process_time()
    search.run()
    busy = time.process_time() - began
    states = search.space.states
    return Measured(
        states=search.states,
        transitions=search.transitions,
        depth=search.depth,
        seconds=search.seconds,
        busy=busy,
        stored=states.count * (states.words * states.rows.itemsize + states.parents.itemsize) + states.table.nbytes,
        grown=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before,
        handler_calls=task.semantics.parts.steps.handler_calls,
        judged=sum(tally.cases for tally in task.judge.tallies.values()),
    )


def main(name: str, what: str, threads: str) -> None:
    model = (MODELS | SYMMETRIC)[name]
    explored(evolve(model, budget=Budget(states=model.warm)), int(threads), clauses=what == "clauses")
    gc.collect()
    print(json.dumps(asdict(explored(model, int(threads), clauses=what == "clauses"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
