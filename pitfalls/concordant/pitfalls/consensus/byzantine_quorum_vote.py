"""What goes wrong with votes where some lie: the documents' own rule among it, a threshold of n - f whatever n is, and nobody who makes sure."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.byzantine_quorum_vote import V0, V1, V2, V3, YES, Done, Message, State, Voter, Voting, count, system
from concordant.refimpl.consensus.shared.byzantine import tells
from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.spec.consensus import byzantine_quorum_vote as spec
from concordant.spec.consensus.byzantine_quorum_vote import Cast, Decided, Proposal, Propose, Ready, Verdict, Vote
from concordant.spec.vocabulary import Address, Announce, Network, broadcast

COPIES = Network(duplicating=True)


@frozen
class AsWritten(Voter):
    """The documents' rule: n - f votes decide, at once, and one's own is not among them."""

    def voted(self, state: Voting, voter: Address, verdict: Verdict) -> Step[State]:
        heard = evolve(state, votes=state.votes.put(voter, verdict))
        others = count(heard.votes.drop(self.me), verdict)
        return step(Done(verdict), Announce(Decided(verdict))) if others >= self.sizes.members - self.sizes.liars else step(heard)


@frozen
class AsksNobody(AsWritten):
    """The documents' rule with f = n: no vote is needed."""

    def proposed(self, state: Voting, value: str) -> Step[State] | None:
        enough = self.sizes.members - self.sizes.liars <= 0
        verdict = Verdict(value, accepts=True)
        return step(Done(verdict), Announce(Decided(verdict))) if enough else super().proposed(state, value)


@frozen
class WaitsForEverybody(Voter):
    """Waits for the votes of all: one that lies need only be silent."""

    def may_be_ready(self, state: Voting, verdict: Verdict) -> bool:
        return count(state.votes, verdict) == self.sizes.members


@frozen
class DecidesByVotes(Voter):
    """Decides what a quorum has voted, and makes nobody else sure."""

    def may_decide(self, state: Voting, verdict: Verdict) -> bool:
        return count(state.votes, verdict) >= self.sizes.quorum


