"""One search divided over workers of this machine: `python -m bench.dividing [--near] [--clauses] [MODEL …] [WORKERS …]`.

`seconds`: by the clock. `busiest`: seconds of a processor that whoever leads the search took, and in each round the busiest worker: what it would take
by the clock if nobody else wanted the processors, and nothing had to be waited for. `bytes`: sent from worker to worker, for each transition. `ms`: what it takes to ask one of them something small.
Workers are those of Ray; with `--near` processes without it. Each is a new process, so that what is loaded and compiled in it is counted.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing

from attrs import frozen

from bench.models import MODELS, Model
from concordant.checks.cluster.by_ray import LOCAL, ByRay
from concordant.checks.cluster.dividing.hands import Hands, Reachable
from concordant.checks.cluster.dividing.messages import From, Where
from concordant.checks.cluster.dividing.search import Divided
from concordant.checks.cluster.passport import Passport
from concordant.checks.exploration.explore import prepare
from concordant.checks.tabulated.search import Exploration, started
from tests.cluster.near import Near

WAYS = (0, 1, 2)
"""How many workers there are, unless others are named: none is one process, on one thread."""
QUESTIONS = 200
COLUMNS = "{:<14} {:>8} {:>9} {:>7} {:>7} {:>6} {:>6} {:>6}"


@frozen
class Run:
    """What one run took."""

    states: int
    transitions: int
    seconds: float
    busiest: float
    sent: int = 0
    rounds: int = 0
    latency: float = 0


def alone(model: Model, clauses: tuple[()] | None) -> Run:
    """Explore a model in this process."""
    search = Exploration(prepare(model.system(), clauses, model.reductions).judge, started(model.budget))
    began = time.process_time()
    search.run()
    return Run(search.states, search.transitions, search.seconds, time.process_time() - began)


def by(model: Model, clauses: tuple[()] | None, carrier: Reachable) -> Run:
    """Explore it by workers."""
    hands = Hands(carrier, Passport.here().written())
    search = Divided(prepare(model.system(), clauses, model.reductions).judge, started(model.budget), hands=hands)
    try:
        began = time.process_time()
        search.run()
        led = time.process_time() - began
        latency = seconds_a_question(hands)
    finally:
        hands.end()
    return Run(search.states, search.transitions, search.seconds, led + search.critical, search.sent, search.rounds, latency)


def seconds_a_question(hands: Hands) -> float:
    """Return what it takes to ask a worker something small."""
    began = time.perf_counter()
    for _ in range(QUESTIONS):
        hands.ask_one(0, Where(0), From)
    return (time.perf_counter() - began) / QUESTIONS


def main(*arguments: str) -> None:
    near, clauses = "--near" in arguments, None if "--clauses" in arguments else ()
    given = [each for each in arguments if not each.startswith("--")]
    ways = [int(each) for each in given if each.isdigit()] or WAYS
    print(f"{os.cpu_count()} processors; on average {os.getloadavg()[0]:.1f} others wanted one in the last minute")
    print(COLUMNS.format("", "seconds", "busiest", "to one", "rounds", "MB", "bytes", "ms"))
    for name in [each for each in given if not each.isdigit()] or ["two-phase 9"]:
        model, first = MODELS[name], 0.0
        for workers in ways:
            if workers:
                with closing(Near(workers) if near else ByRay(LOCAL, workers)) as carrier:
                    run = by(model, clauses, carrier)
            else:
                run = alone(model, clauses)
            if workers == ways[0]:
                print(f"{name}: {run.states:,} states, {run.transitions:,} transitions")
            first = run.busiest if workers == 1 else first
            what = f"  {workers} worker{'s' if workers > 1 else ''}" if workers else "  one process"
            ratio = f"{first / run.busiest:.2f}" if workers and first else ""
            sent = (
                (run.rounds, run.sent // 1_000_000, f"{run.sent / run.transitions:.2f}", f"{1000 * run.latency:.2f}")
                if workers
                else ("",) * 4
            )
            print(COLUMNS.format(what, f"{run.seconds:.1f}", f"{run.busiest:.1f}", ratio, *sent).rstrip(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
