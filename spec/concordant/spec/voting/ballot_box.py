"""Ballot box: officers collect votes over a network until a deadline, then count them by a rule and announce the result.

The rule is that of `majority_vote`, for votes of one option, of `weighted_vote`, where they have weights, or of `borda_count`, for
rankings; what it promises of every election is promised here of every one that is counted. Several officers may count the same votes on their own, as the sides
of a partition do.
Assumes: the electorate is known beforehand; officers do not lie, nor recover from a crash; whoever receives a message knows
its sender. Electors may lie, or be silent. Votes are not secret from the officers.
Does not promise: that a vote is counted, unless it arrives before the deadline; that several officers agree, where an elector
lies or where rankings are counted, for which no majority is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Deadline,
    Fair,
    Fault,
    Map,
    Need,
    Rejected,
    Reply,
    Seen,
    Send,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    obeys,
    on_event,
    sometimes,
)
from concordant.spec.voting import borda_count, weighted_vote
from concordant.spec.voting.majority_vote import (
    Poll,
    elected_by_enough_of_the_electorate,
    unanimity_decides,
    votes_are_counted_as_cast,
)
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Ballot, Elected, Election, Ranking, rankings, tied
from concordant.spec.voting.weighted_vote import WeightedPoll


@frozen
class WeightedElection(Election):
    """Votes of at most one option each, which weigh what is listed in the `electorate`, whoever of it is silent."""

    electorate: tuple[weighted_vote.Elector, ...]


# ---- messages


@frozen
class Opened:
    """An officer calls for votes."""


@frozen
class Vote:
    """An elector's vote, sent once to every officer that calls for it; an empty one abstains."""

    ranking: Ranking


# ---- requests and answers


@frozen
class Open:
    """A user opens the poll at an officer. Answered by `Counted`, or `Rejected` where it was opened before."""


@frozen
class Cast:
    """An elector's user makes up its mind. Answered by `Voted`, or `Rejected` for what is no vote, or where it has voted before."""

    ranking: Ranking


OPENED_BEFORE = Rejected("the poll was opened before")
VOTED_BEFORE = Rejected("the elector has voted before")
NO_VOTE = Rejected("it is no vote: it lists what is no option, or too much")

# ---- triggers


@frozen
class Close(Deadline):
    """The time to vote is over."""


# ---- events


@frozen
class Voted:
    """An elector has made up its mind. Also its answer to its user."""

    ranking: Ranking


@frozen
class Counted:
    """An officer has closed the poll and counted. Also its answer to the user who opened it."""

    election: Election
    outcome: voting.Outcome


# ---- views


@frozen
class OfficerView:
    """What an officer has announced; None while it has not."""

    outcome: voting.Outcome | None = None


@frozen
class ElectorView:
    """What an elector has decided on; None while it has not."""

    ranking: Ranking | None = None


# ---- history


@frozen
class History:
    """Where the poll is open, what electors decided on, and what each officer announced, up to twice.

    `owed`: the call in which a poll was opened or a vote cast, until it is answered. Fixed: `electorate` names all electors,
    `liars` those among them who lie; `terms` is the election without its ballots.
    """

    electorate: frozenset[Address]
    terms: Election
    liars: frozenset[Address] = frozenset()
    calls: Calls = Calls()
    owed: Map[Address, Call] = Map()
    opened: frozenset[Address] = frozenset()
    votes: Map[Address, Ranking] = Map()
    results: Map[Address, tuple[Counted, ...]] = Map()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        calls = self.calls.after(at, by, happening)
        seen = self if calls is self.calls else evolve(self, calls=calls)  # on purpose
        match happening:
            case Send(_, Opened()) if at not in self.opened:
                return evolve(seen, opened=self.opened | {at}, owed=owing(self, at))
            case Voted(ranking):
                return evolve(seen, votes=self.votes.put(at, ranking), owed=owing(self, at))
            case Counted():
                return evolve(seen, results=self.results.put(at, (*self.results.get(at, ()), happening)[:2]))
            case Reply(user) if self.owed.get(at) == Call(user, at):
                return evolve(seen, owed=self.owed.drop(at))
            case _:
                return seen

    def counted(self) -> Iterator[Counted]:
        """Yield all results that were announced."""
        for results in self.results.values():
            yield from results


