"""The majority rule: a pure function from votes to an outcome."""

from __future__ import annotations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.refimpl.voting.shared import voting
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount
from concordant.spec.voting.majority_vote import (
    CLAUSES,
    EMPTY_ELECTORATE,
    HALF,
    MORE_VOTES_THAN_ELECTORS,
    POLLS,
    SEVERAL_CHOICES,
    THRESHOLD_OUT_OF_RANGE,
    Poll,
    always_decides,
    positively_responsive_whoever_abstains,
)
from concordant.spec.voting.shared.voting import NEGATIVE, NOT_EXACT, Elected, Outcome, Undecided


def majority(poll: Poll) -> Outcome:
    """Elect the option that more than the threshold of the electorate votes for, or all of it."""
    reason = flaw(poll)
    if reason is not None:
        return reason
    scores = Map.of({option: votes(poll, option) for option in poll.options})
    # The hard step. At most one option has so much: the threshold is a half or more, and nobody votes twice.
    for option in poll.options:
        if is_enough(poll, scores[option]):
            return Elected(option, (option,), scores)
    return Undecided(scores)


def flaw(poll: Poll) -> Rejected | None:
    """Return why a poll is refused; None where it is not."""
    reason = voting.flaw(poll)
    if reason is not None:
        return reason
    if not is_amount(poll.electorate) or not is_amount(poll.threshold):
        return NOT_EXACT
    if poll.electorate < 0:
        return NEGATIVE
    if poll.electorate == 0:
        return EMPTY_ELECTORATE
    if poll.threshold < HALF or poll.threshold > 1:
        return THRESHOLD_OUT_OF_RANGE
    if votes_cast(poll) > poll.electorate:
        return MORE_VOTES_THAN_ELECTORS
    if any(len(ballot.ranking) > 1 for ballot in poll.ballots):
        return SEVERAL_CHOICES
    return None


def is_enough(poll: Poll, votes: Amount) -> bool:
    """Tell whether so many votes elect an option."""
    return votes > poll.threshold * poll.electorate or votes == poll.electorate


def votes(poll: Poll, option: str) -> Amount:
    """Count the votes for an option."""
    return sum(ballot.weight for ballot in poll.ballots if option in ballot.ranking)


def votes_cast(poll: Poll) -> Amount:
    """Count who votes or abstains."""
    return sum(ballot.weight for ballot in poll.ballots)


MAJORITY_RULE = NamedRule("majority", majority, POLLS, CLAUSES)

# ---- what the rule does not promise

SILENCE = KnownViolation(
    positively_responsive_whoever_abstains,
    "With a fixed electorate one vote more is not enough while too many are silent; May's theorem is about majorities of the votes cast.",
    MAJORITY_RULE.promising(positively_responsive_whoever_abstains).on(2, 2),
    {"options": 2, "electors": 2, "elector0": None, "elector1": (), "threshold": HALF, "who turns": 0, "to": "a"},
)
NO_MAJORITY = KnownViolation(
    always_decides,
    "Two electors who disagree elect nothing; of three options none may have a majority however many vote.",
    MAJORITY_RULE.promising(always_decides).on(2, 2),
    {"options": 2, "electors": 2, "elector0": ("a",), "elector1": ("b",), "threshold": HALF},
)
