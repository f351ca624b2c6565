"""How fast models of variables and actions are explored: `python -m bench.variables`.

Two-phase commit with 8 resource managers, 1,745,408 states: in Python, as far as a few thousand states; by columns of numbers, with its clauses and
without; and the same protocol as a system of processes, by its tabulated engine. All in one process, by processor time, one thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.models import MODELS
from concordant.checks import Budget
from concordant.checks.exploration.report import Report
from concordant.checks.models.explore import explore_model
from concordant.checks.tabulated.explore import explore_tabulated
from tests.models.two_phase import two_phase

MANAGERS, FEW = 8, 5_000


def measured(explore: Callable[[], Report]) -> tuple[float, Report]:
    """Return how many states a second were found, and the report."""
    began = time.process_time()
    report = explore()
    return report.states / (time.process_time() - began), report


def main() -> None:
    """Print a line for each way, with how many times as fast it is as Python."""
    explore_model(two_phase(3), tabulated=True)  # compiles
    model, system = two_phase(MANAGERS), MODELS[f"two-phase {MANAGERS}"].system()
    explore_tabulated(system, budget=Budget(states=200_000))
    ways: dict[str, Callable[[], Report]] = {
        "in Python": lambda: explore_model(model, budget=Budget(states=FEW)),
        "by columns": lambda: explore_model(model, tabulated=True),
        "without clauses": lambda: explore_model(model, (), tabulated=True),
        "as processes": lambda: explore_tabulated(system),
    }
    plain = 0.0
    for name, way in ways.items():
        speed, report = measured(way)
        plain = plain or speed
        print(f"{name:16} {report.states:>10,} states  {speed:>11,.0f}/s  {speed / plain:>7,.1f}  {report.handler_calls:>9,} calls")


if __name__ == "__main__":
    main()
