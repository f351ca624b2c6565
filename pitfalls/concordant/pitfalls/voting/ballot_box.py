"""What goes wrong with collecting votes. The documents ask one voter after the other, or count whatever comes in."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.voting.majority_vote import abstaining_is_rejecting, exactly_the_quorum, of_the_votes_received
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.ballot_box import (
    SAFETY,
    Closed,
    Collecting,
    Decided,
    Deciding,
    Electing,
    Elector,
    Idle,
    Officer,
    Officiating,
    system,
)
from concordant.refimpl.voting.borda_count import borda
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Send
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import Cast, Close, Open, Opened, Vote
from concordant.spec.voting.shared.voting import Ballot, Ranking

# ---- officers


@frozen
class HasNoDeadline(Officer):
    """Is given a deadline and never looks at it."""

    def armed(self, state: Officiating) -> tuple[Close, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class AsksOneAfterTheOther(HasNoDeadline):
    """Asks the next elector when the one before has voted."""

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:
        if not isinstance(state, Idle):
            return super().request(state, client, request)
        return step(Collecting(client), Send(self.electorate[0], Opened()))

    def close_if_complete(self, state: Collecting) -> Step[Officiating]:
        closed = super().close_if_complete(state)
        waiting = [elector for elector in self.electorate if elector not in state.votes]
        return step(state, Send(waiting[0], Opened())) if waiting else closed


@frozen
class MeasuresByVotesReceived(Officer):
    """Takes the votes that came in for the electorate."""

    def measure(self, state: Collecting) -> int:
        return len(state.votes)


@frozen
class Listing(Collecting):
    """Has seen a vote of an elector whose vote it had. `again`: the first such."""

    again: Ballot | None = None


@frozen
class CountsAList(Officer):
    """Appends each vote to a list, and does not ask whether its elector is there."""

    def receive(self, state: Officiating, source: Address, message: Vote) -> Step[Officiating] | None:
        if isinstance(state, Collecting) and source in state.votes:
            return step(Listing(state.client, state.votes, Ballot(str(source), message.ranking)))
        return super().receive(state, source, message)

    def ballots(self, state: Collecting) -> tuple[Ballot, ...]:
        again = state.again if isinstance(state, Listing) else None
        return (*super().ballots(state), *((again,) if again else ()))


@frozen
class CountsAnybody(Officer):
    """Counts votes, and does not ask who may vote."""

    def may_vote(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class FillsIn(Officer):
    """Takes silence for a vote for the first option."""

    def count(self, state: Collecting) -> spec.Counted:
        silent: Map[Address, Ranking] = Map.of({elector: (self.options[0],) for elector in self.electorate if elector not in state.votes})
        return super().count(evolve(state, votes=Map.of((*state.votes.items(), *silent.items()))))


@frozen
class ClosesEarly(Officer):
    """Closes as soon as the votes that came in have a majority for something, which the first vote has."""

    def close_if_complete(self, state: Collecting) -> Step[Officiating]:
        return self.close(state)


@frozen
class CountsLateVotes(Officer):
    """Goes on counting after the poll is closed."""

    def receive(self, state: Officiating, source: Address, message: Vote) -> Step[Officiating] | None:
        if not isinstance(state, Closed) or any(ballot.voter == str(source) for ballot in state.result.poll.ballots):
            return super().receive(state, source, message)
        poll = evolve(state.result.poll, ballots=(*state.result.poll.ballots, Ballot(str(source), message.ranking)))
        return self.recounted(Closed(spec.Counted(poll, self.rule(poll))))

    def recounted(self, state: Closed) -> Step[Officiating]:
        return step(state)


@frozen
class AnnouncesAgain(CountsLateVotes):
    """Goes on counting after the poll is closed, and says so."""

    def recounted(self, state: Closed) -> Step[Officiating]:
        return step(state, Announce(state.result))


# ---- electors


@frozen
class ChangesItsMind(Elector):
    """Takes what its user says last, whatever it has sent."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        return super().request(Deciding(self.officers) if isinstance(state, Decided) else state, client, request)


# ---- the pitfalls, in systems as small as shows them

FOR_OR_AGAINST = (Cast(("x",)), Cast(("y",)))
FOR = (Cast(("x",)),)
STRANGER = Address("stranger")
LAST_STOPS = Faults(crashes=1, who=(Address("elector", 2),))

