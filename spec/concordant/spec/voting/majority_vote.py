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

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import (
    Amount,
    Case,
    Cases,
    Domain,
    Draw,
    Flaws,
    Rejected,
    RuleClause,
    case,
    for_all,
    is_amount,
    ratio,
    rejection,
    relates,
)
from concordant.spec.voting.shared.elections import careless_ballots
from concordant.spec.voting.shared.voting import (
    NEGATIVE,
    NOT_EXACT,
    REJECTED,
    Ballot,
    Elected,
    Election,
    Outcome,
    Ranking,
    anonymous,
    neutral,
    others,
    size,
    tied,
    voters,
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


Rule: TypeAlias = Callable[[Poll], Outcome]

EMPTY_ELECTORATE = Rejected("the electorate is empty")
THRESHOLD_OUT_OF_RANGE = Rejected("the threshold is less than 1/2 or more than 1")
MORE_VOTES_THAN_ELECTORS = Rejected("there are more votes than electors")
SEVERAL_CHOICES = Rejected("a vote names several options")


REJECTED_POLLS: Flaws[Poll] = (
    *REJECTED,
    (NOT_EXACT, lambda poll: not (is_amount(poll.electorate) and is_amount(poll.threshold))),
    (NEGATIVE, lambda poll: poll.electorate < 0),
    (EMPTY_ELECTORATE, lambda poll: poll.electorate == 0),
    (THRESHOLD_OUT_OF_RANGE, lambda poll: not HALF <= poll.threshold <= 1),
    (MORE_VOTES_THAN_ELECTORS, lambda poll: size(poll) > poll.electorate),
    (SEVERAL_CHOICES, lambda poll: not all(len(ballot.ranking) < 2 for ballot in poll.ballots)),
)
"""What is rejected, and why."""


def support(poll: Poll, option: str) -> Amount:
    """Return how many vote for an option."""
    return sum(ballot.weight for ballot in poll.ballots if ballot.ranking == (option,))


def is_unanimous(poll: Poll, option: str) -> bool:
    """Tell whether the whole electorate votes for an option."""
    return support(poll, option) == poll.electorate


def everybody_votes(poll: Poll) -> bool:
    """Tell whether nobody abstains or is absent."""
    return sum(support(poll, option) for option in poll.options) == poll.electorate


# ---- clauses about one poll


@for_all
def elected_by_enough_of_the_electorate(poll: Poll, outcome: Outcome) -> Cases:
    """An option is elected if, and only if, more than the threshold of the electorate votes for it, or all of it.

    That is, if those who do not vote for it are fewer than the rest of the electorate, or are nobody: without the second
    half a threshold of 1 could never be met.
    """
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            against = poll.electorate - support(poll, option)
            enough = against < (1 - poll.threshold) * poll.electorate or against == 0
            yield case((option in tied(outcome)) == enough, option=option, against=against, outcome=outcome)


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
            votes, credited = support(poll, option), outcome.scores.get(option)
            yield case(is_amount(credited) and credited == votes, option=option, votes=votes, outcome=outcome)
        yield case(set(outcome.scores) == set(poll.options), outcome=outcome)


@for_all
def unanimity_decides(poll: Poll, outcome: Outcome) -> Cases:
    """What the whole electorate votes for is elected, whatever the threshold."""
    if not isinstance(outcome, Rejected):
        for option in poll.options:
            if is_unanimous(poll, option):
                yield case(tied(outcome) == (option,), option=option, outcome=outcome)


@for_all
def malformed_polls_are_rejected(poll: Poll, outcome: Outcome) -> Cases:
    """A poll is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED_POLLS, poll, outcome)


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
    """What is elected stays elected if one more voter turns to it."""
    for ballot, option, turned in turns(poll, draw):
        if option in tied(rule(poll)):
            yield case(option in tied(rule(turned)), turns=ballot, to=option)


@relates
def positively_responsive(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """Where all vote for one of two options, and half is the threshold, one voter who changes sides breaks a tie (May 1952)."""
    if everybody_votes(poll):
        yield from breaks_ties(rule, poll, draw)


@relates
def positively_responsive_whoever_abstains(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """Between two options one voter who changes sides breaks a tie, even where others abstain."""
    yield from breaks_ties(rule, poll, draw)


@for_all
def always_decides(poll: Poll, outcome: Outcome) -> Cases:
    """If nobody abstains, something is elected."""
    if not isinstance(outcome, Rejected) and everybody_votes(poll):
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
            (other,) = others(poll, option)
            if ballot.ranking != (option,) and ballot.weight > 0 and support(poll, option) >= support(poll, other):
                yield case(option in tied(rule(turned)), turns=ballot, to=option, outcome=rule(turned))


def gain(poll: Poll, voter: int, outcome: Outcome) -> Amount:
    """Return what an outcome is worth to the voter at a place: its option is elected, nothing is, or another is; all is one to who abstains."""
    ranking = poll.ballots[voter].ranking
    if not ranking or not isinstance(outcome, Elected):
        return 0
    return 1 if outcome.winner in ranking else -1


def misreport(poll: Poll, voter: int, draw: Draw) -> Poll:
    """Draw another vote of one voter, who may abstain instead."""
    lie = draw.one_of("the lie", votes(poll.options))
    return with_ballot(poll, voter, evolve(poll.ballots[voter], ranking=lie))


# ---- polls to judge


def votes(options: tuple[str, ...]) -> tuple[Ranking, ...]:
    """List what may be voted: nothing, or an option."""
    return ((), *((option,) for option in options))


def choices(options: tuple[str, ...]) -> tuple[Ranking | None, ...]:
    """List what an elector may do: be absent, abstain, or vote."""
    return (None, *votes(options))


def small_polls(draw: Draw, options: int, most: int) -> Poll:
    """Draw a poll of up to `most` electors, of one vote each, on up to `options` options, at least two."""
    names = tuple("abcde"[: draw.one_of("options", range(2, options + 1))])
    count = draw.one_of("electors", range(1, most + 1))
    cast = {f"elector{each}": draw.one_of(f"elector{each}", choices(names)) for each in range(count)}
    ballots = tuple(Ballot(elector, choice) for elector, choice in cast.items() if choice is not None)
    return Poll(names, ballots, count, draw.one_of("threshold", THRESHOLDS))


def weighted_polls(draw: Draw, electors: int) -> Poll:
    """Draw a poll on two options of `electors` electors, or blocks of them, each of any weight."""
    weights = {f"elector{each}": draw.amount(f"elector{each}") for each in range(electors)}
    cast = {elector: draw.one_of(f"{elector} votes", choices(("a", "b"))) for elector in weights}
    ballots = tuple(Ballot(elector, choice, weights[elector]) for elector, choice in cast.items() if choice is not None)
    return Poll(("a", "b"), ballots, sum(weights.values()), draw.one_of("threshold", THRESHOLDS))


def any_polls(draw: Draw, options: tuple[str, ...]) -> Poll:
    """Draw a poll of any electorate: one voter, how many others vote for each option or abstain, and how many are absent."""
    possible = votes(options)
    rest = tuple(Ballot("".join(vote) or "abstain", vote, draw.amount(f"others for {''.join(vote) or 'nothing'}")) for vote in possible)
    ballots = (Ballot("voter", draw.one_of("voter", possible)), *rest)
    absent = draw.amount("absent")
    return Poll(options, ballots, sum(ballot.weight for ballot in ballots) + absent, draw.one_of("threshold", THRESHOLDS))


def polls_at_large(draw: Draw) -> Poll:
    """Draw a poll of up to six ballots of any weights on up to four options, of any names, with any threshold, which may be just met."""
    options, electors = some_names(draw, "option", 1, 4), some_names(draw, "elector", 1, 6)
    ballots = tuple(Ballot(each, draw.one_of(f"{each} votes", votes(options)), draw.amount(f"{each} weighs")) for each in electors)
    electorate = sum(ballot.weight for ballot in ballots) + draw.amount("absent")
    poll = Poll(options, ballots, electorate, HALF + draw.amount("threshold above a half", at_most=HALF))
    most = max(support(poll, option) for option in options)
    just_met = draw.one_of("the threshold is just met", (False, True)) and most + most > electorate
    return evolve(poll, threshold=ratio(most, electorate)) if just_met else poll


def careless_polls(draw: Draw) -> Poll:
    """Draw a poll with any flaws, or none: what is told is the first."""
    options = tuple(draw.one_of(f"option {place}", ("a", "b", "c")) for place in range(draw.one_of("options", range(4))))
    return Poll(options, careless_ballots(draw), perhaps(draw, "electorate"), perhaps(draw, "threshold"))


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

    def at_other_places(ballot: Ballot) -> dict[str, Poll]:
        return {"the only vote": evolve(good, ballots=(ballot,)), "the first vote": evolve(good, ballots=(ballot, *good.ballots))}

    no_vote: Any = "reject"
    wrong = {
        "unknown option": Ballot("bob", ("z",)),
        "several options": Ballot("bob", ("a", "b")),
        "none": Ballot("bob", no_vote),
        "overlong": Ballot("bob", ("a", "b", "a")),
        "repeated": Ballot("bob", ("b", "b")),
        **{kind: Ballot("bob", ("a",), value) for kind, value in NO_AMOUNTS.items()},
    }
    return {
        "no options": evolve(good, options=(), ballots=()),
        "an option twice": evolve(good, options=("a", "b", "a")),
        "no electors": evolve(good, electorate=0, ballots=()),
        "too many votes": electorate(Fraction(999, 1000)),
        "threshold too low": threshold(Fraction(499, 1000)),
        "threshold too high": threshold(Fraction(1001, 1000)),
        "votes twice": vote(Ballot("ann", ("b",))),
        "unknown option": vote(Ballot("bob", ("z",))),
        "overlong": vote(Ballot("bob", ("a", "b", "a"))),
        "an option repeated": vote(Ballot("bob", ("a", "a"))),
        "several options": vote(Ballot("bob", ("a", "b"))),
        "no vote": vote(Ballot("bob", no_vote)),
        **{f"{which}: {kind}": poll for kind, ballot in wrong.items() for which, poll in at_other_places(ballot).items()},
        **{f"the electorate: {kind}": electorate(value) for kind, value in NO_AMOUNTS.items()},
        **{f"the threshold: {kind}": threshold(value) for kind, value in NO_AMOUNTS.items()},
        **{f"a weight: {kind}": vote(Ballot("bob", ("a",), value)) for kind, value in NO_AMOUNTS.items()},
    }


POLLS = Domain(small_polls, malformed_polls, malformed_polls_are_rejected, voters, misreport, gain)
truthful_votes = POLLS.truthful

CLAUSES: tuple[RuleClause, ...] = (
    malformed_polls_are_rejected,
    elected_by_enough_of_the_electorate,
    at_most_one_is_elected,
    votes_are_counted_as_cast,
    unanimity_decides,
    exclusive_proposals_never_both_pass,
    one_more_vote_never_harms,
    positively_responsive,
    anonymous,
    neutral,
    truthful_votes,
)
