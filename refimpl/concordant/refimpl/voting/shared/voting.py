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


def fault(election: Election) -> Rejected | None:
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
    reason = fault(election)
    if reason is not None:
        return reason
    if not any(ballot.weight for ballot in election.ballots):
        return NO_VOTERS
    scores = {option: score(election, option) for option in election.options}
    best = max(scores.values())
    tied = [option for option in election.options if scores[option] == best]
    return Elected(tied[0], tuple(sorted(tied)), Map.of(scores))


def plurality(election: Election) -> Outcome:
    """Elect whom most voters rank first."""
    return elected_by(election, firsts)


def firsts(election: Election, option: str) -> Amount:
    """Count who ranks an option first."""
    return sum(ballot.weight for ballot in election.ballots if ballot.ranking[:1] == (option,))


def copeland(election: Election) -> Outcome:
    """Elect who wins most contests of two, less those lost (Copeland 1951)."""
    return elected_by(election, wins_less_losses)


def wins_less_losses(election: Election, option: str) -> Amount:
    """Count the contests of two that an option wins, less those that it loses."""
    leads = [lead(election, option, other) for other in election.options]
    return sum(1 for each in leads if each > 0) - sum(1 for each in leads if each < 0)


def lead(election: Election, one: str, other: str) -> Amount:
    """Return how many more voters rank one option above another than the other way round."""
    return sum(ballot.weight * ahead(ballot.ranking, one, other) for ballot in election.ballots)


def ahead(ranking: tuple[str, ...], one: str, other: str) -> int:
    """Return 1 where a ranking has one option above another, -1 where it has it below, else 0.

    >>> ahead(("a", "b"), "b", "a"), ahead(("a", "b"), "b", "c"), ahead(("a", "b"), "c", "d")
    (-1, 1, 0)
    """
    first = next((option for option in ranking if option in (one, other)), None)
    return 0 if first is None or one == other else 1 if first == one else -1
