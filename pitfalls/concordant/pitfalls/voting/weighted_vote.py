"""What goes wrong with weights, the documents' own rules among it: a table that is not the electorate, weights made up, floats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from operator import add

from attrs import evolve

from concordant.refimpl.machine import Pitfall
from concordant.refimpl.machine.pitfalls import Reason, Unmodelled
from concordant.refimpl.voting.weighted_vote import AS_A_MAJORITY, WEIGHTED_RULE, flaw, is_enough, weight_for, weighted
from concordant.spec.vocabulary import Amount, Draw, Map, Rejected, ratio
from concordant.spec.voting import weighted_vote as spec
from concordant.spec.voting.majority_vote import HALF
from concordant.spec.voting.shared.voting import Elected, Outcome, Undecided
from concordant.spec.voting.weighted_vote import Elector, Vote, WeightedPoll, voting_for, weights

# ---- rules


def elect(scores: dict[str, Amount], enough: Callable[[Amount], bool]) -> Outcome:
    """Elect an option that has enough; of several the one with most, all of whom are told."""
    winners = tuple(sorted(option for option in scores if enough(scores[option])))
    return Elected(max(winners, key=lambda option: scores[option]), winners, Map.of(scores)) if winners else Undecided(Map.of(scores))


def of_an_old_table(poll: WeightedPoll) -> Outcome:
    """Takes the whole from a table in which somebody stands who left long ago, and weighed 10."""
    former = Elector("who left", 10)
    return weighted(evolve(poll, electorate=(*poll.electorate, former)))


def looks_weights_up(poll: WeightedPoll) -> Outcome:
    """Looks up the weight of who votes for something, and asks no questions."""
    table = {elector.name: elector.weight for elector in poll.electorate}
    scores = {option: sum(table[vote.elector] for vote in poll.votes if vote.option == option) for option in poll.options}
    return elect(scores, lambda weight: weight + weight > sum(table.values()))


def weighs_strangers_as_one(poll: WeightedPoll) -> Outcome:
    """Gives whoever is not listed the weight 1, which the whole does not include."""
    table = {elector.name: elector.weight for elector in poll.electorate}
    scores = {option: sum(table.get(vote.elector, 1) for vote in poll.votes if vote.option == option) for option in poll.options}
    return elect(scores, lambda weight: weight + weight > sum(table.values()))


def in_floats(poll: WeightedPoll) -> Outcome:
    """Takes weights for tenths, and adds them up in floats, in the order in which votes came in."""
    nought, threshold = 0.0, float(poll.threshold)  # no amount
    table = {elector.name: float(elector.weight) / 10 for elector in poll.electorate}  # no amount
    tenths = {option: reduce(add, (table[vote.elector] for vote in poll.votes if vote.option == option), nought) for option in poll.options}
    whole = reduce(add, table.values(), nought)
    elected = tuple(option for option in poll.options if tenths[option] > threshold * whole or tenths[option] == whole)
    scores = Map.of({option: weight_for(poll, option) for option in poll.options})
    return Elected(elected[0], elected, scores) if elected else Undecided(scores)


def tells_shares_of_who_voted(poll: WeightedPoll) -> Outcome:
    """Decides by the whole electorate, and tells the confidence among those who voted."""
    outcome = weighted(poll)
    if isinstance(outcome, Elected):
        voted = sum(outcome.scores.values())
        return evolve(outcome, scores=Map.of((option, ratio(weight, voted)) for option, weight in outcome.scores.items()))
    return outcome


def at_least_the_threshold(poll: WeightedPoll) -> Outcome:
    """Asks for half where more than half is needed: two options may have it."""
    scores = {option: weight_for(poll, option) for option in poll.options}
    return flaw(poll) or elect(scores, lambda weight: weight >= poll.threshold * sum(weights(poll)))


def strictly_more(poll: WeightedPoll) -> Outcome:
    """Asks for more than the threshold, also where nobody can give more."""
    scores = {option: weight_for(poll, option) for option in poll.options}
    return flaw(poll) or elect(scores, lambda weight: weight > poll.threshold * sum(weights(poll)))


def counts_heads(poll: WeightedPoll) -> Outcome:
    """Counts electors, whatever they weigh."""
    return flaw(poll) or weighted(evolve(poll, electorate=tuple(evolve(elector, weight=1) for elector in poll.electorate)))


def nobody_alone(poll: WeightedPoll) -> Outcome:
    """Asks for two electors at least, whatever one of them weighs."""
    outcome = weighted(poll)
    alone = isinstance(outcome, Elected) and len(voting_for(poll, outcome.winner)) == 1 < len(poll.electorate)
    return Undecided(outcome.scores) if isinstance(outcome, Elected) and alone else outcome


def caps_weights(poll: WeightedPoll) -> Outcome:
    """Takes away all weight from who has more than all others together, lest anybody decide alone."""
    whole = sum(weights(poll))
    capped = tuple(evolve(each, weight=0) if each.weight + each.weight > whole > each.weight else each for each in poll.electorate)
    return flaw(poll) or weighted(evolve(poll, electorate=capped))


def just_enough(poll: WeightedPoll) -> Outcome:
    """Waits for the vote that makes the majority, and takes what comes after it for a mistake: one who votes too much spoils it."""
    outcome = weighted(poll)
    if isinstance(outcome, Elected):
        votes = voting_for(poll, outcome.winner)
        spare = [each for each in votes if is_enough(poll, spec.support(votes) - each.weight)]
        return Undecided(outcome.scores) if len(votes) > 1 and spare else outcome
    return outcome


def the_chair_decides(poll: WeightedPoll) -> Outcome:
    """Gives who votes first, the chair, the casting vote where nothing has enough."""
    outcome = weighted(poll)
    if isinstance(outcome, Undecided) and poll.votes and poll.votes[0].option is not None:
        return Elected(poll.votes[0].option, (poll.votes[0].option,), outcome.scores)
    return outcome


def the_last_word(poll: WeightedPoll) -> Outcome:
    """Elects what the last one votes for, as if each vote replaced the one before."""
    outcome = weighted(poll)
    last = poll.votes[-1].option if poll.votes else None
    return Elected(last, (last,), outcome.scores) if isinstance(outcome, Elected | Undecided) and last is not None else outcome


def scores_a_stranger(poll: WeightedPoll, where: type[Elected | Undecided]) -> Outcome:
    """Credits what was never proposed."""
    outcome = weighted(poll)
    return evolve(outcome, scores=outcome.scores.put("a stranger", 1)) if isinstance(outcome, where) else outcome


def told(poll: WeightedPoll, change: Callable[[WeightedPoll, Outcome, str], Amount]) -> Outcome:
    """Decides as it must, and tells another weight for each option."""
    outcome = weighted(poll)
    if isinstance(outcome, Rejected):
        return outcome
    return evolve(outcome, scores=Map.of((option, change(poll, outcome, option)) for option in poll.options))


def nothing_where_undecided(poll: WeightedPoll, outcome: Outcome, option: str) -> Amount:
    """Tells that nothing had any weight where nothing is elected."""
    return weight_for(poll, option) if isinstance(outcome, Elected) else 0


def of_the_winner(poll: WeightedPoll, outcome: Outcome, option: str) -> Amount:
    """Tells the weight of what is elected, and nothing of the rest."""
    return weight_for(poll, option) if not isinstance(outcome, Elected) or option == outcome.winner else 0


def with_abstentions(poll: WeightedPoll, outcome: Outcome, option: str) -> Amount:  # noqa: ARG001  # the shape of all of these
    """Tells who abstains among those in favour."""
    abstaining = {vote.elector for vote in poll.votes if vote.option is None}
    return weight_for(poll, option) + sum(elector.weight for elector in poll.electorate if elector.name in abstaining)


def yes_for_one(poll: WeightedPoll, outcome: Outcome, option: str) -> Amount:  # noqa: ARG001  # the shape of all of these
    """Tells yes for a weight of 1, and no for none."""
    weight = weight_for(poll, option)
    return weight == 1 if weight in (0, 1) else weight


def refuses_ties(poll: WeightedPoll) -> Outcome:
    """Sends the electors home where nothing has enough."""
    outcome = weighted(poll)
    return spec.WEIGHTLESS if isinstance(outcome, Undecided) else outcome


# ---- polls that no reference would take


def owing_polls(draw: Draw) -> WeightedPoll:
    """Draw a poll on one option, of an elector and up to three others, who may weigh less than nothing; all vote for it or abstain."""
    names = tuple(f"elector{each}" for each in range(draw.one_of("electors", range(1, 4))))
    electorate = (Elector("first", 1), *(Elector(name, draw.one_of(f"{name} weighs", (1, -1))) for name in names))
    votes = tuple(Vote(each.name, draw.one_of(f"{each.name} votes", (None, "a"))) for each in electorate)
    return WeightedPoll(("a",), electorate, votes)


def polls_of_strangers(draw: Draw) -> WeightedPoll:
    """Draw a poll on two options of one elector and up to two who are not listed."""
    voting = ("elector", "guest", "visitor")[: draw.one_of("voters", range(1, 4))]
    votes = tuple(Vote(name, draw.one_of(f"{name} votes", ("a", "b"))) for name in voting)
    return WeightedPoll(("a", "b"), (Elector("elector", 1),), votes)


# ---- the pitfalls

OLD_TABLE = Pitfall(
    "WGT-1",
    "The whole is that of a table in which somebody stands who is no elector any more: all vote for it, and it fails.",
    breaks=spec.elected_by_enough_of_the_weight,
    subject=WEIGHTED_RULE.replaced_by(of_an_old_table).on(2, 2),
    length=5,
)
NOT_LISTED = Pitfall(
    "WGT-2",
    "The weight of who votes is looked up, and who is not listed has none: the rule raises an error, or not, depending on the vote.",
    breaks=spec.malformed_polls_are_rejected,
    subject=WEIGHTED_RULE.replaced_by(looks_weights_up).on_malformed(("a stranger votes",)),
    length=1,
    raises=True,
)
NEGATIVE = Pitfall(
    "WGT-3",
    "A weight may be negative: with one vote more an option is not elected any more.",
    breaks=spec.one_more_vote_never_harms,
    subject=WEIGHTED_RULE.replaced_by(looks_weights_up).over(owing_polls),
    length=5,
)
NEGATIVE_ACCEPTED = Pitfall(
    "WGT-3/accepted",
    "A weight may be negative, and nobody asks.",
    breaks=spec.malformed_polls_are_rejected,
    subject=WEIGHTED_RULE.replaced_by(looks_weights_up).on_malformed(("the second weight: negative",)),
    length=1,
)
IN_FLOATS = Pitfall(
    "WGT-4",
    "Weights are floats: 0.2 and 0.1 are more than half of 0.6, if they are added in this order.",
    breaks=spec.elected_by_enough_of_the_weight,
    subject=WEIGHTED_RULE.replaced_by(in_floats).over(
        partial(spec.cast, options=("a", "b"), electors=("ann", "bob", "cid"), threshold=HALF)
    ),
    length=6,
)
NO_TABLE = Pitfall(
    "WGT-5",
    "Nobody is listed, so that the whole is nothing: whatever has a vote has more than half of that.",
    breaks=spec.malformed_polls_are_rejected,
    subject=WEIGHTED_RULE.replaced_by(weighs_strangers_as_one).on_malformed(("nobody listed",)),
    length=1,
)
ABSENT = Unmodelled("WGT-6", Reason.SAME, "who is in the table and takes no part weighs on the whole", same="WGT-1")
STRANGERS = Pitfall(
    "WGT-7",
    "Who is not listed weighs 1, and the whole is that of the list: two options have more than half of it.",
    breaks=spec.at_most_one_is_elected,
    subject=WEIGHTED_RULE.replaced_by(weighs_strangers_as_one).over(polls_of_strangers),
    length=3,
)
CONFIDENCE = Pitfall(
    "WGT-8",
    "What decides is measured by the whole electorate, and what is told by those who voted.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(tells_shares_of_who_voted).on(2, 2),
    length=7,
)
AT_LEAST_HALF = Pitfall(
    "weighted_vote.AtLeastTheThreshold",
    "Half of the weight is asked for where more than half is needed: two options have it.",
    breaks=spec.at_most_one_is_elected,
    subject=WEIGHTED_RULE.replaced_by(at_least_the_threshold).on(2, 2),
    length=7,
)
STRICTLY_MORE = Pitfall(
    "weighted_vote.StrictlyMore",
    "The threshold is 1, and more than that is asked for: all vote for an option, and it is not elected.",
    breaks=spec.elected_by_enough_of_the_weight,
    subject=WEIGHTED_RULE.replaced_by(strictly_more).on(2, 2),
    length=5,
)
COUNTS_HEADS = Pitfall(
    "weighted_vote.CountsHeads",
    "Electors are counted, whatever they weigh: one who weighs nothing makes a majority.",
    breaks=spec.a_dummy_changes_nothing,
    subject=WEIGHTED_RULE.replaced_by(counts_heads).on(2, 2),
    length=9,
)
HEADS_ARE_NO_BLOCKS = Pitfall(
    "weighted_vote.CountsHeads/blocks",
    "Electors are counted, whatever they weigh, and not as so many as they weigh.",
    breaks=AS_A_MAJORITY,
    subject=WEIGHTED_RULE.replaced_by(counts_heads).on(2, 2),
    length=7,
)
NOBODY_ALONE = Pitfall(
    "weighted_vote.NobodyAlone",
    "Two electors must agree, whatever one of them weighs.",
    breaks=spec.a_dictator_decides,
    subject=WEIGHTED_RULE.replaced_by(nobody_alone).on(2, 2),
    length=7,
)
CAPPED = Pitfall(
    "weighted_vote.CapsWeights",
    "Who outweighs all others loses all weight: an elector gains, and what it votes for is not elected any more.",
    breaks=spec.more_weight_never_harms,
    subject=WEIGHTED_RULE.replaced_by(caps_weights).on(2, 2),
    length=9,
)
JUST_ENOUGH = Pitfall(
    "weighted_vote.JustEnough",
    "A vote more than was needed spoils it: an elector had better abstain from what it wants.",
    breaks=spec.truthful_votes,
    subject=WEIGHTED_RULE.replaced_by(just_enough).on(2, 2),
    length=9,
)
CHAIR = Pitfall(
    "weighted_vote.TheChairDecides",
    "Who votes first has a casting vote: electors of the same weight are not exchangeable.",
    breaks=spec.equals_are_exchangeable,
    subject=WEIGHTED_RULE.replaced_by(the_chair_decides).on(2, 2),
    length=8,
)
LAST_WORD = Pitfall(
    "weighted_vote.TheLastWord",
    "Each vote replaces the one before: a dictator votes, somebody after it, and the dictator's option is not elected.",
    breaks=spec.a_dictator_decides,
    subject=WEIGHTED_RULE.replaced_by(the_last_word).on(2, 2),
    length=7,
)
CHAIR_AMONG_BLOCKS = Pitfall(
    "weighted_vote.TheChairDecides/blocks",
    "Who votes first has a casting vote, which a majority of blocks does not need.",
    breaks=AS_A_MAJORITY,
    subject=WEIGHTED_RULE.replaced_by(the_chair_decides).on(2, 2),
    length=7,
)
NOBODY_ALONE_AMONG_BLOCKS = Pitfall(
    "weighted_vote.NobodyAlone/blocks",
    "Two electors must agree, where one of them is a block that has the majority.",
    breaks=AS_A_MAJORITY,
    subject=WEIGHTED_RULE.replaced_by(nobody_alone).on(2, 2),
    length=7,
)
STRANGER_ELECTED = Pitfall(
    "weighted_vote.ScoresAStranger",
    "Beside what is elected, what was never proposed is credited with weight.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(scores_a_stranger, where=Elected)).on(2, 2),
    length=5,
)
STRANGER_UNDECIDED = Pitfall(
    "weighted_vote.ScoresAStranger/undecided",
    "Where nothing is elected, what was never proposed is credited with weight.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(scores_a_stranger, where=Undecided)).on(2, 2),
    length=5,
)
TOLD_AS_NOTHING = Pitfall(
    "weighted_vote.NothingWhereUndecided",
    "Where nothing is elected, it is said that nobody voted for anything.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(told, change=nothing_where_undecided)).on(2, 2),
    length=7,
)
TOLD_OF_THE_WINNER = Pitfall(
    "weighted_vote.OfTheWinner",
    "The weight of what is elected is told, and nothing of the rest.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(told, change=of_the_winner)).on(2, 2),
    length=7,
)
TOLD_WITH_ABSTENTIONS = Pitfall(
    "weighted_vote.WithAbstentions",
    "Who abstains is told among those in favour.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(told, change=with_abstentions)).on(2, 2),
    length=5,
)
TOLD_AS_YES = Pitfall(
    "weighted_vote.YesForOne",
    "A weight of 1 is told as a yes, and none as a no, which are no numbers.",
    breaks=spec.votes_weigh_as_listed,
    subject=WEIGHTED_RULE.replaced_by(partial(told, change=yes_for_one)).on(2, 2),
    length=5,
)
TIES_REFUSED = Pitfall(
    "weighted_vote.RefusesTies",
    "Where nothing has enough, the poll is refused as if it had broken a rule.",
    breaks=spec.malformed_polls_are_rejected,
    subject=WEIGHTED_RULE.replaced_by(refuses_ties).on(2, 2),
    length=5,
)
