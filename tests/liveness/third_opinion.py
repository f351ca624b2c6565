"""Compare what both engines say of liveness with a nested search, on random systems: `python -m tests.liveness.third_opinion FIRST LAST`."""

from __future__ import annotations

import sys

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.spec.vocabulary import Eventually, InfinitelyOften
from tests.liveness.nested_search import is_violated
from tests.tabulated.random_systems import random_system

MOST = 300


def compared(first: int, last: int) -> tuple[int, int, list[str]]:
    """Return how many clauses were compared, how many of them are violated, and what differs."""
    count, violated, differences = 0, 0, list[str]()
    for seed in range(first, last):
        system = random_system(seed)
        clauses = tuple(clause for clause in system.promises if isinstance(clause, Eventually | InfinitelyOften))
        if system.within:
            continue
        opinions = [is_violated(system, clause, MOST) for clause in clauses]
        if all(opinion is None for opinion in opinions):
            continue
        reports = explore(system, clauses), explore_tabulated(system, clauses)
        for clause, opinion in zip(clauses, opinions, strict=True):
            if opinion is not None:
                count, violated = count + 1, violated + opinion
                said = [report.verdict(clause).status for report in reports]
                if [status is Status.VIOLATED for status in said] != [opinion] * 2:
                    differences.append(f"seed {seed}, {clause.id} given {clause.given}: {said}, by nested search {opinion}")
    return count, violated, differences


def main(first: int, last: int) -> int:
    """Print what differs; return how much does."""
    count, violated, differences = compared(first, last)
    print(*differences, sep="\n")  # noqa: T201  # a command
    print(f"{count} clauses of liveness compared, {violated} violated, {len(differences)} differences")  # noqa: T201
    return len(differences)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
