"""Put searches, and the command around them, into every hostile condition: `python -m tests.hostile [--kills N] [PART OF A NAME]...`."""

from __future__ import annotations

import argparse
import sys
import time

from tests.hostile.all import conditions


def main() -> int:
    """Print each condition and whether it stands; one that does not is tried once more, since the machine may have been busy."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="how often a search is killed at a random moment")
    parser.add_argument("names", nargs="*", metavar="NAME", help="parts of names of conditions; by default all")
    given = parser.parse_args()
    failed, chosen = 0, [each for each in conditions(given.kills) if not given.names or any(part in each.name for part in given.names)]
    for condition in chosen:
        began = time.monotonic()
        wrong = list(condition.wrong()) and list(condition.wrong())
        failed += bool(wrong)
        print(f"{'FAILS' if wrong else 'stands'}  {condition.name}  ({time.monotonic() - began:.1f} s)", flush=True)  # noqa: T201  # a command
        for each in wrong:
            print(f"        {each}", flush=True)  # noqa: T201  # the same
    print(f"{len(chosen)} conditions, {failed} of which do not stand")  # noqa: T201  # the same
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
