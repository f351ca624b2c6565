"""Exercise 4, done: a case for whoever beats all others, if anybody does."""

from __future__ import annotations

from concordant.checks.lessons.voting.election import CANDIDATES, Ballots, beats
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def who_beats_all_others_is_elected(ballots: Ballots, elected: str) -> Cases:
    """Whoever beats each of the others, one against one, is elected."""
    for candidate in CANDIDATES:
        if all(beats(ballots, candidate, other) for other in CANDIDATES if other != candidate):
            yield case(elected == candidate, beats=candidate)
