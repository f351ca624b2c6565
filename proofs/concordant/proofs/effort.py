"""How much Z3 does for the dearest query of each theorem: `python -m concordant.proofs.effort [--large] [STEM or ID …]`.

The dearest of all is written down in `kernel/solving.py`, which lets Z3 do so many times as much. `--large` also asks those that take long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import z3
from attrs import define

from concordant.proofs.kernel.solving import DEAREST, EFFORT
from concordant.proofs.kernel.theorems import theorems


@define
class Effort:
    """What queries took, in units of Z3's own."""

    queries: int = 0
    dearest: int = 0


def main(arguments: list[str]) -> int:
    """Print what theorems take, the dearest last; 1 where one query takes more than was written down."""
    large, names = "--large" in arguments, {each for each in arguments if each != "--large"}
    found: list[tuple[int, str]] = []
    for theorem in theorems():
        if (large or not theorem.large) and (not names or names & {theorem.stem, theorem.id}):
            with measured() as effort:
                standing = theorem.prove().standing.value
            found.append((effort.dearest, f"{theorem.id}  {standing}, by {effort.queries:,} queries, the dearest of {effort.dearest:,}"))
    most = max(found, default=(0, ""))[0]
    sys.stdout.write("".join(f"{text}\n" for _, text in sorted(found)))
    sys.stdout.write(f"{DEAREST:,} are written down as what the dearest takes, and {EFFORT:,} are allowed\n")
    return int(most > DEAREST)


@contextmanager
def measured() -> Iterator[Effort]:
    """Note how much Z3 does for the queries that are asked while it lasts."""
    effort, check = Effort(), z3.Solver.check

    def noting(solver: Any, *assumed: Any) -> Any:
        before = _done(solver)
        answer = check(solver, *assumed)
        effort.queries, effort.dearest = effort.queries + 1, max(effort.dearest, _done(solver) - before)
        return answer

    z3.Solver.check = noting
    try:
        yield effort
    finally:
        z3.Solver.check = check


def _done(solver: Any) -> int:
    """Return what Z3 has done so far, for all solvers together."""
    statistics = solver.statistics()
    done: int = next(statistics[place][1] for place in range(len(statistics)) if statistics[place][0] == "rlimit count")
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
