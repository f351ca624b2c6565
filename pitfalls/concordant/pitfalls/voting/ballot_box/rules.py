"""The box is right and its rule is not."""

from __future__ import annotations

from attrs import evolve

from concordant.pitfalls.voting.borda_count import adds_up_places, as_written, takes_the_last_of_the_best
from concordant.pitfalls.voting.majority_vote import abstaining_is_rejecting, exactly_the_quorum, of_the_votes_received
from concordant.pitfalls.voting.weighted_vote import at_least_the_threshold, counts_heads, nobody_alone, of_an_old_table
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.voting.ballot_box import HEAVIER, OF_RANKINGS, OF_WEIGHTS, OneOption, Rankings, system
from concordant.refimpl.voting.shared.voting import elected_by
from concordant.spec.vocabulary import Amount, Clause
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import Cast
from concordant.spec.voting.majority_vote import Rule as RuleOfPolls
from concordant.spec.voting.shared.voting import Election, Outcome, Ranking, Rule
from concordant.spec.voting.weighted_vote import Elector
from concordant.spec.voting.weighted_vote import Rule as RuleOfWeights


def first_places_only(election: Election) -> Outcome:
    """Elect who is first on most ballots."""

    def firsts(election: Election, option: str) -> Amount:
        return sum(ballot.weight for ballot in election.ballots if ballot.ranking[:1] == (option,))

    return elected_by(election, firsts)


def polled(rule: RuleOfPolls, variant: str, mistake: str, breaks: Clause, electors: int, length: int, votes: str = "xy ") -> Pitfall:
    """Make the pitfall that officers with this rule for polls run into; `votes`: what electors may vote for, a blank abstains."""
    choices = tuple(Cast((option,) if option.strip() else ()) for option in votes)
    subject = system(electors, form=OneOption(("x", "y"), rule), choices=choices)
    return Pitfall(f"ballot_box.WrongRule/{variant}", mistake, breaks, subject, length)


def weighing(rule: RuleOfWeights, variant: str, mistake: str, breaks: Clause, length: int, *weights: Amount) -> Pitfall:
    """Make the pitfall that officers with this rule for weights run into."""
    electorate = tuple(Elector(f"elector{number}", weight) for number, weight in enumerate(weights))
    subject = system(len(weights), form=evolve(HEAVIER, electorate=electorate, rule=rule), promises=OF_WEIGHTS)
    return Pitfall(f"ballot_box.WrongRule/{variant}", mistake, breaks, subject, length)


def ranked(rule: Rule, variant: str, mistake: str, breaks: Clause, electors: int, length: int, *rankings: str) -> Pitfall:
    """Make the pitfall that officers with this rule for rankings run into."""
    ballots: tuple[Ranking, ...] = tuple(tuple(ranking) for ranking in rankings)
    subject = system(electors, form=Rankings(("x", "y", "z"), rule), choices=tuple(map(Cast, ballots)), promises=OF_RANKINGS)
    return Pitfall(f"ballot_box.WrongRule/{variant}", mistake, breaks, subject, length, quick=electors < 3)


POLLS = (
    polled(of_the_votes_received, "votes_received", "A majority of the votes that came in elects.", spec.MAJORITY[0], 2, 5),
    polled(abstaining_is_rejecting, "abstaining", "A voter who abstains is counted as rejecting.", spec.MAJORITY[1], 1, 4),
    polled(exactly_the_quorum, "quorum", "One vote more than the quorum, and nothing is elected.", spec.MAJORITY[2], 3, 10, "x"),
)
WEIGHTS = (
    weighing(of_an_old_table, "old_table", "Somebody who left long ago still weighs.", spec.WEIGHTED[0], 4, 1),
    weighing(at_least_the_threshold, "at_least", "Half of the weight is enough, and two options have it.", spec.WEIGHTED[1], 7, 1, 1),
    weighing(counts_heads, "heads", "Every elector weighs the same.", spec.WEIGHTED[2], 4, 2),
    weighing(nobody_alone, "nobody_alone", "Nobody decides alone, whatever it weighs.", spec.WEIGHTED[3], 5, 2, 1),
)
RANKINGS = (
    ranked(as_written, "as_written", "How many points a ballot gives depends on how many options it lists.", spec.BORDA[0], 1, 4, "xy"),
    ranked(takes_the_last_of_the_best, "last_of_the_best", "A tie goes to the last of the best.", spec.BORDA[1], 2, 7, "xyz", "yxz"),
    ranked(adds_up_places, "adds_up_places", "The option that everybody ranks last is elected.", spec.BORDA[2], 1, 4, "xyz"),
    ranked(
        first_places_only,
        "first_places/loser",
        "Only first places count: an option that would lose against every other is among the best.",
        spec.BORDA[3],
        3,
        10,
        *("zxy", "yxz", "xyz"),
    ),
    ranked(
        first_places_only,
        "first_places/winner",
        "Only first places count: an option that would win against every other is no better than any.",
        spec.BORDA[4],
        3,
        10,
        *("zxy", "yxz", "xyz"),
    ),
)
