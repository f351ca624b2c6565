"""How long a step of the explorer's page takes, in each small scope, and what the page weighs: `python -m bench.page`, or with stems after it.

A step is what the server does for it: the move is made from a link, the place is told as the page is told it. Each scope is walked at
random from its start, as far as so many moves, and its slowest step counts, in seconds of processor time. Ends with 1 where one is over the bar.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterator
from importlib.resources import files

from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.explorer.as_json import place_as_json
from concordant.checks.explorer.links import link_to
from concordant.checks.explorer.service import Service
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import protocol

BAR = 0.1
"""How long a step may take."""
MOVES = 8
"""How far each scope is walked."""
PARTS = ("explorer.html", "explorer.js", "page.css")


def steps(stem: str, scope: Scope) -> Iterator[float]:
    """Yield how long each step of a run took. What was made once, such as the explorer, is made before."""
    service = Service(stem, scope.name)
    there = service.start(stem, scope.name)
    for number in there.explorer.wandered((), 0)[:MOVES]:
        link = link_to(there.about, there.place)
        began = time.process_time()
        there = service.at(link, take=number)
        json.dumps(place_as_json(there))
        yield time.process_time() - began


def main(stems: list[str]) -> int:
    """Print the slowest step of each stem, those over the bar, and what the page weighs."""
    over, scopes, slowest = 0, 0, (0.0, "")
    for stem in stems or list(protocols_by_stem()):
        taken = {scope.name: max(steps(stem, scope), default=0.0) for scope in protocol(stem).scopes if scope.size is Size.SMALL}
        scopes += len(taken)
        for name, seconds in taken.items():
            slowest = max(slowest, (seconds, f"{stem} {name}"))
            if seconds > BAR:
                over += 1
                print(f"over the bar: {stem} {name}, {1000 * seconds:.0f} ms")
        if taken:
            print(f"{stem:30} {len(taken):3} small scopes, slowest step {1000 * max(taken.values()):4.0f} ms", flush=True)
    page = [files("concordant.checks.page").joinpath(part).read_bytes() for part in PARTS]
    raw, packed = sum(map(len, page)), sum(len(gzip.compress(part)) for part in page)
    print(f"{scopes} small scopes, slowest step {1000 * slowest[0]:.0f} ms in {slowest[1]}; {over} over {1000 * BAR:.0f} ms")
    print(f"the page weighs {raw / 1024:.0f} KiB, {packed / 1024:.0f} KiB compressed")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
