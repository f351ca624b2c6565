"""What goes wrong with Borda's rule, the documents' own version among it: n to 1 points, and no questions asked."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.voting.borda_count import BORDA_RULE, borda, score
from concordant.refimpl.voting.shared.compared import copeland, plurality
from concordant.refimpl.voting.shared.voting import elected_by
from concordant.spec.vocabulary import Amount, Map
from concordant.spec.voting import borda_count as spec
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.elections import elections_in_any_order, weighted_elections
from concordant.spec.voting.shared.voting import Elected, Election, Outcome, Undecided

# ---- rules


def as_written(election: Election) -> Outcome:
    """The documents' rule: n points for the first place, n - 1 for the second, whatever a ballot lists."""
    scores: dict[str, Amount] = dict.fromkeys(election.options, 0)
    for ballot in election.ballots:
        for place, option in enumerate(ballot.ranking):
            scores[option] += (len(election.options) - place) * ballot.weight
    winner = max(scores, key=lambda option: scores[option])
    return Elected(winner, (winner,), Map.of(scores))


def takes_the_last_of_the_best(election: Election) -> Outcome:
    """Goes through the options with `>=` where a `>` belongs."""
    outcome = borda(election)
    return evolve(outcome, winner=outcome.tied[-1]) if isinstance(outcome, Elected) else outcome


def adds_up_places(election: Election) -> Outcome:
    """Adds up places, of which the first is the lowest, and elects who has most."""
    return elected_by(election, lambda election, option: -score(election, option))


def gives_the_chair_a_second_vote(election: Election) -> Outcome:
    """Counts the first ballot, which is the chair's, twice."""

    def chaired(election: Election, option: str) -> Amount:
        return score(election, option) + score(evolve(election, ballots=election.ballots[:1]), option)

    return elected_by(election, chaired)


def ties_by_alphabet(election: Election) -> Outcome:
    """Of the best, take the first by name, whatever the order in which options are listed."""
    outcome = borda(election)
    return evolve(outcome, winner=outcome.tied[0]) if isinstance(outcome, Elected) else outcome


def counts_ballots(election: Election) -> Outcome:
    """Count each ballot as one, however many voters cast it."""
    ballots = tuple(evolve(ballot, weight=1) if ballot.weight else ballot for ballot in election.ballots)
    return elected_by(election, lambda election, option: score(evolve(election, ballots=ballots), option))


def unlisted_get_nothing(election: Election) -> Outcome:
    """Give points only to what a ballot lists."""

    def listed(election: Election, option: str) -> Amount:
        listing = tuple(ballot for ballot in election.ballots if option in ballot.ranking)
        return score(evolve(election, ballots=listing), option)

    return elected_by(election, listed)


def from_n_to_1(election: Election) -> Outcome:
    """Give n points for the first place, and one for the last."""
    voters = sum(ballot.weight for ballot in election.ballots)
    return elected_by(election, lambda election, option: score(election, option) + voters)


def scores_a_stranger(election: Election) -> Outcome:
    """Keeps a score of one who does not stand."""
    outcome = borda(election)
    return evolve(outcome, scores=outcome.scores.put("a stranger", 0)) if isinstance(outcome, Elected) else outcome


def tells_yes_for_one(election: Election) -> Outcome:
    """Tell of the first option whether it has a point, where it has one at most."""
    outcome = borda(election)
    if not isinstance(outcome, Elected):
        return outcome
    option = election.options[0]
    points = outcome.scores[option]
    return evolve(outcome, scores=outcome.scores.put(option, points == 1)) if points in (0, 1) else outcome


def ties_hidden(election: Election) -> Outcome:
    """Name the winner only."""
    outcome = borda(election)
    return evolve(outcome, tied=(outcome.winner,)) if isinstance(outcome, Elected) else outcome


def runner_up(election: Election) -> Outcome:
    """Elect who comes second where there are three options or more: an index is one off."""
    outcome = borda(election)
    if not isinstance(outcome, Elected) or len(election.options) < 3:
        return outcome
    second = sorted(election.options, key=lambda option: -outcome.scores[option])[1]
    return evolve(outcome, winner=second, tied=(second,))