@frozen
class CountsYes(Voter):
    """Takes whatever others say for something about the proposal that it has itself, which they need not have been told."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Vote | Ready) and isinstance(state, Voting) and state.proposal is not None:
            return super().receive(state, source, evolve(message, verdict=evolve(message.verdict, value=state.proposal)))
        return super().receive(state, source, message)


@frozen
class VotesOnAll(Voter):
    """Takes proposals of anybody, and votes on each."""

    def may_propose(self) -> bool:
        return True

    def is_proposer(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True

    def proposed(self, state: Voting, value: str) -> Step[State] | None:
        return step(evolve(state, proposal=value, votes=state.votes.drop(self.me)))


@frozen
class AsksOne(Voter):
    """Asks the first of the others."""

    def request(self, state: State, client: Address, request: Propose) -> Step[State] | None:
        return evolve(self, peers=self.peers[:1]).asks(state, client, request)

    def asks(self, state: State, client: Address, request: Propose) -> Step[State] | None:
        return super().request(state, client, request)


@frozen
class VotesAgain(Voter):
    """May change its mind."""

    def may_vote(self, state: Voting) -> bool:
        return state.proposal is not None


@frozen
class TellsYes(Voter):
    """Tells everybody that it accepts, whatever it has voted."""

    def fire(self, state: State, trigger: Cast) -> Step[State]:
        after = super().fire(state, trigger)
        return step(after.state, *after.effects, *broadcast(self.peers, Vote(YES)))


@frozen
class BelievesOne(Voter):
    """Is ready to decide as soon as another is."""

    def may_be_ready(self, state: Voting, verdict: Verdict) -> bool:
        return super().may_be_ready(state, verdict) or count(state.readies, verdict) >= 1


@frozen
class GoesOnCounting(Voter):
    """Decides once more when one more is ready."""

    def counted(self, state: Voting, verdict: Verdict) -> Step[State]:
        return evolve(super().counted(state, verdict), state=state)


@frozen
class DecidesOtherwise(Voter):
    """Announces the opposite of what is decided."""

    def counted(self, state: Voting, verdict: Verdict) -> Step[State]:
        return announcing(super().counted(state, verdict), evolve(verdict, accepts=not verdict.accepts))


@frozen
class DecidesAnotherValue(Voter):
    """Announces that another value is decided."""

    def counted(self, state: Voting, verdict: Verdict) -> Step[State]:
        return announcing(super().counted(state, verdict), evolve(verdict, value="y"))


def announcing(counted: Step[State], verdict: Verdict) -> Step[State]:
    """Return a step in which this is decided, if anything is."""
    return step(Done(verdict), Announce(Decided(verdict))) if isinstance(counted.state, Done) else counted


@frozen
class OnlyTheProposerDecides(Voter):
    """Leaves it to the proposer to decide."""

    def may_decide(self, state: Voting, verdict: Verdict) -> bool:
        return super().may_decide(state, verdict) and self.may_propose()


@frozen
class BelievesWhoeverProposes(Voter):
    """Takes whoever proposes for the proposer."""

    def is_proposer(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class NeverReady(Voter):
    """Is ready only by a quorum of votes that it has heard itself."""

    def may_be_ready(self, state: Voting, verdict: Verdict) -> bool:
        return count(state.votes, verdict) >= self.sizes.quorum


X = Proposal("x")

OWN_VOTE = Pitfall(
    "BYZ-1",
    "The proposer asks all others, and needs as many votes as there are members: all accept, and nothing is decided.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(3, faulty=0, voter=AsWritten, network=COPIES),
    length=12,
)
NO_FAULT = Pitfall(
    "BYZ-2",
    "With one that may lie, the votes of all others are needed: one that is silent, and nothing is decided.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(4, liars=(V3,), voter=AsWritten, network=COPIES),
    length=12,
)
ONE_LIAR = Pitfall(
    "BYZ-3",
    "Of three two may lie, so that one vote is enough: a liar's decides, whatever the honest ones vote.",
    breaks=spec.a_decision_has_enough_votes,
    subject=system(3, faulty=2, liars=(V1, V2), lies=tells((V0,), Vote(YES)), voter=AsWritten),
    length=1,
)
NO_VOTE = Pitfall(
    "BYZ-4",
    "All may lie, so that no vote is needed: what is proposed is decided.",
    breaks=spec.a_decision_has_enough_votes,
    subject=system(2, faulty=2, voter=AsksNobody),
    length=2,
)
WAITS = Pitfall(
    "BYZ-5",
    "The votes of all are waited for, and one never comes: nobody is told anything.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(liars=(V3,), voter=WaitsForEverybody, network=COPIES),
    length=12,
)
HALF_TOLD = Pitfall(
    "BYZ-6",
    "Whoever has counted enough decides, and nobody makes sure that others do: some have decided, and the others never hear of it.",
    breaks=spec.all_decide_or_none,
    subject=system(liars=(V3,), lies=tells((V1,), Vote(YES)), voter=DecidesByVotes, network=COPIES),
    length=11,
)
VALUE_NOT_NAMED = Pitfall(
    "BYZ-7",
    "A vote does not name its value: the proposer tells x to some and y to another, all accept, and some decide x and another y.",
    breaks=spec.agreement,
    subject=system(liars=(V0,), lies=(*tells((V1, V2), X), *tells((V3,), Proposal("y"))), voter=CountsYes, network=COPIES),
    length=14,
)
TWO_PROPOSERS = Pitfall(
    "BYZ-8",
    "Two propose at the same time, and voters accept both: which value has enough votes first is another thing for each.",
    breaks=spec.agreement,
    subject=system(2, faulty=0, asked=("x", "y"), voter=VotesOnAll),
    length=10,
)
MEMBERSHIP = Unmodelled("BYZ-9", Reason.SAME, "whether the proposer is a voter decides whether n - f votes can be had", same="BYZ-1")
SLOW_PROPOSER = Pitfall(
    "byzantine_quorum_vote.AsksOne",
    "The proposer asks one voter, and leaves it to that to ask the others: they never vote.",
    breaks=spec.everybody_votes,
    subject=system(3, faulty=0, voter=AsksOne),
    length=8,
)
OTHERWISE = Pitfall(
    "byzantine_quorum_vote.DecidesOtherwise",
    "All vote the same, and hold the opposite for decided.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(1, faulty=0, voter=DecidesOtherwise),
    length=2,
)
ANOTHER_VALUE = Pitfall(
    "byzantine_quorum_vote.DecidesAnotherValue",
    "All vote on one value, and hold another for decided.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(1, faulty=0, voter=DecidesAnotherValue),
    length=2,
)
ONE_DECIDES = Pitfall(
    "byzantine_quorum_vote.OnlyTheProposerDecides",
    "The proposer decides, and leaves the others waiting.",
    breaks=spec.what_all_vote_is_decided,
    subject=system(2, faulty=0, voter=OnlyTheProposerDecides),
    length=8,
)
WHOEVER_PROPOSES = Pitfall(
    "byzantine_quorum_vote.BelievesWhoeverProposes",
    "Whoever proposes is taken for the proposer: a stranger puts something else to the vote.",
    breaks=spec.a_vote_is_on_the_proposal,
    subject=system(liars=(V3,), lies=tells((V1,), Proposal("y")), voter=BelievesWhoeverProposes),
    length=2,
)
VOTES_AGAIN = Pitfall(
    "byzantine_quorum_vote.VotesAgain",
    "A voter changes its mind.",
    breaks=spec.a_voter_votes_once,
    subject=system(2, faulty=0, voter=VotesAgain),
    length=3,
)
TELLS_YES = Pitfall(
    "byzantine_quorum_vote.TellsYes",
    "A voter tells everybody that it accepts, whatever it has voted.",
    breaks=spec.a_voter_votes_once,
    subject=system(2, faulty=0, voter=TellsYes),
    length=2,
)
ONE_WITNESS = Pitfall(
    "byzantine_quorum_vote.BelievesOne",
    "A voter is ready to decide because one other says it is, which lies.",
    breaks=spec.a_decision_has_enough_votes,
    subject=system(liars=(V3,), lies=tells((V0, V1, V2), Ready(YES)), voter=BelievesOne),
    length=3,
)
NEVER_READY = Pitfall(
    "byzantine_quorum_vote.NeverReady",
    "A voter is ready only by a quorum that it has heard itself: the liar voted for some to hear, and not for it.",
    breaks=spec.all_decide_or_none,
    subject=system(liars=(V3,), lies=tells((V0, V1), Vote(YES), Ready(YES)), voter=NeverReady, network=COPIES),
    length=15,
    quick=False,
)
DECIDES_AGAIN = Pitfall(
    "byzantine_quorum_vote.GoesOnCounting",
    "The vote is decided again for each one more that is ready.",
    breaks=spec.a_voter_decides_once,
    subject=system(2, faulty=0, voter=GoesOnCounting),
    length=7,
)
