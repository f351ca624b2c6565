"""Ballot box: officers collect votes over a network until a deadline, then count them by a rule and announce the result.

The rule is that of `majority_vote`; what it promises of every poll is promised here of every poll that is counted. Several
officers may count the same votes on their own, as the sides of a partition do.
Assumes: the electorate is known beforehand; officers do not lie, nor recover from a crash; whoever receives a message knows
its sender. Electors may lie, or be silent. Votes are not secret from the officers.
Does not promise: that a vote is counted, unless it arrives before the deadline; nor, where an elector lies, that several
officers agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fair,
    Fault,
    Map,
    Need,
    Seen,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    obeys,
    on_event,
    sometimes,
)
from concordant.spec.voting.majority_vote import (
    Poll,
    elected_by_enough_of_the_electorate,
    unanimity_decides,
    votes_are_counted_as_cast,
)
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Ballot, Elected, Ranking, tied

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
    """An elector's user makes up its mind. Answered by `Voted`, or `Rejected` where it did before."""

    ranking: Ranking


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

    poll: Poll
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
class Record:
    """What electors decided on, and what each officer announced, up to twice. `electorate` names all electors, `liars` those among them who lie."""

    electorate: frozenset[Address]
    liars: frozenset[Address] = frozenset()
    votes: Map[Address, Ranking] = Map()
    results: Map[Address, tuple[Counted, ...]] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Record:  # noqa: ARG002  # electors speak for themselves
        """Fold one happening."""
        match happening:
            case Voted(ranking):
                return evolve(self, votes=self.votes.put(at, ranking))
            case Counted():
                return evolve(self, results=self.results.put(at, (*self.results.get(at, ()), happening)[:2]))
            case _:
                return self

    def counted(self) -> Iterator[Counted]:
        """Yield all results that were announced."""
        for results in self.results.values():
            yield from results


# ---- clauses

FAULTY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH
ALL = FAULTY | Fault.BYZANTINE


@on_event(Counted, under=ALL)
def counts_once(before: Record, by: Address, event: Counted) -> Cases:
    """An officer announces one result."""
    yield case(by not in before.results, officer=by, before=before.results.get(by), again=event.outcome)


@on_event(Counted, under=ALL)
def every_elector_counts_at_most_once(before: Record, by: Address, event: Counted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No elector is counted twice, however often its vote arrives, and whatever else it sends."""
    voters = [ballot.voter for ballot in event.poll.ballots]
    for voter in sorted(set(voters)):
        yield case(voters.count(voter) == 1, elector=voter)


@on_event(Counted, under=ALL)
def only_votes_of_electors_count(before: Record, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """What is counted was cast by an elector; of one that does not lie, it is what it decided on."""
    for ballot in event.poll.ballots:
        yield case(ballot in may_be_counted(before, ballot), ballot=ballot)


@on_event(Counted, needs=Need.TIMELY)
def votes_in_time_count(before: Record, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """Whoever voted before the poll closed is counted, if messages arrive in time."""
    for elector, ranking in before.votes.items():
        yield case(Ballot(str(elector), ranking) in event.poll.ballots, elector=elector)


@on_event(Counted, under=ALL)
def the_whole_electorate_is_the_measure(before: Record, by: Address, event: Counted) -> Cases:  # noqa: ARG001
    """The result is one of the whole electorate, however few votes came in."""
    yield case(event.poll.electorate == len(before.electorate), electorate=event.poll.electorate)


@always(under=FAULTY)
def agreement(seen: Seen[Record]) -> Cases:
    """No two officers elect different options, however few votes came in to each.

    Two sets of more than half of one electorate have an elector in common, and this one has sent the same vote to both.
    """
    elected = {option for result in seen.history.counted() for option in tied(result.outcome)}
    if elected:
        yield case(len(elected) == 1, elected=elected)


@every_step(OfficerView, under=ALL)
def a_result_is_final(before: OfficerView, after: OfficerView) -> Cases:
    """What an officer has announced never changes."""
    if before.outcome is not None:
        yield case(after.outcome == before.outcome, before=before.outcome, after=after.outcome)


@every_step(ElectorView, under=ALL)
def a_vote_is_final(before: ElectorView, after: ElectorView) -> Cases:
    """What an elector has decided on never changes: it may have been sent already."""
    if before.ranking is not None:
        yield case(after.ranking == before.ranking, before=before.ranking, after=after.ranking)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[Record]) -> Cases:
    """In the end every poll that was opened is counted, whoever is silent, unless its officer has crashed."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_poll_is_counted(seen: Seen[Record]) -> Cases:
    """Every poll that was opened is counted in the end."""
    yield case(not seen.waiting(), waiting=seen.waiting())


def runs(record: Record) -> Iterator[tuple[Poll, voting.Outcome]]:
    """Yield every poll that was counted, with its outcome."""
    return ((result.poll, result.outcome) for result in record.counted())


RULES = tuple(
    obeys(clause, runs, under=ALL) for clause in (elected_by_enough_of_the_electorate, votes_are_counted_as_cast, unanimity_decides)
)


@sometimes
def something_is_elected(seen: Seen[Record]) -> Cases:
    """An option is elected."""
    yield case(any(isinstance(result.outcome, Elected) for result in seen.history.counted()))


@sometimes
def is_decided_without_a_vote(seen: Seen[Record]) -> Cases:
    """An option is elected although an elector's vote is not among those counted."""
    for result in seen.history.counted():
        yield case(isinstance(result.outcome, Elected) and len(result.poll.ballots) < len(seen.history.electorate), result=result)


@sometimes
def silence_decides_nothing(seen: Seen[Record]) -> Cases:
    """Nothing is elected, since too few votes came in."""
    for result in seen.history.counted():
        yield case(not isinstance(result.outcome, Elected) and not result.poll.ballots)


def may_be_counted(record: Record, ballot: Ballot) -> tuple[Ballot, ...]:
    """List the ballots that may be counted under the name of a ballot."""
    liars = {str(liar) for liar in record.liars}
    honest = tuple(Ballot(str(elector), ranking) for elector, ranking in record.votes.items())
    return (*honest, ballot) if ballot.voter in liars else honest
