"""Majority vote: an option is elected if more than a threshold of a fixed electorate votes for it, or all of it.

Source: May, "A Set of Independent Necessary and Sufficient Conditions for Simple Majority Decision", 1952; the electorate is
that of quorums (Thomas 1979). A proposal is accepted or rejected where there are two options; with more this is the absolute
majority. Whoever abstains or is absent votes for nothing and is counted among the electorate all the same. The process that
collects votes is `ballot_box`.
Does not promise: that anything is elected; nor, where somebody abstains, that one vote more breaks a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Case, Cases, Draw, Rejected, RuleClause, case, for_all, is_amount, relates
from concordant.spec.voting.shared.voting import (
    NEGATIVE,
    NOT_EXACT,
    Ballot,
    Elected,
    Election,
    Outcome,
    Ranking,
    anonymous,
    fault,
    neutral,
    tied,
    with_ballot,
)

HALF = Fraction(1, 2)
THRESHOLDS: tuple[Amount, ...] = (HALF, Fraction(2, 3), 1, Fraction(2, 5))
"""Thresholds to judge; the last is below a half and refused."""


@frozen
class Poll(Election):
    """Votes of at most one option each. `electorate`: how many may vote, those included who do not."""

    electorate: Amount
    threshold: Amount = HALF

    def support(self, option: str) -> Amount:
        """Return how many vote for an option."""
        return sum(ballot.weight for ballot in self.ballots if ballot.ranking == (option,))

    def is_enough(self, support: Amount) -> bool:
        """Tell whether so many elect an option: more than the threshold of the electorate, or all of it.

        Without the second half a threshold of 1 could never be met.
        """
        return support > self.threshold * self.electorate or support == self.electorate


Rule: TypeAlias = Callable[[Poll], Outcome]

EMPTY_ELECTORATE = Rejected("the electorate is empty")
THRESHOLD_OUT_OF_RANGE = Rejected("the threshold is less than 1/2 or more than 1")
MORE_VOTES_THAN_ELECTORS = Rejected("there are more votes than electors")
SEVERAL_CHOICES = Rejected("a vote names several options")


def fault_of_poll(poll: Poll) -> Rejected | None:
    """Return why a poll is refused; None where it is not."""
    reason = fault(poll)
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
    if poll.voters() > poll.electorate:
        return MORE_VOTES_THAN_ELECTORS
    if any(len(ballot.ranking) > 1 for ballot in poll.ballots):
        return SEVERAL_CHOICES
    return None


# ---- clauses about one poll


@for_all
def elected_by_enough_of_the_electorate(poll: Poll, outcome: Outcome) -> Cases:
    """An option is elected if, and only if, more than the threshold of the electorate votes for it, or all of it."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            support = poll.support(option)
            yield case((option in tied(outcome)) == poll.is_enough(support), option=option, support=support, outcome=outcome)


