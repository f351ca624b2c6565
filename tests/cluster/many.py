"""Compare searches made in parts with those made in one go, on so many random systems: `python -m tests.cluster.many SYSTEMS [FIRST] [STATES]`."""

from __future__ import annotations

import sys
from itertools import count

from tests.cluster.equality import differing

BLOCK = 100
"""After so many systems it says how far it is, so that a run that is cut off has said something."""


def main(systems: int, first: int = 0, most: int = 300) -> int:
    """Print what differs, and now and then how far it is; return how many systems differ."""
    compared = wrong = 0
    for number in count(first):
        done, differences = differing(number, most)
        compared += done
        wrong += bool(differences)
        for difference in differences:
            _say(difference)
        if (done and compared % BLOCK == 0) or compared == systems:
            _say(f"up to number {number}: {compared} random systems searched in parts and in one go, {wrong} differ")
        if compared == systems:
            return wrong
    raise AssertionError


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # a command


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
