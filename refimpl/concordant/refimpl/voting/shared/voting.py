"""Plurality and Copeland's rule, beside which the axioms of voting show what Borda's rule keeps and what it does not."""

from __future__ import annotations

from collections.abc import Callable

from concordant.spec.vocabulary import Amount, Map
from concordant.spec.voting.shared.voting import Elected, Election, Outcome, fault_of_ranked


def elected_by(election: Election, score: Callable[[Election, str], Amount]) -> Outcome:
    """Elect who scores best; ties go to the option that is listed first."""
    reason = fault_of_ranked(election)
    if reason is not None:
        return reason
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
    others = election.others(option)
    return sum(1 for other in others if election.beats(option, other)) - sum(1 for other in others if election.beats(other, option))
