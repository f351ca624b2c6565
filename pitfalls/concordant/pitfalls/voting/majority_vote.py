"""What goes wrong with majorities, the documents' own rules among it: a share of the votes that came in, and no questions asked."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import combinations

from attrs import evolve

from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.refimpl.voting.majority_vote import MAJORITY_RULE, is_enough, majority, votes, votes_cast
from concordant.spec.vocabulary import Amount, Map
from concordant.spec.voting import majority_vote as spec
from concordant.spec.voting.majority_vote import Poll
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Elected, Outcome, Undecided

# ---- rules


def elected_if(option: str | None, scores: dict[str, Amount]) -> Outcome:
    """Elect an option, if there is one."""
    return Undecided(Map.of(scores)) if option is None else Elected(option, (option,), Map.of(scores))


def as_written(poll: Poll) -> Outcome:
    """The documents' rule: the approvals, divided by the votes that came in, exceed the threshold; all else rejects."""
    approve = poll.options[0]
    answers = {ballot.voter: bool(ballot.ranking) and ballot.ranking[0] != "b" for ballot in poll.ballots}
    approvals = sum(answers.values())
    share = Fraction(approvals, len(answers))
    return elected_if(approve if share > poll.threshold else None, {approve: approvals, "b": len(answers) - approvals})


def strictly_more(poll: Poll) -> Outcome:
    """Asks for more than the threshold, also where nobody can give more, and no questions: neither whose votes, nor which threshold."""
    scores = {option: votes(poll, option) for option in poll.options}
    winners = [option for option in poll.options if scores[option] > poll.threshold * poll.electorate]
    return elected_if(winners[0] if winners else None, scores)


def any_answer_is_yes(poll: Poll) -> Outcome:
    """Takes whatever is no empty answer for approval: also the word for no."""
    approve, *others = poll.options
    answers = sum(ballot.weight for ballot in poll.ballots if ballot.ranking)
    scores = {approve: answers, **{option: votes(poll, option) for option in others}}
    return elected_if(approve if is_enough(poll, answers) else None, scores)


def abstaining_is_rejecting(poll: Poll) -> Outcome:
    """Counts as rejection whatever is no approval."""
    approve, reject, *_ = poll.options
    scores = {approve: votes(poll, approve), reject: votes_cast(poll) - votes(poll, approve)}
    return elected_if(next((option for option in scores if is_enough(poll, scores[option])), None), scores)


def of_the_votes_received(poll: Poll) -> Outcome:
    """Takes the votes that came in for the electorate."""
    scores = {option: votes(poll, option) for option in poll.options}
    winners = [option for option in poll.options if scores[option] + scores[option] > votes_cast(poll)]
    return elected_if(winners[0] if winners else None, scores)


def at_least_the_threshold(poll: Poll) -> Outcome:
    """Asks for half where more than half is needed: two options may have it."""
    scores = {option: votes(poll, option) for option in poll.options}
    winners = tuple(sorted(option for option in poll.options if scores[option] >= poll.threshold * poll.electorate))
    return Elected(winners[0], winners, Map.of(scores)) if winners else Undecided(Map.of(scores))


def exactly_the_quorum(poll: Poll) -> Outcome:
    """Waits for the vote that makes the majority, and tests whether this is it: an `==` where a `>=` belongs."""
    scores = {option: votes(poll, option) for option in poll.options}
    quorum = poll.electorate // 2 + 1
    return elected_if(next((option for option in poll.options if scores[option] == quorum), None), scores)


def more_than_two_ahead(poll: Poll) -> Outcome:
    """Takes a lead of one or two votes for a tie."""
    scores = {option: votes(poll, option) for option in poll.options}
    leads = (option for option in poll.options if all(scores[option] >= scores[other] + 3 for other in poll.options if other != option))
    return elected_if(next(leads, None), scores)


def the_chair_decides(poll: Poll) -> Outcome:
    """Gives the first voter, who is the chair, the casting vote where nothing has a majority."""
    outcome = majority(poll)
    if isinstance(outcome, Undecided) and poll.ballots and poll.ballots[0].ranking:
        return elected_if(poll.ballots[0].ranking[0], dict(outcome.scores.items()))
    return outcome


def the_first_by_default(poll: Poll) -> Outcome:
    """Takes the option that is listed first, where nothing has a majority."""
    outcome = majority(poll)
    return elected_if(poll.options[0], dict(outcome.scores.items())) if isinstance(outcome, Undecided) else outcome


def counts_ballots(poll: Poll) -> Outcome:
    """Count each ballot as one vote, whatever it weighs."""
    scores: dict[str, Amount] = {option: sum(ballot.ranking == (option,) for ballot in poll.ballots) for option in poll.options}
    return elected_if(next((option for option in poll.options if is_enough(poll, scores[option])), None), scores)


def ties_refused(poll: Poll) -> Outcome:
    """Send the electors home where two options have the same votes."""
    tie = any(votes(poll, one) == votes(poll, other) for one, other in combinations(poll.options, 2))
    return spec.EMPTY_ELECTORATE if tie else majority(poll)


