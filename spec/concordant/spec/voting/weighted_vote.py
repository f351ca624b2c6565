"""Weighted vote: an option is elected if more than a threshold of the whole electorate's weight votes for it, or all of it.

Source: Shapley and Shubik, "A Method for Evaluating the Distribution of Power in a Committee System", 1954; Taylor and Zwicker,
"Simple Games", 1999; weights of quorums are Gifford's, 1979. The electorate is a list of electors with weights, fixed before
the vote: whoever abstains or is absent weighs on it all the same, and nobody votes who is not listed. Where all weigh
the same this is `majority_vote`.
Does not promise: that anything is elected; that who weighs more decides more often; that votes may change hands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import (
    Amount,
    Cases,
    Domain,
    Draw,
    Flaws,
    Rejected,
    RuleClause,
    case,
    compares,
    for_all,
    is_amount,
    ratio,
    rejection,
    relates,
)
from concordant.spec.voting.majority_vote import HALF, THRESHOLD_OUT_OF_RANGE, THRESHOLDS
from concordant.spec.voting.shared.voting import (
    DUPLICATE_OPTION,
    DUPLICATE_VOTER,
    NEGATIVE,
    NO_OPTIONS,
    NOT_EXACT,
    UNKNOWN_OPTION,
    Elected,
    Outcome,
    repeats,
    tied,
)


@frozen
class Elector:
    """Who may vote, and how much the vote weighs."""

    name: str
    weight: Amount


@frozen
class Vote:
    """What an elector votes for; None abstains."""

    elector: str
    option: str | None


@frozen
class WeightedPoll:
    """The whole electorate, and the votes of those who are not absent."""

    options: tuple[str, ...]
    electorate: tuple[Elector, ...]
    votes: tuple[Vote, ...]
    threshold: Amount = HALF


Rule: TypeAlias = Callable[[WeightedPoll], Outcome]

LISTED_TWICE = Rejected("an elector is listed twice")
WEIGHTLESS = Rejected("the electorate weighs nothing")
NOT_LISTED = Rejected("who votes is not listed, and has no weight")

REJECTED_POLLS: Flaws[WeightedPoll] = (
    (NO_OPTIONS, lambda poll: poll.options == ()),
    (DUPLICATE_OPTION, lambda poll: repeats(poll.options)),
    (LISTED_TWICE, lambda poll: repeats(tuple(elector.name for elector in poll.electorate))),
    (NOT_EXACT, lambda poll: not all(is_amount(number) for number in (*weights(poll), poll.threshold))),
    (NEGATIVE, lambda poll: any(weight < 0 for weight in weights(poll))),
    (WEIGHTLESS, lambda poll: sum(weights(poll)) == 0),
    (THRESHOLD_OUT_OF_RANGE, lambda poll: not HALF <= poll.threshold <= 1),
    (DUPLICATE_VOTER, lambda poll: repeats(tuple(vote.elector for vote in poll.votes))),
    (NOT_LISTED, lambda poll: any(all(vote.elector != elector.name for elector in poll.electorate) for vote in poll.votes)),
    (UNKNOWN_OPTION, lambda poll: any(vote.option is not None and vote.option not in poll.options for vote in poll.votes)),
)
"""What is rejected, and why."""


def weights(poll: WeightedPoll) -> tuple[Amount, ...]:
    """List the weights of the whole electorate."""
    return tuple(elector.weight for elector in poll.electorate)


def voting_for(poll: WeightedPoll, option: str) -> tuple[Elector, ...]:
    """List who votes for an option."""
    return tuple(elector for elector in poll.electorate if Vote(elector.name, option) in poll.votes)


def support(electors: Iterable[Elector]) -> Amount:
    """Add up what some electors weigh."""
    return sum(elector.weight for elector in electors)


def decides(poll: WeightedPoll, electors: Iterable[Elector]) -> bool:
    """Tell whether some electors are enough: the others weigh less than the rest of the whole above the threshold, or nothing."""
    whole = sum(weights(poll))
    against = whole - support(electors)
    return against < (1 - poll.threshold) * whole or against == 0


def is_dummy(poll: WeightedPoll, elector: Elector) -> bool:
    """Tell whether an elector makes no difference to any set of others: either they are enough, or together they are not."""
    others = tuple(other for other in poll.electorate if other != elector)
    sets = (some for size in range(len(others) + 1) for some in combinations(others, size))
    return all(decides(poll, some) == decides(poll, (*some, elector)) for some in sets)


# ---- clauses about one poll


@for_all
def malformed_polls_are_rejected(poll: WeightedPoll, outcome: Outcome) -> Cases:
    """A poll is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED_POLLS, poll, outcome)


