"""What is named wrong: ballots that are another's, and promises, votes and refusals that are told otherwise than they were given.

Each breaks one part of a clause, and keeps the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve, field, frozen

from concordant.pitfalls.consensus.paxos_synod.proposing import Anonymous
from concordant.pitfalls.consensus.paxos_synod.voting import IgnoresItsPromise
from concordant.refimpl.consensus.paxos_synod import SAFETY, Accepting, Acceptor, Idle, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import ANY, Ask, Pitfall, Receive, Step, step
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Ballot, Nack, Prepare, Promise, Proposed, Vote
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Network, Send, addresses, broadcast

RELIABLE = Network()
P0, P1 = addresses("proposer", 2)
A0, A1, A2 = addresses("acceptor", 3)

# ---- proposers


@frozen
class BeginsForTheNext(Proposer):
    """Begins ballots of the proposer after it."""

    def next_ballot(self, state: Idle) -> Ballot:
        return of_the_next(super().next_ballot(state))


def of_the_next(ballot: Ballot) -> Ballot:
    """Return the ballot of this round of the proposer after this one."""
    return Ballot(ballot.round, Address(ballot.proposer.role, ballot.proposer.number + 1))


def of_its_user(ballot: Ballot) -> Ballot:
    """Return a ballot that names a user for a proposer."""
    return Ballot(ballot.round, Address("user", ballot.proposer.number))


def of_the_round_after(ballot: Ballot) -> Ballot:
    """Return the ballot of the same proposer in the round after this one."""
    return Ballot(ballot.round + 1, ballot.proposer)


@frozen
class ProposesElsewhere(Proposer):
    """Prepares one ballot, and proposes in another."""

    where: Callable[[Ballot], Ballot] = field(default=of_the_next, kw_only=True)

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state).state
        if not isinstance(after, Accepting):
            return step(after)
        proposal = Vote(self.where(state.ballot), after.proposal.value)
        return step(evolve(after, proposal=proposal), Announce(Proposed(proposal)), *broadcast(self.acceptors, Accept(proposal)))


@frozen
class ProposesForItsUser(ProposesElsewhere):
    """Prepares a ballot of its own, and proposes in one that names its user."""

    where: Callable[[Ballot], Ballot] = field(default=of_its_user, kw_only=True)


@frozen
class ProposesARoundLater(ProposesElsewhere):
    """Prepares one round, and proposes in the next."""

    where: Callable[[Ballot], Ballot] = field(default=of_the_round_after, kw_only=True)


@frozen
class ForgetsItsRound(Proposer):
    """Keeps its round in memory."""

    def survives(self, state: Proposing) -> Iterable[Proposing]:  # noqa: ARG002  # that is the mistake
        return (Idle(),)


@frozen
class Overtaken(Idle):
    """Waits for a request, and remembers the ballot that came first."""

    by: Ballot = field(kw_only=True)


@frozen
class TakesOverABallot(Proposer):
    """Is preempted, and tries again in the very ballot that came first."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        return step(Overtaken(promised.round, by=promised), *super().preempted(state, promised).effects)

    def next_ballot(self, state: Idle) -> Ballot:
        return state.by if isinstance(state, Overtaken) else super().next_ballot(state)


# ---- acceptors


@frozen
class KeepsItsVoteOnly(Acceptor):
    """Keeps its vote on stable storage, and its promise in memory."""

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:
        return (evolve(state, promised=None),)


