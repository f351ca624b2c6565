"""What tables cost where they win nothing, beside the reference: `python -m bench.narrow [SYSTEM …]`.

A counter has one process, so that its handler is called for each transition, and one state a level; so has a ring in which one token goes
round, with a row that is long besides. Two-phase commit is what tables are made for. Each run is one of processor time in this
process, after one that compiles; a number says how many times as long it takes as by the reference.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.choosing import explore_as_suits
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import System
from tests.oracles.two_phase import two_phase
from tests.tabulated.narrow_systems import counter, ring

SYSTEMS: dict[str, Callable[[], System[Any]]] = {
    "counter to 12,000": lambda: counter(12_000),
    "ring of 100, 1 token": lambda: ring(100, 20),
    "ring of 30, 2 tokens": lambda: ring(30, 4, 2),
    "two-phase commit, 6": lambda: two_phase(6),
}
COLUMNS = "{:<22} {:>8} {:>7} {:>11} {:>10} {:>8}"


def measured(explorer: Callable[..., Report], system: System[Any]) -> tuple[float, Report]:
    """Return the processor seconds of a run, and its report."""
    gc.collect()
    began = time.process_time()
    report = explorer(system)
    return time.process_time() - began, report


def main(*names: str) -> None:
    """Print a line for each system, or for those named."""
    print(COLUMNS.format("", "states", "levels", "reference", "tabulated", "auto"))
    for name in names or SYSTEMS:
        system = SYSTEMS[name]
        took, found = measured(explore, system())
        ways = []
        for explorer in (explore_tabulated, explore_as_suits):
            explore_tabulated(system(), budget=Budget(states=1_000))  # compiles
            seconds, report = measured(explorer, system())
            same = (report.states, report.transitions, report.depth) == (found.states, found.transitions, found.depth)
            ways.append(f"{seconds / took:.2f}" if same else "differs")
        print(COLUMNS.format(name, f"{found.states:,}", f"{found.depth:,}", f"{found.states / took:,.0f}/s", *ways), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