def scores_a_stranger(poll: Poll) -> Outcome:
    """Credit what was never proposed."""
    outcome = majority(poll)
    return evolve(outcome, scores=outcome.scores.put("a stranger", 1)) if isinstance(outcome, Elected | Undecided) else outcome


def scores_a_stranger_where_it_elects(poll: Poll) -> Outcome:
    """Credit what was never proposed, where something is elected."""
    return scores_a_stranger(poll) if isinstance(majority(poll), Elected) else majority(poll)


def scores_a_stranger_where_it_does_not(poll: Poll) -> Outcome:
    """Credit what was never proposed, where nothing is elected."""
    return scores_a_stranger(poll) if isinstance(majority(poll), Undecided) else majority(poll)


def tells_yes_for_one(poll: Poll) -> Outcome:
    """Tell whether there was a vote, where there was one at most."""
    outcome = majority(poll)
    if not isinstance(outcome, Elected | Undecided):
        return outcome
    return evolve(outcome, scores=Map.of((option, score == 1 if score in (0, 1) else score) for option, score in outcome.scores.items()))


def undecided_untold(poll: Poll) -> Outcome:
    """Tell how many votes there were only where something is elected."""
    outcome = majority(poll)
    return Undecided(Map()) if isinstance(outcome, Undecided) else outcome


def undecided_told_as_nothing(poll: Poll) -> Outcome:
    """Tell that nothing had a vote where nothing is elected."""
    outcome = majority(poll)
    return Undecided(Map.of(dict.fromkeys(poll.options, 0))) if isinstance(outcome, Undecided) else outcome


def the_last_by_default(poll: Poll) -> Outcome:
    """Take the option that is listed last, where nothing has a majority."""
    outcome = majority(poll)
    return elected_if(poll.options[-1], dict(outcome.scores.items())) if isinstance(outcome, Undecided) else outcome


# ---- the pitfalls

