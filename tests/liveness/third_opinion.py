"""Compare what both engines say of liveness with a nested search, on random systems: `python -m tests.liveness.third_opinion FIRST LAST`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from attrs import define, field

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import AlwaysPossible, Eventually, InfinitelyOften
from tests.liveness.nested_search import is_lost, is_violated
from tests.tabulated.random_systems import random_system

MOST = 200


@define
class Compared:
    """How many systems and clauses were compared, how many of the clauses are violated, and what differs."""

    systems: int = 0
    clauses: int = 0
    violated: int = 0
    differences: list[str] = field(factory=list)


def compared(first: int, last: int, made: Callable[[int], AnySystem] = random_system) -> Compared:
    """Compare on the systems of some seeds: those that are small enough, and without a bound, or an end of time, beyond which liveness is unknown."""
    found = Compared()
    for seed in range(first, last):
        system = made(seed)
        clauses = tuple(clause for clause in system.promises if isinstance(clause, Eventually | InfinitelyOften | AlwaysPossible))
        if system.within or (system.clocks is not None and not system.clocks.wraps):
            continue
        opinions = [
            is_lost(system, each, MOST) if isinstance(each, AlwaysPossible) else is_violated(system, each, MOST) for each in clauses
        ]
        if all(opinion is None for opinion in opinions):
            continue
        found.systems += 1
        reports = explore(system, clauses), explore_tabulated(system, clauses)
        for clause, opinion in zip(clauses, opinions, strict=True):
            if opinion is not None:
                found.clauses, found.violated = found.clauses + 1, found.violated + opinion
                said = [report.verdict(clause).status for report in reports]
                if [status is Status.VIOLATED for status in said] != [opinion] * 2:
                    found.differences.append(f"seed {seed}, {clause}: {said}, by nested search {opinion}")
    return found


def main(first: int, last: int) -> int:
    """Print what differs; return how much does."""
    found = compared(first, last)
    print(*found.differences, sep="\n")  # noqa: T201  # a command
    told = f"{found.clauses} clauses of liveness of {found.systems} systems compared, {found.violated} violated"
    print(f"{told}, {len(found.differences)} differences")  # noqa: T201
    return len(found.differences)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