@for_all
def elected_by_enough_of_the_weight(poll: WeightedPoll, outcome: Outcome) -> Cases:
    """An option is elected if, and only if, more than the threshold of the electorate's weight votes for it, or all of it."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            enough = decides(poll, voting_for(poll, option))
            yield case((option in tied(outcome)) == enough, option=option, votes=voting_for(poll, option), outcome=outcome)


@for_all
def at_most_one_is_elected(poll: WeightedPoll, outcome: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """No two options are elected: two sets with more than half of the weight have an elector in common."""
    if isinstance(outcome, Elected):
        yield case(outcome.tied == (outcome.winner,), winner=outcome.winner, tied=outcome.tied)


@for_all
def votes_weigh_as_listed(poll: WeightedPoll, outcome: Outcome) -> Cases:
    """Each option is credited with the listed weights of those who vote for it, and with nothing else."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            weight, credited = support(voting_for(poll, option)), outcome.scores.get(option)
            yield case(is_amount(credited) and credited == weight, option=option, weight=weight, outcome=outcome)
        yield case(set(outcome.scores) == set(poll.options), outcome=outcome)


@for_all
def a_dictator_decides(poll: WeightedPoll, outcome: Outcome) -> Cases:
    """What an elector who is enough alone votes for is elected, however many vote for another."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            for elector in voting_for(poll, option):
                if decides(poll, (elector,)):
                    yield case(tied(outcome) == (option,), dictator=elector, option=option, outcome=outcome)


# ---- clauses about several polls


@relates
def one_more_vote_never_harms(rule: Rule, poll: WeightedPoll, draw: Draw) -> Cases:
    """What is elected stays elected if an elector turns to it."""
    if poll.votes:
        place = draw.one_of("who turns", range(len(poll.votes)))
        for option in tied(rule(poll)):
            turned = rule(with_vote(poll, place, option))
            yield case(option in tied(turned), turns=poll.votes[place], to=option, outcome=turned)


@relates
def more_weight_never_harms(rule: Rule, poll: WeightedPoll, draw: Draw) -> Cases:
    """What is elected stays elected if one of those who vote for it weighs more."""
    for option in tied(rule(poll)):
        elector, more = draw.one_of("who gains", voting_for(poll, option)), draw.amount("gains")
        heavier = tuple(evolve(each, weight=each.weight + more) if each == elector else each for each in poll.electorate)
        after = rule(evolve(poll, electorate=heavier))
        yield case(option in tied(after), gains=elector, more=more, outcome=after)


@relates
def a_dummy_changes_nothing(rule: Rule, poll: WeightedPoll, draw: Draw) -> Cases:
    """Whoever makes no difference to any set of others, as one without weight, or any beside a dictator, changes nothing by voting otherwise."""
    if poll.votes and not isinstance(rule(poll), Rejected):
        place = draw.one_of("who turns", range(len(poll.votes)))
        elector = elector_of(poll, poll.votes[place])
        if is_dummy(poll, elector):
            turned = rule(with_vote(poll, place, draw.one_of("to", poll.options)))
            yield case(tied(turned) == tied(rule(poll)), dummy=elector, outcome=turned)


@relates
def equals_are_exchangeable(rule: Rule, poll: WeightedPoll, draw: Draw) -> Cases:
    """If two electors of the same weight exchange their votes, the outcome is the same."""
    if len(poll.votes) > 1 and not isinstance(rule(poll), Rejected):
        one, other = draw.one_of("who exchange", tuple(combinations(range(len(poll.votes)), 2)))
        if elector_of(poll, poll.votes[one]).weight == elector_of(poll, poll.votes[other]).weight:
            yield from exchange(rule, poll, one, other)


@relates
def all_are_exchangeable(rule: Rule, poll: WeightedPoll, draw: Draw) -> Cases:
    """If two electors exchange their votes, the outcome is the same, whatever they weigh."""
    if len(poll.votes) > 1 and not isinstance(rule(poll), Rejected):
        yield from exchange(rule, poll, *draw.one_of("who exchange", tuple(combinations(range(len(poll.votes)), 2))))


def exchange(rule: Rule, poll: WeightedPoll, one: int, other: int) -> Cases:
    """Judge whether the outcome is the same where the votes at two places are exchanged."""
    exchanged = rule(with_vote(with_vote(poll, one, poll.votes[other].option), other, poll.votes[one].option))
    yield case(exchanged == rule(poll), one=poll.votes[one], other=poll.votes[other], outcome=exchanged)


@compares
def elects_as_a_majority(poll: WeightedPoll, outcome: Outcome, of_blocks: Outcome) -> Cases:  # noqa: ARG001  # the shape of every comparison
    """What is elected is what `majority_vote` elects, where each elector is a block of as many as its weight says."""
    if not isinstance(outcome, Rejected):
        yield case(tied(outcome) == tied(of_blocks), outcome=outcome, of_blocks=of_blocks)


def elector_of(poll: WeightedPoll, vote: Vote) -> Elector:
    """Return who cast a vote; the poll lists everybody who does."""
    (elector,) = (elector for elector in poll.electorate if elector.name == vote.elector)
    return elector


def with_vote(poll: WeightedPoll, place: int, option: str | None) -> WeightedPoll:
    """Return the poll with another option on the vote at a place."""
    vote = evolve(poll.votes[place], option=option)
    return evolve(poll, votes=(*poll.votes[:place], vote, *poll.votes[place + 1 :]))


def voters(poll: WeightedPoll) -> Iterable[int]:
    """List the voters, by the places of their votes."""
    return range(len(poll.votes))


def gain(poll: WeightedPoll, voter: int, outcome: Outcome) -> Amount:
    """Return what an outcome is worth to the voter at a place: its option is elected, nothing is, or another is; all is one to who abstains."""
    wanted = poll.votes[voter].option
    if wanted is None or not isinstance(outcome, Elected):
        return 0
    return 1 if outcome.winner == wanted else -1


def misreport(poll: WeightedPoll, voter: int, draw: Draw) -> WeightedPoll:
    """Draw another vote of one voter, who may abstain instead."""
    return with_vote(poll, voter, draw.one_of("the lie", (None, *poll.options)))


# ---- polls to judge

ABSENT = "absent"


def small_polls(draw: Draw, options: int, most: int) -> WeightedPoll:
    """Draw a poll of up to `most` electors of any weights, on up to `options` options, at least two."""
    names = tuple("abcde"[: draw.one_of("options", range(2, options + 1))])
    electors = tuple(f"elector{each}" for each in range(draw.one_of("electors", range(1, most + 1))))
    return cast(draw, names, electors, draw.one_of("threshold", THRESHOLDS))


def cast(draw: Draw, options: tuple[str, ...], electors: tuple[str, ...], threshold: Amount) -> WeightedPoll:
    """Draw what each elector weighs, and whether it is absent, abstains, or votes for what."""
    electorate, votes = [], []
    for elector in electors:
        electorate.append(Elector(elector, draw.amount(f"{elector} weighs")))
        choice = draw.one_of(f"{elector} votes", (ABSENT, None, *options))
        votes += [] if choice == ABSENT else [Vote(elector, choice)]
    return WeightedPoll(options, tuple(electorate), tuple(votes), threshold)


def polls_at_large(draw: Draw) -> WeightedPoll:
    """Draw a poll of up to six electors on up to four options, of any names, with any threshold, which may be just met."""
    options, electors = some_names(draw, "option", 1, 4), some_names(draw, "elector", 1, 6)
    poll = cast(draw, options, electors, HALF + draw.amount("threshold above a half", at_most=HALF))
    most, whole = max(support(voting_for(poll, option)) for option in options), sum(weights(poll))
    just_met = draw.one_of("the threshold is just met", (False, True)) and most + most > whole
    return evolve(poll, threshold=ratio(most, whole)) if just_met else poll


def careless_polls(draw: Draw) -> WeightedPoll:
    """Draw a poll with any flaws, or none: what is told is the first."""
    options = tuple(draw.one_of(f"option {place}", ("a", "b")) for place in range(draw.one_of("options", range(3))))
    electors = tuple(
        Elector(draw.one_of(f"elector {place}", ("ann", "bob", "cid")), perhaps(draw, f"weight {place}"))
        for place in range(draw.one_of("electors", range(4)))
    )
    votes = tuple(
        Vote(draw.one_of(f"voter {place}", ("ann", "bob", "cid")), draw.one_of(f"vote {place}", ("a", "b", None, "z")))
        for place in range(draw.one_of("votes", range(3)))
    )
    return WeightedPoll(options, electors, votes, perhaps(draw, "threshold"))


def malformed_polls(draw: Draw, kinds: tuple[str, ...] = ()) -> WeightedPoll:
    """Draw a poll that breaks a rule. `kinds`: only these of `malformed`."""
    broken = malformed()
    return broken[draw.one_of("malformed", kinds or tuple(broken))]


def malformed() -> dict[str, WeightedPoll]:
    """Return polls that break the rules, each in one way."""
    good = WeightedPoll(("a", "b"), (Elector("ann", 1), Elector("bob", 1)), (Vote("ann", "a"),))

    def weighing(first: Any, second: Any) -> WeightedPoll:
        return evolve(good, electorate=(Elector("ann", first), Elector("bob", second)))

    def threshold(value: Any) -> WeightedPoll:
        return evolve(good, threshold=value)

    def voted(*votes: Vote) -> WeightedPoll:
        return evolve(good, votes=votes)

    return {
        "no options": evolve(good, options=(), votes=()),
        "an option twice": evolve(good, options=("a", "b", "a")),
        "an elector twice": evolve(good, electorate=(*good.electorate, Elector("ann", 2))),
        "no electors": evolve(good, electorate=(), votes=()),
        "nobody listed": evolve(good, electorate=()),
        "no weight": weighing(0, 0),
        "threshold too low": threshold(Fraction(499, 1000)),
        "threshold too high": threshold(Fraction(1001, 1000)),
        "votes twice": voted(Vote("ann", "a"), Vote("ann", "b")),
        "a stranger votes": voted(Vote("ann", "a"), Vote("eve", "a")),
        "a stranger votes first": voted(Vote("eve", None), Vote("ann", "a")),
        "unknown option": voted(Vote("ann", "a"), Vote("bob", "z")),
        "unknown option first": voted(Vote("bob", "z"), Vote("ann", "a")),
        **{f"the threshold: {kind}": threshold(value) for kind, value in NO_AMOUNTS.items()},
        **{f"the first weight: {kind}": weighing(value, 1) for kind, value in NO_AMOUNTS.items()},
        **{f"the second weight: {kind}": weighing(1, value) for kind, value in NO_AMOUNTS.items()},
    }


POLLS = Domain(small_polls, malformed_polls, malformed_polls_are_rejected, voters, misreport, gain)
truthful_votes = POLLS.truthful

CLAUSES: tuple[RuleClause, ...] = (
    malformed_polls_are_rejected,
    elected_by_enough_of_the_weight,
    at_most_one_is_elected,
    votes_weigh_as_listed,
    a_dictator_decides,
    one_more_vote_never_harms,
    more_weight_never_harms,
    a_dummy_changes_nothing,
    equals_are_exchangeable,
    truthful_votes,
)
