"""What goes wrong with officers. The documents ask one voter after the other, or count whatever comes in."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.ballot_box import (
    BORDA,
    OF_RANKINGS,
    SAFETY,
    Closed,
    Collecting,
    Idle,
    Officer,
    Officiating,
    system,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Reply, Send, broadcast
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import OPENED_BEFORE, Cast, Close, Counted, Open, Opened, Vote
from concordant.spec.voting.shared.voting import Ballot, Ranking


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
class CountsNonsense(Officer):
    """Counts whatever an elector sends."""

    def receive(self, state: Officiating, source: Address, message: Vote) -> Step[Officiating] | None:
        if not isinstance(state, Collecting) or not self.may_vote(source):
            return super().receive(state, source, message)
        return self.close_if_complete(evolve(state, votes=self.keep(state.votes, source, message.ranking)))


@frozen
class FillsIn(Officer):
    """Takes silence for a vote for the first option."""

    def count(self, state: Collecting) -> Counted:
        silent: Map[Address, Ranking] = Map.of(
            {elector: (self.form.options[0],) for elector in self.electorate if elector not in state.votes}
        )
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
        if not isinstance(state, Closed) or any(ballot.voter == str(source) for ballot in state.result.election.ballots):
            return super().receive(state, source, message)
        ballots = (*state.result.election.ballots, Ballot(str(source), message.ranking))
        return self.recounted(Closed(self.form.count(ballots, len(self.electorate))))

    def recounted(self, state: Closed) -> Step[Officiating]:
        return step(state)


@frozen
class AnnouncesAgain(CountsLateVotes):
    """Goes on counting after the poll is closed, and says so."""

    def recounted(self, state: Closed) -> Step[Officiating]:
        return step(state, Announce(state.result))


@frozen
class OpensAgain(Officer):
    """Opens a poll as often as it is asked to, and forgets what it has announced."""

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:
        return super().request(Idle() if isinstance(state, Closed) else state, client, request)


@frozen
class OpensAndRejects(Officer):
    """Opens the poll, then looks whether it is open."""

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:
        opened = super().request(state, client, request)
        return opened.then(lambda after: step(after, Reply(client, OPENED_BEFORE))) if isinstance(state, Idle) else opened


@frozen
class OpensNothing(Officer):
    """Takes a poll for open that is not."""

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:  # noqa: ARG002  # that is the mistake
        return step(state, Reply(client, OPENED_BEFORE))


@frozen
class ServesTheLatest(Officer):
    """Collects votes on behalf of whoever asked last."""

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:
        if not isinstance(state, Collecting):
            return super().request(state, client, request)
        return step(evolve(state, client=client), *broadcast(self.electorate, Opened()))


@frozen
class TellsTheTrend(Officer):
    """Tells its user what it counted before the last vote came."""

    def close(self, state: Collecting) -> Step[Officiating]:
        closed = super().close(state)
        told = self.count(evolve(state, votes=Map(state.votes.pairs[:-1])))
        return Step(closed.state, tuple(Reply(each.to, told) if isinstance(each, Reply) else each for each in closed.effects))


@frozen
class BlanksMinorities(Officer):
    """Counts as abstentions the votes for all options but the first."""

    def ballots(self, state: Collecting) -> tuple[Ballot, ...]:
        first = (self.form.options[0],)
        return tuple(ballot if ballot.ranking == first else evolve(ballot, ranking=()) for ballot in super().ballots(state))


@frozen
class WeighsByRank(Officer):
    """Gives the first elector two votes."""

    def ballots(self, state: Collecting) -> tuple[Ballot, ...]:
        first = str(self.electorate[0])
        return tuple(evolve(ballot, weight=2) if ballot.voter == first else ballot for ballot in super().ballots(state))


@frozen
class SortsOptions(Officer):
    """Lists options in an order of its own, which breaks ties otherwise."""

    def count(self, state: Collecting) -> Counted:
        backwards = evolve(self.form, options=self.form.options[::-1])
        return backwards.count(self.ballots(state), self.measure(state))


# ---- the pitfalls, in systems as small as shows them

FOR_OR_AGAINST = (Cast(("x",)), Cast(("y",)))
FOR = (Cast(("x",)),)
STRANGER = Address("stranger")
RANKED = (Cast(("x", "y", "z")),)
LAST_OF_TWO = Address("elector", 1)
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
    breaks=spec.the_terms_stand,
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
    "Rankings are asked for one after the other, without a deadline: one voter that is silent blocks.",
    breaks=spec.nobody_waits,
    subject=system(
        2, form=BORDA, choices=RANKED, faults=Faults(crashes=1, who=(LAST_OF_TWO,)), officer=AsksOneAfterTheOther, promises=OF_RANKINGS
    ),
    length=6,
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
    "The poll is closed as soon as something leads: votes that came in time are not counted.",
    breaks=spec.votes_in_time_count,
    subject=system(2, faults=Faults(synchronous=True), officer=ClosesEarly),
    length=5,
)
COUNTS_LATE_VOTES = Pitfall(
    "ballot_box.CountsLateVotes",
    "A vote that comes after the deadline reverses the result.",
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
OPENS_AGAIN = Pitfall(
    "ballot_box.OpensAgain",
    "A poll that was counted is opened again, and its result forgotten.",
    breaks=spec.a_result_is_final,
    subject=system(1, attempts=2, officer=OpensAgain),
    length=3,
)
OPENS_AND_REJECTS = Pitfall(
    "ballot_box.OpensAndRejects",
    "The user who opened the poll is told that it was already open.",
    breaks=spec.an_answer_is_true,
    subject=system(1, officer=OpensAndRejects),
    length=1,
)
ANSWERED_TWICE = Pitfall(
    "ballot_box.OpensAndRejects/twice",
    "A user who was told that the poll is another's is told the result.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, officer=OpensAndRejects),
    length=2,
)
OPENS_NOTHING = Pitfall(
    "ballot_box.OpensNothing",
    "The user who opens the poll is told that it is open, and it is not.",
    breaks=spec.an_answer_is_true,
    subject=system(1, officer=OpensNothing),
    length=1,
)
SERVES_THE_LATEST = Pitfall(
    "ballot_box.ServesTheLatest",
    "A user who asks for a poll that is open takes it from the user who opened it.",
    breaks=spec.an_answer_is_true,
    subject=system(1, rivals=1, officer=ServesTheLatest),
    length=3,
)
TELLS_THE_TREND = Pitfall(
    "ballot_box.TellsTheTrend",
    "The user who opened the poll is told a result other than the one announced.",
    breaks=spec.an_answer_is_true,
    subject=system(1, officer=TellsTheTrend),
    length=4,
)
BLANKS_MINORITIES = Pitfall(
    "ballot_box.BlanksMinorities",
    "Votes that came in time are counted, but not as they were cast.",
    breaks=spec.votes_in_time_count,
    subject=system(1, faults=Faults(synchronous=True), officer=BlanksMinorities),
    length=4,
)
WEIGHS_BY_RANK = Pitfall(
    "ballot_box.WeighsByRank",
    "The vote of one elector weighs as much as two.",
    breaks=spec.only_votes_of_electors_count,
    subject=system(2, officer=WeighsByRank),
    length=5,
)
SORTS_OPTIONS = Pitfall(
    "ballot_box.SortsOptions",
    "The options are counted in an order other than the one announced.",
    breaks=spec.the_terms_stand,
    subject=system(1, officer=SortsOptions),
    length=2,
)
COUNTS_NONSENSE = Pitfall(
    "ballot_box.CountsNonsense",
    "A vote for something that is not an option is counted: the rule rejects everybody's votes.",
    breaks=spec.only_votes_of_electors_count,
    subject=system(2, liars=(LAST_OF_TWO,), officer=CountsNonsense),
    length=3,
)
