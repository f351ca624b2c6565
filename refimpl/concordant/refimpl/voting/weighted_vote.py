"""The weighted rule: a pure function from the weights of an electorate and its votes to an outcome."""

from __future__ import annotations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.refimpl.voting.majority_vote import majority
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount
from concordant.spec.voting.majority_vote import HALF, THRESHOLD_OUT_OF_RANGE, Poll
from concordant.spec.voting.shared.voting import (
    DUPLICATE_OPTION,
    DUPLICATE_VOTER,
    NEGATIVE,
    NO_OPTIONS,
    NOT_EXACT,
    UNKNOWN_OPTION,
    Ballot,
    Elected,
    Outcome,
    Undecided,
)
from concordant.spec.voting.weighted_vote import (
    CLAUSES,
    LISTED_TWICE,
    NOT_LISTED,
    POLLS,
    WEIGHTLESS,
    WeightedPoll,
    all_are_exchangeable,
    elects_as_a_majority,
)


def weighted(poll: WeightedPoll) -> Outcome:
    """Elect the option that more than the threshold of the electorate's weight votes for, or all of it."""
    reason = flaw(poll)
    if reason is not None:
        return reason
    scores = Map.of({option: weight_for(poll, option) for option in poll.options})
    # The hard step. At most one option has so much: the threshold is a half or more, and nobody's weight counts twice.
    for option in poll.options:
        if is_enough(poll, scores[option]):
            return Elected(option, (option,), scores)
    return Undecided(scores)


def flaw(poll: WeightedPoll) -> Rejected | None:
    """Return why a poll is refused; None where it is not."""
    listed, voting = {elector.name for elector in poll.electorate}, {vote.elector for vote in poll.votes}
    if not poll.options:
        return NO_OPTIONS
    if len(set(poll.options)) < len(poll.options):
        return DUPLICATE_OPTION
    if len(listed) < len(poll.electorate):
        return LISTED_TWICE
    if not is_amount(poll.threshold) or not all(is_amount(elector.weight) for elector in poll.electorate):
        return NOT_EXACT
    if any(elector.weight < 0 for elector in poll.electorate):
        return NEGATIVE
    if not any(elector.weight for elector in poll.electorate):
        return WEIGHTLESS
    if poll.threshold < HALF or poll.threshold > 1:
        return THRESHOLD_OUT_OF_RANGE
    if len(voting) < len(poll.votes):
        return DUPLICATE_VOTER
    if not voting <= listed:
        return NOT_LISTED
    if any(vote.option not in (None, *poll.options) for vote in poll.votes):
        return UNKNOWN_OPTION
    return None


def weight_for(poll: WeightedPoll, option: str) -> Amount:
    """Add up the weights of those who vote for an option."""
    voting = {vote.elector for vote in poll.votes if vote.option == option}
    return sum(elector.weight for elector in poll.electorate if elector.name in voting)


def is_enough(poll: WeightedPoll, weight: Amount) -> bool:
    """Tell whether so much weight elects an option."""
    whole = sum(elector.weight for elector in poll.electorate)
    return weight > poll.threshold * whole or weight == whole


def majority_of_blocks(poll: WeightedPoll) -> Outcome:
    """Elect by majority, where each elector is a block of as many as its weight says."""
    weights = {elector.name: elector.weight for elector in poll.electorate}
    ballots = tuple(Ballot(vote.elector, () if vote.option is None else (vote.option,), weights[vote.elector]) for vote in poll.votes)
    return majority(Poll(poll.options, ballots, sum(weights.values()), poll.threshold))


AS_A_MAJORITY = elects_as_a_majority.to(majority_of_blocks)
WEIGHTED_RULE = NamedRule("weighted majority", weighted, POLLS, (*CLAUSES, AS_A_MAJORITY))

# ---- what the rule does not promise

NOT_ANONYMOUS = KnownViolation(
    all_are_exchangeable,
    "Weights tell electors apart: if the heavy one votes as the light one did, another option has the weight.",
    WEIGHTED_RULE.promising(all_are_exchangeable).on(2, 2),
    {
        "options": 2,
        "electors": 2,
        "elector0 weighs": 1,
        "elector0 votes": "a",
        "elector1 weighs": 0,
        "elector1 votes": None,
        "threshold": HALF,
        "who exchange": (0, 1),
    },
)