def landslides_annulled(election: Election) -> Outcome:
    """Take it for fraud where all of several voters rank the same option first, and elect nobody."""
    outcome, firsts = borda(election), {ballot.ranking[:1] for ballot in election.ballots}
    annulled = len(election.ballots) > 1 and len(firsts) == 1
    return Undecided(outcome.scores) if annulled and isinstance(outcome, Elected) else outcome


# ---- the pitfalls

ONLY_ONE_WINNER = Pitfall(
    "BRD-1",
    "Only one winner is reported: of two options that voters like equally, the one that is listed first.",
    breaks=voting.neutral,
    subject=BORDA_RULE.replaced_by(as_written).on(3, 3),
    length=5,
)
REPEATED = Pitfall(
    "BRD-2",
    "A ballot that lists one option again and again gives it points each time.",
    breaks=voting.malformed_elections_are_rejected,
    subject=BORDA_RULE.replaced_by(as_written).on_malformed(("repeated",)),
    length=1,
)
OVERLONG = Pitfall(
    "BRD-3",
    "A ballot that is longer than the options gives points below zero: one voter subtracts without bound.",
    breaks=voting.malformed_elections_are_rejected,
    subject=BORDA_RULE.replaced_by(as_written).on_malformed(("overlong",)),
    length=1,
)
UNKNOWN = Pitfall(
    "BRD-4",
    "A ballot that lists something that is not an option raises an error, and the whole election is lost.",
    breaks=voting.malformed_elections_are_rejected,
    subject=BORDA_RULE.replaced_by(as_written).on_malformed(("unknown",)),
    length=1,
    raises=True,
)
NO_OPTIONS = Pitfall(
    "BRD-5",
    "Without options it raises an error.",
    breaks=voting.malformed_elections_are_rejected,
    subject=BORDA_RULE.replaced_by(as_written).on_malformed(("no options",)),
    length=1,
    raises=True,
)
NO_VOTERS = Pitfall(
    "BRD-7",
    "Without voters the option that is listed first is elected, with no points.",
    breaks=voting.malformed_elections_are_rejected,
    subject=BORDA_RULE.replaced_by(as_written).on_malformed(("no voters",)),
    length=1,
)
UNLISTED = Pitfall(
    "BRD-8",
    "What a ballot does not list gets nothing, and the last that it lists more than that: on the scale from n to 1 a short ballot is worth less.",
    breaks=spec.every_ballot_gives_the_same_points,
    subject=BORDA_RULE.replaced_by(as_written).on(2, 2, truncated=True),
    length=3,
)
LAST_OF_THE_BEST = Pitfall(
    "borda_count.TakesTheLastOfTheBest",
    "A `>=` where a `>` belongs: a tie goes to the last of the best, not to the first.",
    breaks=voting.ties_are_told_and_broken_by_order,
    subject=BORDA_RULE.replaced_by(takes_the_last_of_the_best).on(3, 3),
    length=4,
)
TIES_BY_ALPHABET = Pitfall(
    "borda_count.TiesByAlphabet",
    "A tie goes to the first by name, and not to the option that is listed first: with options in the order of their names all is well.",
    breaks=voting.ties_are_told_and_broken_by_order,
    subject=BORDA_RULE.replaced_by(ties_by_alphabet).over(partial(elections_in_any_order, options=3, most=2)),
    length=6,
)
COUNTS_BALLOTS = Pitfall(
    "borda_count.CountsBallots",
    "Each ballot counts as one, however many voters cast it.",
    breaks=spec.points_are_won_in_pairs,
    subject=BORDA_RULE.replaced_by(counts_ballots).over(partial(weighted_elections, options=2, most=2)),
    length=4,
)
ADDS_UP_PLACES = Pitfall(
    "borda_count.AddsUpPlaces",
    "Places are added up, the first as 1, and the most wins: the option that everybody ranks last is elected.",
    breaks=voting.pareto,
    subject=BORDA_RULE.replaced_by(adds_up_places).on(3, 3),
    length=3,
)
PARTICIPATION = Pitfall(
    "borda_count.AddsUpPlaces/participation",
    "With places added up, a voter who stays at home is better off.",
    breaks=voting.participation,
    subject=BORDA_RULE.replaced_by(adds_up_places).on(3, 3),
    length=5,
)
MONOTONE = Pitfall(
    "borda_count.AddsUpPlaces/monotone",
    "With places added up, a winner that a voter raises loses.",
    breaks=voting.monotone,
    subject=BORDA_RULE.replaced_by(adds_up_places).on(3, 3),
    length=4,
)
FIRST_PLACES_ONLY = Pitfall(
    "borda_count.FirstPlacesOnly",
    "Only first places count: of three the one is elected that two of three voters would exchange for either other.",
    breaks=voting.condorcet_loser_is_not_elected,
    subject=BORDA_RULE.replaced_by(plurality).on(3, 3),
    length=5,
)
FIRST_PLACES_ONLY_LAST = Pitfall(
    "borda_count.FirstPlacesOnly/last",
    "Only first places count: the compromise that beats every other is nobody's first, and scores nothing.",
    breaks=voting.condorcet_winner_is_never_last,
    subject=BORDA_RULE.replaced_by(plurality).on(3, 3),
    length=5,
)
SECOND_VOTE = Pitfall(
    "borda_count.GivesTheChairASecondVote",
    "The chair's ballot counts twice.",
    breaks=voting.anonymous,
    subject=BORDA_RULE.replaced_by(gives_the_chair_a_second_vote).on(3, 3),
    length=5,
)
CONTESTS = Pitfall(
    "borda_count.CountsContests",
    "Contests of two are counted, not points: two districts that agree on a winner elect another one together.",
    breaks=voting.reinforcing,
    subject=BORDA_RULE.replaced_by(copeland).on(3, 4),
    length=7,
)
UNLISTED_GET_NOTHING = Pitfall(
    "borda_count.UnlistedGetNothing",
    "What a ballot does not list gets no points: on the right scale too, a short ballot is worth less.",
    breaks=spec.every_ballot_gives_the_same_points,
    subject=BORDA_RULE.replaced_by(unlisted_get_nothing).on(3, 2, truncated=True),
    length=3,
)
FROM_N_TO_1 = Pitfall(
    "borda_count.FromNTo1",
    "The last place gives a point too: all elections are the same, and no score is.",
    breaks=spec.every_ballot_gives_the_same_points,
    subject=BORDA_RULE.replaced_by(from_n_to_1).on(2, 2),
    length=3,
)
SECOND_VOTE_COUNTED = Pitfall(
    "borda_count.GivesTheChairASecondVote/points",
    "The chair's ballot counts twice: there are more points than voters give.",
    breaks=spec.points_are_won_in_pairs,
    subject=BORDA_RULE.replaced_by(gives_the_chair_a_second_vote).on(3, 3),
    length=3,
)
TIES_HIDDEN = Pitfall(
    "borda_count.TiesHidden",
    "Nobody is told that there was a tie.",
    breaks=voting.ties_are_told_and_broken_by_order,
    subject=BORDA_RULE.replaced_by(ties_hidden).on(3, 3),
    length=4,
)
RUNNER_UP = Pitfall(
    "borda_count.RunnerUp",
    "Of three or more options the second is elected, though all prefer the first.",
    breaks=voting.pareto,
    subject=BORDA_RULE.replaced_by(runner_up).on(3, 3),
    length=3,
)
LANDSLIDES_ANNULLED = Pitfall(
    "borda_count.LandslidesAnnulled",
    "An election in which all rank the same option first is taken for fraud: who raises the winner leaves nobody elected.",
    breaks=voting.monotone,
    subject=BORDA_RULE.replaced_by(landslides_annulled).on(3, 3),
    length=5,
)
SCORES_A_STRANGER = Pitfall(
    "borda_count.ScoresAStranger",
    "Who has withdrawn still has a score, of no points.",
    breaks=spec.every_ballot_gives_the_same_points,
    subject=BORDA_RULE.replaced_by(scores_a_stranger).on(2, 2),
    length=3,
)
TELLS_YES_FOR_ONE = Pitfall(
    "borda_count.TellsYesForOne",
    "A point of the first option is told as a yes, which is no number.",
    breaks=spec.every_ballot_gives_the_same_points,
    subject=BORDA_RULE.replaced_by(tells_yes_for_one).on(2, 2),
    length=3,
)
