"""votelib, judged by the axioms that its rules are known by: those of Borda, Copeland, Schulze, Tideman, and Simpson and Kramer."""

from votelib.component.rankscore import Borda  # on purpose
from votelib.convert import RankedToCondorcetVotes, RankedToPositionalVotes  # on purpose
from votelib.evaluate.condorcet import Copeland, MinimaxCondorcet, RankedPairs, Schulze  # on purpose
from votelib.evaluate.core import Plurality, Tie  # on purpose

from concordant.checks import Grid
from concordant.refimpl.voting.borda_count import BORDA_RULE
from concordant.spec.vocabulary import Map
from concordant.spec.voting.borda_count import CLAUSES
from concordant.spec.voting.shared.voting import (
    NO_VOTERS,
    Elected,
    Undecided,
    anonymous,
    condorcet_loser_is_not_elected,
    condorcet_winner_is_elected,
    independent_of_clones,
    majority_winner_is_elected,
    monotone,
    neutral,
    pareto,
)

CONDORCET = (
    pareto,
    majority_winner_is_elected,
    condorcet_winner_is_elected,
    condorcet_loser_is_not_elected,
    anonymous,
    neutral,
    monotone,
)


def votes(election):
    """Count the ballots of each ranking."""
    counted = {}
    for ballot in election.ballots:
        counted[ballot.ranking] = counted.get(ballot.ranking, 0) + ballot.weight
    return counted


def elected(election, chosen, scores):
    """Return who is elected: of those who are tied the first in the order of options."""
    if not chosen:
        return Undecided(Map.of(scores))
    best = chosen[0] if isinstance(chosen[0], Tie) else chosen
    return Elected(next(option for option in election.options if option in best), tuple(sorted(best)), Map.of(scores))


def borda(election):
    """Score by places, from 0, and take the most."""
    if not election.ballots:
        return NO_VOTERS
    scores = RankedToPositionalVotes(Borda(base=0)).convert(votes(election))
    return elected(election, Plurality().evaluate(scores, 1), scores)


def by_contests(evaluator):
    """Return a rule that looks at contests of two. It shows no scores."""

    def rule(election):
        if not election.ballots:
            return NO_VOTERS
        if len(election.options) == 1:  # there is no contest
            return elected(election, election.options, {})
        return elected(election, evaluator.evaluate(RankedToCondorcetVotes().convert(votes(election)), 1), {})

    return rule


def grid(name, rule, *promises):
    """Judge a rule on up to three options and three voters."""
    return Grid(name, "up to three options and three voters", BORDA_RULE.replaced_by(rule, name).promising(*promises).on(3, 3))


BORDA = grid("borda", borda, *CLAUSES)
COPELAND = grid("copeland", by_contests(Copeland(second_order=False)), *CONDORCET)
SCHULZE = grid("schulze", by_contests(Schulze()), *CONDORCET, independent_of_clones)
RANKED_PAIRS = grid("ranked_pairs", by_contests(RankedPairs()), *CONDORCET)
MINIMAX = grid("minimax", by_contests(MinimaxCondorcet()), *(each for each in CONDORCET if each is not condorcet_loser_is_not_elected))