@for_all
def at_most_one_is_elected(poll: Poll, outcome: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """No two options are elected: two sets of more than half of an electorate have an elector in common."""
    if isinstance(outcome, Elected):
        yield case(outcome.tied == (outcome.winner,), winner=outcome.winner, tied=outcome.tied)


@for_all
def votes_are_counted_as_cast(poll: Poll, outcome: Outcome) -> Cases:
    """Each option is credited with the votes for it, and with no others: to abstain is not to vote against."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            yield case(outcome.scores.get(option) == poll.support(option), option=option, support=poll.support(option), outcome=outcome)


@for_all
def unanimity_decides(poll: Poll, outcome: Outcome) -> Cases:
    """What the whole electorate votes for is elected, whatever the threshold."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            if poll.support(option) == poll.electorate:
                yield case(tied(outcome) == (option,), option=option, outcome=outcome)


@for_all
def malformed_polls_are_rejected(poll: Poll, outcome: Outcome) -> Cases:
    """A poll that breaks a rule is rejected, with the reason of that rule."""
    reason = fault_of_poll(poll)
    if reason is not None:
        yield case(outcome == reason, reason=reason, outcome=outcome)


# ---- clauses about several polls


@relates
def exclusive_proposals_never_both_pass(rule: Rule, poll: Poll, draw: Draw) -> Cases:  # noqa: ARG001  # nothing else varies
    """If a proposal passes, its opposite does not, when every voter votes the other way on it."""
    if len(poll.options) == 2:
        passes, fails = poll.options
        other = {(): (), (passes,): (fails,), (fails,): (passes,)}
        opposite = evolve(poll, ballots=tuple(evolve(ballot, ranking=other[ballot.ranking]) for ballot in poll.ballots))
        yield case(not (passes in tied(rule(poll)) and passes in tied(rule(opposite))), proposal=passes)


@relates
def one_more_vote_never_harms(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """What is elected stays elected if a voter turns to it."""
    for ballot, option, turned in turns(poll, draw):
        if option in tied(rule(poll)):
            yield case(option in tied(rule(turned)), turns=ballot, to=option)


@relates
def positively_responsive(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """Where all vote for one of two options, and half is the threshold, one voter who turns breaks a tie (May 1952)."""
    if sum(poll.support(option) for option in poll.options) == poll.electorate:
        yield from breaks_ties(rule, poll, draw)


@relates
def positively_responsive_whoever_abstains(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """Between two options one voter who turns breaks a tie, also where others abstain."""
    yield from breaks_ties(rule, poll, draw)


@for_all
def always_decides(poll: Poll, outcome: Outcome) -> Cases:
    """If nobody abstains, something is elected."""
    if not isinstance(outcome, Rejected) and sum(poll.support(option) for option in poll.options) == poll.electorate:
        yield case(isinstance(outcome, Elected), outcome=outcome)


def turns(poll: Poll, draw: Draw) -> Iterator[tuple[Ballot, str, Poll]]:
    """Draw who votes otherwise, and for what; nothing where nobody votes."""
    if poll.ballots:
        place, option = draw.one_of("who turns", range(len(poll.ballots))), draw.one_of("to", poll.options)
        ballot = poll.ballots[place]
        yield ballot, option, with_ballot(poll, place, evolve(ballot, ranking=(option,)))


def breaks_ties(rule: Rule, poll: Poll, draw: Draw) -> Iterator[Case]:
    """Judge whether an option that is not behind is elected if a voter turns to it."""
    if len(poll.options) == 2 and poll.threshold == HALF:
        for ballot, option, turned in turns(poll, draw):
            (other,) = poll.others(option)
            if ballot.ranking != (option,) and ballot.weight > 0 and poll.support(option) >= poll.support(other):
                yield case(option in tied(rule(turned)), turns=ballot, to=option, outcome=rule(turned))


CLAUSES: tuple[RuleClause, ...] = (
    elected_by_enough_of_the_electorate,
    at_most_one_is_elected,
    votes_are_counted_as_cast,
    unanimity_decides,
    exclusive_proposals_never_both_pass,
    one_more_vote_never_harms,
    positively_responsive,
    anonymous,
    neutral,
)
MALFORMED: tuple[RuleClause, ...] = (malformed_polls_are_rejected,)


# ---- polls to judge


def choices(options: tuple[str, ...]) -> tuple[Ranking | None, ...]:
    """List what an elector may do: be absent, abstain, or vote."""
    return (None, (), *((option,) for option in options))


def small_polls(draw: Draw, options: int, most: int) -> Poll:
    """Draw a poll of up to so many electors, of one vote each, on 2 to so many options."""
    names = tuple("abcde"[: draw.one_of("options", range(2, options + 1))])
    count = draw.one_of("electors", range(1, most + 1))
    cast = {f"elector{each}": draw.one_of(f"elector{each}", choices(names)) for each in range(count)}
    ballots = tuple(Ballot(elector, choice) for elector, choice in cast.items() if choice is not None)
    return Poll(names, ballots, count, draw.one_of("threshold", THRESHOLDS))


def weighted_polls(draw: Draw, electors: int) -> Poll:
    """Draw a poll on two options of so many electors, or blocks of them, each of any weight."""
    weights = {f"elector{each}": draw.amount(f"elector{each}") for each in range(electors)}
    cast = {elector: draw.one_of(f"{elector} votes", choices(("a", "b"))) for elector in weights}
    ballots = tuple(Ballot(elector, choice, weights[elector]) for elector, choice in cast.items() if choice is not None)
    return Poll(("a", "b"), ballots, sum(weights.values()), draw.one_of("threshold", THRESHOLDS))


def any_polls(draw: Draw, options: tuple[str, ...]) -> Poll:
    """Draw a poll of any electorate: one voter, how many others vote for each option or abstain, and how many are absent."""
    votes: tuple[Ranking, ...] = ((), *((option,) for option in options))
    others = tuple(Ballot("".join(vote) or "abstain", vote, draw.amount(f"others for {''.join(vote) or 'nothing'}")) for vote in votes)
    ballots = (Ballot("voter", draw.one_of("voter", votes)), *others)
    absent = draw.amount("absent")
    return Poll(options, ballots, sum(ballot.weight for ballot in ballots) + absent, draw.one_of("threshold", THRESHOLDS))


def malformed_polls(draw: Draw, kinds: tuple[str, ...] = ()) -> Poll:
    """Draw a poll that breaks a rule. `kinds`: only these of `malformed`."""
    broken = malformed()
    return broken[draw.one_of("malformed", kinds or tuple(broken))]


def malformed() -> dict[str, Poll]:
    """Return polls that break the rules, each in one way."""
    good = Poll(("a", "b"), (Ballot("ann", ("a",)),), 2)

    def electorate(value: Any) -> Poll:
        return evolve(good, electorate=value)

    def threshold(value: Any) -> Poll:
        return evolve(good, threshold=value)

    def vote(ballot: Any) -> Poll:
        return evolve(good, ballots=(*good.ballots, ballot))

    return {
        "no options": evolve(good, options=(), ballots=()),
        "no electors": evolve(good, electorate=0, ballots=()),
        "too many votes": electorate(Fraction(1, 3)),
        "threshold too low": threshold(Fraction(2, 5)),
        "threshold too high": threshold(2),
        "votes twice": vote(Ballot("ann", ("b",))),
        "unknown option": vote(Ballot("bob", ("z",))),
        "several options": vote(Ballot("bob", ("a", "b"))),
        "no vote": vote(Ballot("bob", "reject")),  # type: ignore[arg-type]  # that is what is wrong
        **{f"the electorate: {kind}": electorate(value) for kind, value in NO_AMOUNTS.items()},
        **{f"the threshold: {kind}": threshold(value) for kind, value in NO_AMOUNTS.items()},
        **{f"a weight: {kind}": vote(Ballot("bob", ("a",), value)) for kind, value in NO_AMOUNTS.items()},
    }