def owing(history: History, at: Address) -> Map[Address, Call]:
    """Return what is owed when a process takes the request of a call that is open there."""
    calls = [call for call in history.calls.open if call.at == at]
    return history.owed.put(at, calls[0]) if calls else history.owed


def possible(terms: Election) -> tuple[Ranking, ...]:
    """List all that may be voted: one option or none, or, where rankings are counted, some options in any order."""
    if isinstance(terms, Poll | WeightedElection):
        return ((), *((option,) for option in terms.options))
    return rankings(terms.options, truncated=True)


# ---- clauses: what electors are asked and told

FAULTY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH
ALL = FAULTY | Fault.BYZANTINE


@on_event(Voted, under=ALL)
def an_elector_votes_as_its_user_says(before: History, by: Address, event: Voted) -> Cases:
    """An elector decides once, on what its user asks for, and only on what may be voted."""
    asked = tuple(request for call, request in before.calls.open.items() if call.at == by)
    legal = Cast(event.ranking) in asked and event.ranking in possible(before.terms)
    yield case(legal and by not in before.votes, elector=by, decides=event.ranking, asked=asked, before=before.votes.get(by))


@on_event(Send, under=ALL)
def a_vote_goes_to_who_calls_for_it(before: History, by: Address, event: Send) -> Cases:
    """An elector sends the vote that it decided on, and only to an officer that has called for it."""
    if isinstance(event.message, Vote):
        cast = (by, event.message.ranking) in before.votes.items()
        yield case(cast and event.to in before.opened, to=event.to, called=before.opened, sent=event.message, decided=before.votes.get(by))


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A voter is told its own vote, whoever opened a poll its result, and anybody else only which rule it breaks."""
    call = Call(event.to, by)
    true = tuple(answers(before, call))
    yield case(event.answer in true, to=event.to, asked=before.calls.open.get(call), told=event.answer, true=true)


def answers(before: History, call: Call) -> Iterator[object]:
    """Yield all that may be answered to a call."""
    match before.calls.open.get(call):
        case Cast() if before.owed.get(call.at) == call:
            yield Voted(before.votes[call.at])
        case Cast(ranking):
            if call.at in before.votes:
                yield VOTED_BEFORE
            if ranking not in possible(before.terms):
                yield NO_VOTE
        case Open() if before.owed.get(call.at) == call:
            yield from before.results.get(call.at, ())
        case Open() if call.at in before.opened:
            yield OPENED_BEFORE


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: the count


@on_event(Counted, under=ALL)
def counts_once(before: History, by: Address, event: Counted) -> Cases:
    """An officer announces one result."""
    yield case(by not in before.results, officer=by, before=before.results.get(by), again=event.outcome)


@on_event(Counted, under=ALL)
def every_elector_counts_at_most_once(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No elector is counted twice, however often its vote arrives, and whatever else it sends."""
    voters = [ballot.voter for ballot in event.election.ballots]
    again = tuple(voter for voter in sorted(set(voters)) if voters.count(voter) > 1)
    if voters:
        yield case(not again, again=again)