EMPTY_ELECTORATE = Pitfall(
    "MAJ-1",
    "In an empty electorate the share is zero divided by zero: the rule raises an error.",
    breaks=spec.malformed_polls_are_rejected,
    subject=MAJORITY_RULE.replaced_by(as_written).on_malformed(("no electors",)),
    length=1,
    raises=True,
)
UNANIMITY_IS_NOT_ENOUGH = Pitfall(
    "MAJ-2",
    "More than the threshold is asked for, and the threshold is 1: all approve, and the proposal fails.",
    breaks=spec.unanimity_decides,
    subject=MAJORITY_RULE.replaced_by(strictly_more).on(2, 3),
    length=4,
)
BOTH_PASS = Pitfall(
    "MAJ-3",
    "The threshold is below a half: a proposal passes with one vote of two, and so does its opposite.",
    breaks=spec.exclusive_proposals_never_both_pass,
    subject=MAJORITY_RULE.replaced_by(strictly_more).on(2, 3),
    length=5,
)
ONE_NAME_TWO_VOTES = Pitfall(
    "MAJ-4",
    "Votes are kept by name: of two votes under one name the first is lost without a word.",
    breaks=spec.malformed_polls_are_rejected,
    subject=MAJORITY_RULE.replaced_by(as_written).on_malformed(("votes twice",)),
    length=1,
)
ANY_ANSWER_IS_YES = Pitfall(
    "MAJ-5",
    "Any answer that is not empty counts as approval, the word for rejection included.",
    breaks=spec.elected_by_enough_of_the_electorate,
    subject=MAJORITY_RULE.replaced_by(any_answer_is_yes).on(2, 3),
    length=4,
)
ABSTAINING_IS_REJECTING = Pitfall(
    "MAJ-6",
    "A voter who abstains is counted as rejecting.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(abstaining_is_rejecting).on(2, 3),
    length=4,
)
OF_THE_VOTES_RECEIVED = Pitfall(
    "MAJ-8/rule",
    "The majority is one of the votes that came in: one of one elects, whatever the size of the electorate.",
    breaks=spec.elected_by_enough_of_the_electorate,
    subject=MAJORITY_RULE.replaced_by(of_the_votes_received).on(2, 3),
    length=5,
)
COUNTS_A_LIST = Pitfall(
    "MAJ-9/rule",
    "Votes are counted as a list: one voter who votes twice counts twice.",
    breaks=spec.malformed_polls_are_rejected,
    subject=MAJORITY_RULE.replaced_by(strictly_more).on_malformed(("votes twice",)),
    length=1,
)
AT_LEAST_HALF = Pitfall(
    "majority_vote.AtLeastTheThreshold",
    "Half is asked for where more than half is needed: two options have it.",
    breaks=spec.at_most_one_is_elected,
    subject=MAJORITY_RULE.replaced_by(at_least_the_threshold).on(2, 3),
    length=5,
)
EXACTLY_THE_QUORUM = Pitfall(
    "majority_vote.ExactlyTheQuorum",
    "The quorum is tested with `==`: one vote more than needed, and nothing is elected.",
    breaks=spec.one_more_vote_never_harms,
    subject=MAJORITY_RULE.replaced_by(exactly_the_quorum).on(2, 3),
    length=8,
)
EXACTLY_THE_QUORUM_LIES = Pitfall(
    "majority_vote.ExactlyTheQuorum/lie",
    "With the same `==`, a voter who wants what all others want had better abstain.",
    breaks=spec.truthful_votes,
    subject=MAJORITY_RULE.replaced_by(exactly_the_quorum).on(2, 3),
    length=8,
)
COUNTS_BALLOTS = Pitfall(
    "majority_vote.CountsBallots",
    "Each ballot counts as one vote, whatever it weighs.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(counts_ballots).over(partial(spec.weighted_polls, electors=2)),
    length=5,
)
TIES_REFUSED = Pitfall(
    "majority_vote.TiesRefused",
    "Where two options have the same votes the poll is refused, as if it had broken a rule.",
    breaks=spec.malformed_polls_are_rejected,
    subject=MAJORITY_RULE.replaced_by(ties_refused).on(2, 3),
    length=4,
)
MORE_THAN_TWO_AHEAD = Pitfall(
    "majority_vote.MoreThanTwoAhead",
    "A lead of two votes counts as a tie, which it was before the last voter turned.",
    breaks=spec.positively_responsive,
    subject=MAJORITY_RULE.replaced_by(more_than_two_ahead).on(2, 3),
    length=7,
)
CASTING_VOTE = Pitfall(
    "majority_vote.TheChairDecides",
    "The chair has a casting vote: the same votes from other hands elect another option.",
    breaks=voting.anonymous,
    subject=MAJORITY_RULE.replaced_by(the_chair_decides).on(2, 3),
    length=6,
)
DEFAULT = Pitfall(
    "majority_vote.TheFirstByDefault",
    "Where nothing has a majority, the option that is listed first is elected: names make a difference.",
    breaks=voting.neutral,
    subject=MAJORITY_RULE.replaced_by(the_first_by_default).on(2, 3),
    length=5,
)
UNANIMITY_IS_LESS_THAN_ENOUGH = Pitfall(
    "MAJ-2/enough",
    "The same: enough vote for an option, and it is not elected.",
    breaks=spec.elected_by_enough_of_the_electorate,
    subject=MAJORITY_RULE.replaced_by(strictly_more).on(2, 3),
    length=4,
)
ALL_SAY_NO = Pitfall(
    "MAJ-5/unanimous",
    "Any answer that is not empty counts as approval: all reject, and the proposal passes.",
    breaks=spec.unanimity_decides,
    subject=MAJORITY_RULE.replaced_by(any_answer_is_yes).on(2, 3),
    length=4,
)
UNDECIDED_UNTOLD = Pitfall(
    "majority_vote.UndecidedUntold",
    "Where nothing is elected, nobody is told how many votes there were.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(undecided_untold).on(2, 3),
    length=4,
)
UNDECIDED_TOLD_AS_NOTHING = Pitfall(
    "majority_vote.UndecidedToldAsNothing",
    "Where nothing is elected, it is said that nobody voted.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(undecided_told_as_nothing).on(2, 3),
    length=5,
)
LAST_BY_DEFAULT = Pitfall(
    "majority_vote.TheLastByDefault",
    "Where nothing has a majority, the option that is listed last is elected.",
    breaks=voting.neutral,
    subject=MAJORITY_RULE.replaced_by(the_last_by_default).on(2, 3),
    length=5,
)
SCORES_A_STRANGER = Pitfall(
    "majority_vote.ScoresAStranger",
    "What was never proposed is credited with a vote.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(scores_a_stranger).on(2, 3),
    length=4,
)
SCORES_A_STRANGER_ELECTED = Pitfall(
    "majority_vote.ScoresAStranger/elected",
    "Beside what is elected a stranger is credited with a vote.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(scores_a_stranger_where_it_elects).on(2, 3),
    length=4,
)
SCORES_A_STRANGER_UNDECIDED = Pitfall(
    "majority_vote.ScoresAStranger/undecided",
    "Where nothing is elected a stranger is credited with a vote.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(scores_a_stranger_where_it_does_not).on(2, 3),
    length=4,
)
TELLS_YES_FOR_ONE = Pitfall(
    "majority_vote.TellsYesForOne",
    "A vote is told as a yes, and none as a no, which are no numbers.",
    breaks=spec.votes_are_counted_as_cast,
    subject=MAJORITY_RULE.replaced_by(tells_yes_for_one).on(2, 3),
    length=4,
)
OTHER_VOCABULARY = Unmodelled(
    "X-9",
    Reason.IMPOSSIBLE,
    "A vote here is a ballot of options, and there a verdict on a value: neither is a text or a truth, and neither stands for the other.",
)
