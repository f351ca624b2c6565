"""Compare the explorers, and reduced runs with full ones, on many random systems: `python -m tests.tabulated.many FIRST LAST [STATES]`."""

from __future__ import annotations

import sys

from tests.tabulated.equality import differing, differing_up_to_symmetry
from tests.tabulated.reductions import Compared, compared_among_many, compared_leaving_ignored, compared_up_to_symmetry

BLOCK = 100
"""After so many seeds it says how far it is, so that a run that is cut off has said something."""


def main(first: int, last: int, most: int = 3_000) -> int:
    """Print what differs, and now and then how far it is; return how many systems differ."""
    compared = wrong = 0
    reduced = Compared()
    for seed in range(first, last):
        found: list[str] = []
        for compare in (differing, differing_up_to_symmetry):
            count, differences = compare(seed, most)
            compared += count
            wrong += bool(differences)
            found += differences
        for reduction, size in ((compared_up_to_symmetry, most), (compared_leaving_ignored, most), (compared_among_many, most // 10)):
            pairs = reduction(seed, size)
            reduced += pairs
            wrong += bool(pairs.differences)
            found += pairs.differences
        for difference in found:
            _say(difference)
        if seed + 1 == last or (seed + 1) % BLOCK == 0:
            _say(f"up to seed {seed}: {3 * (seed + 1 - first)} random systems, {compared} runs compared, {wrong} systems differ")
            what = f"{reduced.pairs} clauses judged with and without a reduction, {reduced.told} tell, {reduced.refused} systems refused"
            _say(f"{what}, {len(reduced.differences)} differences")
    return wrong


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # a command


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