@frozen
class KeepsTheOldPromise(Acceptor):
    """Votes in a higher ballot than it has promised, and keeps the promise as it was."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        kept = isinstance(message, Accept) and state.promised is not None
        return step(evolve(after.state, promised=state.promised), *after.effects) if kept else after


@frozen
class Tells(Acceptor):
    """Tells something else than it does: whatever it sends is changed on its way out."""

    def told(self, message: object) -> object:
        """Return what is sent instead of a message."""
        return message

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        def sent(effect: Effect) -> Effect:
            return Send(effect.to, self.told(effect.message)) if isinstance(effect, Send) else effect

        after = super().receive(state, source, message)
        return step(after.state, *map(sent, after.effects))


@frozen
class PromisesTheNextRound(Tells):
    """Promises a ballot that nobody has asked for."""

    def told(self, message: object) -> object:
        return evolve(message, ballot=of_the_round_after(message.ballot)) if isinstance(message, Promise) else message


@frozen
class TellsItsVoteAsANewOne(Tells):
    """Tells of its vote as if it were cast in the ballot that it promises."""

    def told(self, message: object) -> object:
        match message:
            case Promise(ballot, Vote(_, value)):
                return Promise(ballot, Vote(ballot, value))
            case _:
                return message


@frozen
class TellsAnotherValue(Tells):
    """Tells in which ballot it has voted, and a value for which it has not."""

    def told(self, message: object) -> object:
        match message:
            case Promise(ballot, Vote(earlier)):
                return Promise(ballot, Vote(earlier, "another"))
            case _:
                return message


@frozen
class NamesALaterRound(Tells):
    """Refuses a ballot, and names one that it has not promised."""

    def told(self, message: object) -> object:
        return Nack(message.ballot, of_the_round_after(message.promised)) if isinstance(message, Nack) else message


# ---- the pitfalls, with one acceptor where that shows them


def _of_proposer(proposer: type[Proposer], breaks: Clause, mistake: str, length: int, variant: str = "") -> Pitfall:
    return Pitfall(
        f"paxos_synod.{proposer.__name__}{variant}",
        mistake,
        breaks=breaks,
        subject=system((("x",), ("y",)), acceptors=1, learners=0, network=RELIABLE, proposer=proposer, promises=SAFETY, patient=True),
        length=length,
    )


def _of_acceptor(acceptor: type[Acceptor], mistake: str, length: int) -> Pitfall:
    return Pitfall(
        f"paxos_synod.{acceptor.__name__}",
        mistake,
        breaks=spec.a_message_is_true,
        subject=system((("x",), ("y",)), acceptors=1, learners=0, network=RELIABLE, acceptor=acceptor, promises=SAFETY, patient=True),
        length=length,
    )


BEGINS_FOR_THE_NEXT = _of_proposer(BeginsForTheNext, spec.a_ballot_is_begun_once, "A proposer begins a ballot of the next proposer.", 1)
ASKS_FOR_THE_NEXT = _of_proposer(
    BeginsForTheNext, spec.a_message_is_true, "A proposer asks for promises in a ballot of the next proposer.", 1, "/said"
)
PROPOSES_FOR_THE_NEXT = _of_proposer(
    ProposesElsewhere,
    spec.a_proposal_is_of_the_ballot_prepared,
    "A proposer prepares a ballot of its own, and proposes in one of the next proposer.",
    3,
)
PROPOSES_A_ROUND_LATER = _of_proposer(
    ProposesARoundLater, spec.a_proposal_is_of_the_ballot_prepared, "A proposer prepares one round, and proposes in the next.", 3
)
ASKS_FOR_VOTES_FOR_THE_NEXT = _of_proposer(
    ProposesElsewhere, spec.a_message_is_true, "A proposer asks for votes in a ballot of the next proposer.", 3, "/said"
)
ASKS_FOR_VOTES_FOR_ITS_USER = _of_proposer(
    ProposesForItsUser, spec.a_message_is_true, "A proposer asks for votes in a ballot that names its user, and not itself.", 3
)
SHARED_BALLOTS_VOTED = _of_proposer(
    Anonymous, spec.a_vote_is_never_forgotten, "Ballots are shared, and the second vote in one replaces the first.", 8, "/voted"
)
FORGETS_ITS_ROUND = Pitfall(
    "paxos_synod.ForgetsItsRound",
    "A proposer comes back from a crash without its round, and begins the same ballot again.",
    breaks=spec.a_ballot_is_begun_once,
    subject=system(
        (("x", "y"),),
        acceptors=1,
        learners=0,
        network=RELIABLE,
        proposer=ForgetsItsRound,
        faults=Faults(crashes=1, recoveries=1, who=(P0,)),
        promises=SAFETY,
        patient=True,
    ),
    length=4,
)
TAKES_OVER_A_BALLOT = Pitfall(
    "paxos_synod.TakesOverABallot",
    "A proposer that was preempted tries again in the ballot that came first, and not above it.",
    breaks=spec.a_new_ballot_is_above_the_one_that_preempted_the_last,
    subject=system(
        (("x", "z"), ("y",)), acceptors=1, learners=0, network=RELIABLE, proposer=TakesOverABallot, promises=SAFETY, patient=True
    ),
    length=6,
)
PROMISES_THE_NEXT_ROUND = _of_acceptor(PromisesTheNextRound, "An acceptor promises another ballot than it is asked for.", 2)
TELLS_ITS_VOTE_AS_A_NEW_ONE = _of_acceptor(
    TellsItsVoteAsANewOne, "An acceptor tells of its vote as if it were cast in the ballot that it promises.", 6
)
TELLS_ANOTHER_VALUE = _of_acceptor(TellsAnotherValue, "An acceptor tells of a vote for another value than it has voted for.", 6)
NAMES_A_LATER_ROUND = _of_acceptor(NamesALaterRound, "An acceptor refuses a ballot, and names one that nobody has begun.", 4)
KEEPS_ITS_VOTE_ONLY = Pitfall(
    "paxos_synod.KeepsItsVoteOnly",
    "An acceptor comes back from a crash with its vote and without its promise.",
    breaks=spec.a_promise_never_decreases,
    subject=system(
        (("x",),),
        acceptors=1,
        learners=0,
        network=RELIABLE,
        acceptor=KeepsItsVoteOnly,
        faults=Faults(crashes=1, who=(A0,)),
        patient=True,
    ),
    length=3,
)
VOTES_BELOW_ITS_VOTE = Pitfall(
    "paxos_synod.IgnoresItsPromise/voted",
    "An acceptor votes below its vote, for the same value, which two users have proposed: the higher ballot is forgotten.",
    breaks=spec.a_vote_is_never_forgotten,
    subject=system((("x",), ("x",)), acceptors=1, learners=0, network=RELIABLE, acceptor=IgnoresItsPromise, promises=SAFETY, patient=True),
    length=8,
)
KEEPS_THE_OLD_PROMISE = Pitfall(
    "paxos_synod.KeepsTheOldPromise",
    "A vote above the promise leaves the promise as it was: the acceptor may still vote in a ballot between them.",
    breaks=spec.a_vote_keeps_the_promise,
    subject=system(learners=0, network=RELIABLE, acceptor=KeepsTheOldPromise, promises=SAFETY, patient=True),
    length=8,
    schedule=(
        Ask(P0, ANY, ANY),
        Receive(A0, P0, Prepare),  # the first acceptor promises the lower ballot
        Ask(P1, ANY, ANY),
        Receive(A1, P1, Prepare),  # the other two the higher one
        Receive(A2, P1, Prepare),
        Receive(P1, A1, Promise),
        Receive(P1, A2, Promise),
        Receive(A0, P1, Accept),
    ),
    correct=system(learners=0, network=RELIABLE, promises=SAFETY, patient=True),
)
