"""What deciding liveness costs beside the search of the same graph: `python -m bench.liveness [MANAGERS]`.

README.md here says how to read the table.
"""

from __future__ import annotations

import gc
import platform
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from attrs import evolve

from bench.measure import resident
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, prepare
from concordant.checks.tabulated.search import Exploration, started
from concordant.checks.tabulated.under import Occasions
from concordant.checks.tabulated.whole import Whole
from concordant.spec.vocabulary import Cases, Eventually, Fair, Fault, NoHistory, Seen, case, eventually
from tests.oracles.two_phase import ManagerView, Phase, two_phase

X = TypeVar("X")
COLUMNS = "{:<42} {:>8} {:>10} {:>7} {:>9}"
GIBI = 2**30


@eventually(Fair.DELIVERY | Fair.TRIGGERS)
def everybody_decides(seen: Seen[NoHistory]) -> Cases:
    """In the end every manager has decided."""
    for at, view in seen.views(ManagerView).items():
        yield case(view.phase in (Phase.COMMITTED, Phase.ABORTED), at=at)


class Clock:
    """Measures one thing after the other, in seconds of processor time, and compares with the first."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet, self.first = quiet, 0.0

    def measured(self, what: str, run: Callable[[], X], passes: Callable[[], int] = lambda: 0) -> X:
        began = time.process_time()
        result = run()
        seconds = time.process_time() - began
        self.first = self.first or seconds
        if not self.quiet:
            many = passes()
            share = seconds / max(1, many) / self.first
            print(COLUMNS.format(what, f"{seconds:.1f}", f"{share:.2f}", many or "", f"{resident() / GIBI:.2f}"), flush=True)
        return result


def decided(managers: int, clauses: tuple[Eventually[NoHistory], ...], *, quiet: bool = False) -> None:
    """Explore two-phase commit with so many managers, and decide clauses of liveness on it."""
    system, clock = two_phase(managers), Clock(quiet=quiet)
    search = Exploration(prepare(system, None, Reductions()).judge, started(Budget()))
    clock.measured("search, under its clauses of safety", search.run)
    search = Exploration(prepare(system, None, Reductions()).judge, started(Budget()), traces=True)
    clock.measured("the same, for whom its moves are wanted", search.run)
    if not quiet:
        print(f"  {search.states:,} states, {search.transitions:,} transitions, depth {search.depth}")
    whole = clock.measured("all transitions once more, kept", lambda: Whole(search))
    clock.measured("under which faults its clauses were judged", Occasions(whole).of_all)
    for clause in clauses:
        before, name = whole.passes, str(clause.given).removeprefix("Fair.")
        clock.measured(f"fair components: {name}", partial(whole.fair, clause.given), lambda before=before: whole.passes - before)  # type: ignore[misc]
        verdict = clock.measured("  the clause on them, with its lasso", partial(whole.decide, clause, lambda *_: Fault.NONE))
        if not quiet:
            lasso = "" if verdict.trace is None else f", by a lasso of {len(verdict.trace)} moves, {verdict.cycle} of them repeated"
            print(f"  {verdict.status.value}{lasso}")


def main(managers: int = 9) -> None:
    weaker = (Fair.DELIVERY, Fair.TRIGGERS, Fair.DELIVERY | Fair.CHOICES)
    clauses = (everybody_decides, *(evolve(everybody_decides, given=given) for given in weaker))
    decided(3, clauses, quiet=True)
    gc.collect()
    print(f"{platform.machine()}, Python {platform.python_version()}; two-phase commit with {managers} managers")
    print(COLUMNS.format("", "seconds", "to search", "passes", "GiB then"))
    decided(managers, clauses)
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIBI:.2f} GiB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
