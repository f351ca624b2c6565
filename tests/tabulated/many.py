"""Compare the explorers, and reduced runs with full ones, on many random systems: `python -m tests.tabulated.many FIRST LAST [STATES]`."""

from __future__ import annotations

import sys

from tests.tabulated.equality import differing, differing_up_to_symmetry
from tests.tabulated.reductions import Compared, compared_leaving_ignored, compared_up_to_symmetry


def main(first: int, last: int, most: int = 3_000) -> int:
    """Print what differs; return how many systems differ."""
    compared = wrong = 0
    reduced = Compared()
    for seed in range(first, last):
        found: list[str] = []
        for compare in (differing, differing_up_to_symmetry):
            count, differences = compare(seed, most)
            compared += count
            wrong += bool(differences)
            found += differences
        for reduction in (compared_up_to_symmetry, compared_leaving_ignored):
            pairs = reduction(seed, most)
            reduced += pairs
            wrong += bool(pairs.differences)
            found += pairs.differences
        for difference in found:
            print(difference, flush=True)  # noqa: T201  # a command
    print(f"{2 * (last - first)} random systems, {compared} runs compared, {wrong} systems differ")  # noqa: T201
    what = f"{reduced.pairs} clauses judged with and without a reduction, {reduced.told} tell, {reduced.refused} systems refused"
    print(f"{what}, {len(reduced.differences)} differences")  # noqa: T201
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
