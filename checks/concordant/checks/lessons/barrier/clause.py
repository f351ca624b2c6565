"""Exercise 2: say what must be possible, so that a barrier that never opens, or opens once, is noticed. There are four that you have not seen."""

from __future__ import annotations

from concordant.checks.lessons.barrier.meeting import Rounds
from concordant.spec.vocabulary import Cases, NoHistory, Seen, case, sometimes


@sometimes
def the_barrier_opens(seen: Seen[NoHistory]) -> Cases:
    """All workers have gone on twice."""
    yield case(all(rounds.arrived >= 0 for rounds in seen.views(Rounds).values()))  # say it here
