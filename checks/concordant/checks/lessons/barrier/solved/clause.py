"""Exercise 2, done: of all workers, and of both rounds."""

from __future__ import annotations

from concordant.checks.lessons.barrier.meeting import Rounds
from concordant.spec.vocabulary import Cases, NoHistory, Seen, case, sometimes


@sometimes
def the_barrier_opens(seen: Seen[NoHistory]) -> Cases:
    """All workers have gone on twice."""
    yield case(all(rounds.passed == 2 for rounds in seen.views(Rounds).values()))
