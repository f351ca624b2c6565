"""Exercise 4: say that whoever beats all others is elected, and four rules that you have not seen do otherwise."""

from __future__ import annotations

from concordant.checks.lessons.voting.election import CANDIDATES, Ballots, beats
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def who_beats_all_others_is_elected(ballots: Ballots, elected: str) -> Cases:
    """Whoever beats each of the others, one against one, is elected."""
    for candidate in CANDIDATES:
        if any(beats(ballots, candidate, other) for other in CANDIDATES):
            yield case(elected in CANDIDATES, beats=candidate)  # say it here, and of whom?
