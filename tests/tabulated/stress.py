"""Count the states of two-phase commit again and again, with several threads that get in each other's way: `python -m tests.tabulated.stress RUNS`."""

from __future__ import annotations

import sys
from collections import Counter

from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from tests.oracles.two_phase import two_phase

KNOWN = {5: (8_832, 58_145, 17), 6: (50_816, 402_305, 20), 7: (296_448, 2_744_705, 23), 8: (1_745_408, 18_507_777, 26)}
"""States, transitions and depth by the number of managers."""


def main(runs: int) -> int:
    """Print how often each system was explored with the right result; return how many results were wrong."""
    wrong, right = 0, Counter[int]()
    for run in range(runs):
        managers, workers = 8 if run % 20 == 19 else 5 + run % 3, 2 + run % 3
        tuning = Tuning(piece=(1, 3, 17, 64, 300)[run % 5], chunk=(50, 1_000, 1 << 17)[run % 4 % 3]) if managers < 7 else Tuning(piece=500)
        report = explore_tabulated(two_phase(managers), workers=workers, tuning=tuning)
        found = report.states, report.transitions, report.depth
        right[managers] += found == KNOWN[managers]
        if found != KNOWN[managers]:
            wrong += 1
            print(f"run {run}: {managers} managers, {workers} workers, {tuning}: {found}")  # noqa: T201  # a command
    print(f"{runs} runs with several threads, right by number of managers: {dict(sorted(right.items()))}")  # noqa: T201
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