ASKS_ONE_AFTER_THE_OTHER = Pitfall(
    "MAJ-7",
    "Electors are asked one after the other, without a deadline: one that is silent blocks, although the others could decide.",
    breaks=spec.nobody_waits,
    subject=system(choices=FOR, faults=LAST_STOPS, officer=AsksOneAfterTheOther),
    length=9,
)
PARTITION = Pitfall(
    "MAJ-8",
    "The majority is one of the votes that came in: each side of a partition elects with its own votes.",
    breaks=spec.agreement,
    subject=system(2, 2, choices=FOR_OR_AGAINST, officer=MeasuresByVotesReceived),
    length=10,
)
MEASURES_BY_VOTES_RECEIVED = Pitfall(
    "MAJ-8/measure",
    "The votes that came in are taken for the electorate.",
    breaks=spec.the_whole_electorate_is_the_measure,
    subject=system(officer=MeasuresByVotesReceived),
    length=2,
)
COUNTS_A_LIST = Pitfall(
    "MAJ-9",
    "Votes are kept in a list: one that arrives twice counts twice.",
    breaks=spec.every_elector_counts_at_most_once,
    subject=system(2, network=Network(duplicating=True), officer=CountsAList),
    length=6,
)
HAS_NO_DEADLINE = Pitfall(
    "MAJ-10",
    "The deadline is read and never used: with one vote lost the poll never ends.",
    breaks=spec.nobody_waits,
    subject=system(1, choices=FOR, network=Network(losses=1), officer=HasNoDeadline),
    length=3,
)
BORDA_WAITS = Pitfall(
    "BRD-9",
    "Ballots of a Borda count are asked for one after the other: one voter that is silent blocks.",
    breaks=spec.nobody_waits,
    subject=system(choices=FOR, rule=borda, faults=LAST_STOPS, officer=AsksOneAfterTheOther, promises=(spec.nobody_waits,)),
    length=9,
)
COUNTS_ANYBODY = Pitfall(
    "ballot_box.CountsAnybody",
    "A vote is counted whoever sent it: a stranger votes.",
    breaks=spec.only_votes_of_electors_count,
    subject=system(2, liars=(STRANGER,), officer=CountsAnybody, promises=SAFETY),
    length=3,
)
FILLS_IN = Pitfall(
    "ballot_box.FillsIn",
    "Silence is taken for a vote.",
    breaks=spec.only_votes_of_electors_count,
    subject=system(officer=FillsIn),
    length=2,
)
CLOSES_EARLY = Pitfall(
    "ballot_box.ClosesEarly",
    "The poll is closed as soon as something leads: who voted in time is not counted.",
    breaks=spec.votes_in_time_count,
    subject=system(2, faults=Faults(synchronous=True), officer=ClosesEarly),
    length=5,
)
COUNTS_LATE_VOTES = Pitfall(
    "ballot_box.CountsLateVotes",
    "A vote that comes after the deadline turns the result round.",
    breaks=spec.a_result_is_final,
    subject=system(1, officer=CountsLateVotes),
    length=5,
)
ANNOUNCES_AGAIN = Pitfall(
    "ballot_box.AnnouncesAgain",
    "A vote that comes after the deadline is counted, and a second result announced.",
    breaks=spec.counts_once,
    subject=system(1, officer=AnnouncesAgain),
    length=5,
)
WRONG_MEASURE = Pitfall(
    "ballot_box.WrongRule/votes_received",
    "The box is right and its rule is not: it elects with a majority of the votes that came in.",
    breaks=spec.RULES[0],
    subject=system(2, rule=of_the_votes_received),
    length=5,
)
WRONG_SCORES = Pitfall(
    "ballot_box.WrongRule/abstaining",
    "The box is right and its rule is not: whoever abstains is counted as rejecting.",
    breaks=spec.RULES[1],
    subject=system(1, rule=abstaining_is_rejecting),
    length=4,
)
WRONG_QUORUM = Pitfall(
    "ballot_box.WrongRule/quorum",
    "The box is right and its rule is not: one vote more than the quorum, and nothing is elected.",
    breaks=spec.RULES[2],
    subject=system(choices=FOR, rule=exactly_the_quorum),
    length=10,
)
CHANGES_ITS_MIND = Pitfall(
    "ballot_box.ChangesItsMind",
    "An elector takes a second vote from its user, who has sent the first: which of them counts depends on the network.",
    breaks=spec.a_vote_is_final,
    subject=system(1, attempts=2, elector=ChangesItsMind),
    length=2,
)
