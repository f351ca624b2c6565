"""The majority rule: a pure function from votes to an outcome."""

from __future__ import annotations

from functools import partial

from concordant.refimpl.machine import Fails, Mechanism
from concordant.spec.vocabulary import Map, RuleClause
from concordant.spec.voting.majority_vote import (
    CLAUSES,
    HALF,
    MALFORMED,
    Poll,
    Rule,
    always_decides,
    any_polls,
    fault_of_poll,
    malformed_polls,
    positively_responsive_whoever_abstains,
    small_polls,
    weighted_polls,
)
from concordant.spec.voting.shared.voting import Elected, Outcome, Undecided


def majority(poll: Poll) -> Outcome:
    """Elect the option that more than the threshold of the electorate votes for, or all of it."""
    reason = fault_of_poll(poll)
    if reason is not None:
        return reason
    scores = Map.of({option: poll.support(option) for option in poll.options})
    # There is at most one: the threshold is a half or more, and nobody votes twice.
    for option in poll.options:
        if poll.is_enough(scores[option]):
            return Elected(option, (option,), scores)
    return Undecided(scores)


def mechanism(
    options: int = 2, electors: int = 3, rule: Rule = majority, promises: tuple[RuleClause, ...] = CLAUSES
) -> Mechanism[Poll, Outcome]:
    """Return the rule on all polls of up to so many options and electors; or another rule, to see what that breaks."""
    return Mechanism(rule, partial(small_polls, options=options, most=electors), promises)


def weighted(electors: int, rule: Rule = majority, promises: tuple[RuleClause, ...] = CLAUSES) -> Mechanism[Poll, Outcome]:
    """Return the rule on polls of so many electors, or blocks of them, of any weight."""
    return Mechanism(rule, partial(weighted_polls, electors=electors), promises)


def any_electorate(
    options: tuple[str, ...] = ("a", "b"), rule: Rule = majority, promises: tuple[RuleClause, ...] = CLAUSES
) -> Mechanism[Poll, Outcome]:
    """Return the rule on electorates of any size."""
    return Mechanism(rule, partial(any_polls, options=options), promises)


def malformed(rule: Rule = majority, *kinds: str) -> Mechanism[Poll, Outcome]:
    """Return the rule on polls that break the rules, in all ways or these."""
    return Mechanism(rule, partial(malformed_polls, kinds=kinds), MALFORMED)


SILENCE = Fails(
    positively_responsive_whoever_abstains,
    "With a fixed electorate one vote more is not enough while too many are silent; May's theorem is about majorities of the votes cast.",
    mechanism(promises=(positively_responsive_whoever_abstains,)),
    {"options": 2, "electors": 2, "elector0": None, "elector1": (), "threshold": HALF, "who turns": 0, "to": "a"},
)
NO_MAJORITY = Fails(
    always_decides,
    "Two electors who disagree elect nothing; of three options none may have a majority however many vote.",
    mechanism(promises=(always_decides,)),
    {"options": 2, "electors": 2, "elector0": ("a",), "elector1": ("b",), "threshold": HALF},
)
