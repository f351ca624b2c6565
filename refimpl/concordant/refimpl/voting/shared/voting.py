"""What voting rules share: what is refused, and who is elected by a score. Plurality and Copeland's rule stand beside Borda's,
so that the axioms of voting show what it keeps and what it does not.
"""

from __future__ import annotations

from collections.abc import Callable

from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount
from concordant.spec.voting.shared.voting import (
    DUPLICATE_OPTION,
    DUPLICATE_VOTER,
    NEGATIVE,
    NO_OPTIONS,
    NO_RANKING,
    NO_VOTERS,
    NOT_EXACT,
    OVERLONG,
    REPEATED_OPTION,
    UNKNOWN_OPTION,
    Elected,
    Election,
    Outcome,
)


def flaw(election: Election) -> Rejected | None:
    """Return why an election is refused by every rule; None where it is not."""
    options, rankings = election.options, [ballot.ranking for ballot in election.ballots]
    weights = [ballot.weight for ballot in election.ballots]
    if not options:
        return NO_OPTIONS
    if len(set(options)) < len(options):
        return DUPLICATE_OPTION
    if len({ballot.voter for ballot in election.ballots}) < len(election.ballots):
        return DUPLICATE_VOTER
    if not all(is_amount(weight) for weight in weights):
        return NOT_EXACT
    if any(weight < 0 for weight in weights):
        return NEGATIVE
    if not all(isinstance(ranking, tuple) for ranking in rankings):
        return NO_RANKING
    if any(len(ranking) > len(options) for ranking in rankings):
        return OVERLONG
    if any(option not in options for ranking in rankings for option in ranking):
        return UNKNOWN_OPTION
    if any(len(set(ranking)) < len(ranking) for ranking in rankings):
        return REPEATED_OPTION
    return None


def elected_by(election: Election, score: Callable[[Election, str], Amount]) -> Outcome:
    """Elect who scores best, if there is a voter; ties go to the option that is listed first."""
    reason = flaw(election)
    if reason is not None:
        return reason
    if not any(ballot.weight for ballot in election.ballots):
        return NO_VOTERS
    scores = {option: score(election, option) for option in election.options}
    best = max(scores.values())
    tied = [option for option in election.options if scores[option] == best]
    return Elected(tied[0], tuple(sorted(tied)), Map.of(scores))