@on_event(Counted, under=ALL)
def only_votes_of_electors_count(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """What is counted was cast by an elector, as one vote; of one that does not lie, it is what it decided on."""
    cast = [Ballot(str(elector), ranking) for elector, ranking in before.votes.items()]
    lies = [Ballot(str(liar), ranking) for liar in sorted(before.liars) for ranking in possible(before.terms)]
    neither = tuple(ballot for ballot in event.election.ballots if ballot not in (*cast, *lies))
    if event.election.ballots:
        yield case(not neither, neither=neither, cast=tuple(cast))


@on_event(Counted, needs=Need.TIMELY)
def votes_in_time_count(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """Whoever voted before the poll closed is counted, if messages arrive in time."""
    for elector, ranking in before.votes.items():
        yield case(Ballot(str(elector), ranking) in event.election.ballots, elector=elector, voted=ranking)


@on_event(Counted, under=ALL)
def the_terms_stand(before: History, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """Options, threshold and electorate are those that were announced: what counts is all who may vote, however few did."""
    yield case(evolve(event.election, ballots=()) == before.terms, counted=event.election, announced=before.terms)


@always(under=FAULTY)
def agreement(seen: Seen[History]) -> Cases:
    """No two officers elect different options, however few votes reach each.

    Two sets of more than half of one electorate have an elector in common, and this one has sent the same vote to both.
    """
    elected = {option for result in seen.history.counted() for option in tied(result.outcome)}
    if elected:
        yield case(len(elected) <= 1, elected=elected)


@every_step(OfficerView, under=ALL)
def a_result_is_final(before: OfficerView, after: OfficerView) -> Cases:
    """What an officer has announced never changes."""
    yield from common.final(before.outcome, after.outcome)


@every_step(ElectorView, under=ALL)
def a_vote_is_final(before: ElectorView, after: ElectorView) -> Cases:
    """What an elector has decided on never changes: it may have been sent already."""
    yield from common.final(before.ranking, after.ranking)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest every poll that was opened is counted, whoever is silent, unless its officer has crashed."""
    yield from common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_poll_is_counted(seen: Seen[History]) -> Cases:
    """Every poll that was opened is counted in the end."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION)
def the_last_vote_closes_the_poll(seen: Seen[History]) -> Cases:
    """Once every elector has decided, every poll that is open is counted, though no deadline passes."""
    if seen.history.electorate <= frozenset(seen.history.votes):
        yield case(not seen.waiting(), waiting=seen.waiting())


# ---- clauses: what the rules promise, of every count


def runs(history: History) -> Iterator[tuple[Election, voting.Outcome]]:
    """Yield every election that was counted, with its outcome."""
    return ((result.election, result.outcome) for result in history.counted())


def polls(history: History) -> Iterator[tuple[Poll, voting.Outcome]]:
    """Yield those among them that are polls."""
    return ((election, outcome) for election, outcome in runs(history) if isinstance(election, Poll))


def weighed(history: History) -> Iterator[tuple[WeightedPoll, voting.Outcome]]:
    """Yield those among them in which votes have weights."""
    return ((with_weights(election), outcome) for election, outcome in runs(history) if isinstance(election, WeightedElection))


def with_weights(election: WeightedElection) -> WeightedPoll:
    """Return the poll that the rule for weights decides."""
    votes = (weighted_vote.Vote(ballot.voter, ballot.ranking[0] if ballot.ranking else None) for ballot in election.ballots)
    return WeightedPoll(election.options, election.electorate, tuple(votes))


MAJORITY = tuple(
    obeys(clause, polls, under=ALL) for clause in (elected_by_enough_of_the_electorate, votes_are_counted_as_cast, unanimity_decides)
)
WEIGHTED = tuple(
    obeys(clause, weighed, under=ALL)
    for clause in (
        weighted_vote.elected_by_enough_of_the_weight,
        weighted_vote.at_most_one_is_elected,
        weighted_vote.votes_weigh_as_listed,
        weighted_vote.a_dictator_decides,
    )
)
BORDA = tuple(
    obeys(clause, runs, under=ALL)
    for clause in (
        borda_count.every_ballot_gives_the_same_points,
        voting.ties_are_told_and_broken_by_order,
        voting.pareto,
        voting.condorcet_loser_is_not_elected,
        voting.condorcet_winner_is_never_last,
    )
)

# ---- what can happen


@sometimes
def something_is_elected(seen: Seen[History]) -> Cases:
    """An option is elected."""
    yield case(any(isinstance(result.outcome, Elected) for result in seen.history.counted()))


@sometimes
def is_decided_without_a_vote(seen: Seen[History]) -> Cases:
    """An option is elected although an elector's vote is not among those counted."""
    for result in seen.history.counted():
        yield case(isinstance(result.outcome, Elected) and len(result.election.ballots) < len(seen.history.electorate), result=result)


@sometimes
def silence_decides_nothing(seen: Seen[History]) -> Cases:
    """Nothing is elected, because too few votes came in."""
    for result in seen.history.counted():
        yield case(not isinstance(result.outcome, Elected) and not result.election.ballots)
