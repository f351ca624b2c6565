"""Borda count: an option gets a point for every other that a voter ranks below it, and the most points win.

Source: de Borda, "Mémoire sur les élections au scrutin", 1781; Young, "An Axiomatization of Borda's Rule", 1974. Options that
a ballot does not list share the last places and their points equally. Ties are reported, and broken by the order of options.
Does not promise: that the first choice of a majority wins, or the Condorcet winner; that a withdrawn loser or a clone changes
nothing; that honesty pays. No rule can promise the last (Gibbard 1973, Satterthwaite 1975).
"""

from __future__ import annotations

from concordant.spec.vocabulary import Cases, RuleClause, case, for_all, is_amount
from concordant.spec.voting.shared.voting import (
    Elected,
    Election,
    Outcome,
    anonymous,
    condorcet_loser_is_not_elected,
    condorcet_winner_is_never_last,
    malformed_elections_are_rejected,
    monotone,
    neutral,
    others,
    pareto,
    participation,
    prefer,
    reinforcing,
    size,
    ties_are_told_and_broken_by_order,
)


@for_all
def every_ballot_gives_the_same_points(election: Election, outcome: Outcome) -> Cases:
    """A voter gives as many points in all as there are pairs of options, whether its ballot lists all of them or few; and none to anything else."""
    if isinstance(outcome, Elected):
        exact = all(is_amount(score) for score in outcome.scores.values())
        yield case(exact and set(outcome.scores) == set(election.options), scores=outcome.scores)
        count, given, voters = len(election.options), sum(outcome.scores.values()), size(election)
        yield case(given + given == count * (count - 1) * voters, scores=outcome.scores, voters=voters)


@for_all
def points_are_won_in_pairs(election: Election, outcome: Outcome) -> Cases:
    """An option gets a point from every voter for each option ranked below it, and half a point for each ranked equal (Young 1974)."""
    if isinstance(outcome, Elected):
        for option in election.options:
            lead = sum(prefer(election, option, other) - prefer(election, other, option) for other in others(election, option))
            score = outcome.scores[option]
            yield case(score + score == (len(election.options) - 1) * size(election) + lead, option=option, scores=outcome.scores)


CLAUSES: tuple[RuleClause, ...] = (
    malformed_elections_are_rejected,
    every_ballot_gives_the_same_points,
    points_are_won_in_pairs,
    ties_are_told_and_broken_by_order,
    pareto,
    condorcet_loser_is_not_elected,
    condorcet_winner_is_never_last,
    anonymous,
    neutral,
    monotone,
    participation,
    reinforcing,
)
