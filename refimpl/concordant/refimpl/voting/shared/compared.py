"""Plurality and Copeland's rule, beside which the axioms of voting show what Borda's rule keeps and what it does not."""

from __future__ import annotations

from concordant.refimpl.voting.shared.voting import elected_by
from concordant.spec.vocabulary import Amount
from concordant.spec.voting.shared.voting import Election, Outcome, Ranking


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


def ahead(ranking: Ranking, one: str, other: str) -> int:
    """Return 1 where a ranking has one option above another, -1 where it has it below, else 0.

    >>> ahead(("a", "b"), "b", "a"), ahead(("a", "b"), "b", "c"), ahead(("a", "b"), "c", "d")
    (-1, 1, 0)
    """
    first = next((option for option in ranking if option in (one, other)), None)
    return 0 if first is None or one == other else 1 if first == one else -1
