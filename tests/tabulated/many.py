"""Compare the explorers, and reduced runs with full ones, on many random systems: `python -m tests.tabulated.many FIRST LAST [STATES]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from tests.tabulated.equality import differing, differing_up_to_symmetry, differing_with_names
from tests.tabulated.naming_systems import naming_system
from tests.tabulated.reductions import Compared, compared_among_many, compared_leaving_ignored, compared_up_to_symmetry
from tests.tabulated.timed_systems import timed_symmetric_system, timed_system

BLOCK = 100
"""After so many seeds it says how far it is, so that a run that is cut off has said something."""


ENGINES = (differing, differing_up_to_symmetry, differing_with_names)
REDUCTIONS: tuple[Callable[[int, int], Compared], ...] = (
    compared_up_to_symmetry,
    partial(compared_up_to_symmetry, make=naming_system),
    partial(compared_up_to_symmetry, make=timed_symmetric_system),
    compared_leaving_ignored,
    partial(compared_leaving_ignored, make=naming_system),
    partial(compared_leaving_ignored, make=timed_system),
)


def main(first: int, last: int, most: int = 3_000) -> int:
    """Print what differs, and now and then how far it is; return how many systems differ."""
    compared = wrong = 0
    reduced = Compared()
    for seed in range(first, last):
        found: list[str] = []
        for compare in ENGINES:
            count, differences = compare(seed, most)
            compared += count
            wrong += bool(differences)
            found += differences
        for pairs in (*(each(seed, most) for each in REDUCTIONS), compared_among_many(seed, most // 10)):
            reduced += pairs
            wrong += bool(pairs.differences)
            found += pairs.differences
        for difference in found:
            _say(difference)
        if seed + 1 == last or (seed + 1) % BLOCK == 0:
            _say(f"up to seed {seed}: {compared} runs of random systems compared, {wrong} systems differ")
            what = f"{reduced.pairs} clauses judged with and without a reduction, {reduced.told} tell, {reduced.refused} systems refused"
            _say(f"{what}, {len(reduced.differences)} differences")
    return wrong


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # a command


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
