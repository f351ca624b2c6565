"""What acceptors and learners do wrong: promises, votes and what is learned from them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus.paxos_synod import SAFETY, Acceptor, Learner, Learning, system
from concordant.refimpl.machine import ANY, Ask, Crash, Pitfall, Receive, Recover, Step, System, step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, History, Nack, Prepare, Promise, Vote
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Effect, Faults, Map, Network, Send, addresses

# ---- acceptors


@frozen
class Strict(Acceptor):
    """Answers each ballot once: safe, but a promise that was lost is lost for good."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:
        return ballot > promised

    def refuse(self, state: AcceptorView, source: Address, nack: Nack) -> Step[AcceptorView]:
        return step(state) if nack.ballot == nack.promised else super().refuse(state, source, nack)


@frozen
class PromisesAnyBallot(Acceptor):
    """Promises whatever it is asked for."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class IgnoresItsPromise(Acceptor):
    """Votes in any ballot."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class Amnesiac(Acceptor):
    """Keeps promise and vote in memory."""

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:  # noqa: ARG002  # that is the mistake
        return (AcceptorView(),)


@frozen
class VotesWithoutAPromise(Acceptor):
    """Does not take a vote for a promise: it may still promise, and vote in, a lower ballot."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        return step(evolve(after.state, promised=state.promised), *after.effects) if isinstance(message, Accept) else after


@frozen
class KeepsItsPromiseOnly(Acceptor):
    """Keeps its promise on stable storage, and its vote in memory."""

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:
        return (evolve(state, vote=None),)


@frozen
class TellsNoVote(Acceptor):
    """Promises, and does not tell of its vote."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        return step(after.state, *map(_without_its_vote, after.effects))


def _without_its_vote(effect: Effect) -> Effect:
    match effect:
        case Send(to, Promise(ballot, _)):
            return Send(to, Promise(ballot, None))
        case _:
            return effect


@frozen
class ConfirmsWhatItRefuses(Acceptor):
    """Confirms every vote that it is asked for, also one that it does not give."""

    def refuse(self, state: AcceptorView, source: Address, nack: Nack) -> Step[AcceptorView]:
        return step(state, Send(source, Accepted(Vote(nack.ballot, "y"))))


@frozen
class RefusesItsOwnPromise(Acceptor):
    """Refuses the ballot that it has promised when it is asked again."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:
        return ballot > promised


@frozen
class TellsOnlyTheProposer(Acceptor):
    """Tells nobody of its vote but the proposer that asked for it."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        return step(after.state, *(effect for effect in after.effects if not isinstance(effect, Send) or effect.to == source))


# ---- learners


@frozen
class CountsAcrossBallots(Learner):
    """Counts votes for a value, whatever their ballots."""

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:
        return sum(vote.value == heard.value for heard in votes.values()) >= self.quorum


@frozen
class LearnsInSilence(Learner):
    """Learns, and tells nobody."""

    def receive(self, state: Learning, source: Address, message: Accepted) -> Step[Learning] | None:
        after = super().receive(state, source, message)
        return None if after is None else step(after.state, *(effect for effect in after.effects if not isinstance(effect, Announce)))


@frozen
class LearnsFromOneVote(Learner):
    """Takes a single vote for a choice."""

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:  # noqa: ARG002  # that is the mistake
        return True


# ---- the pitfalls, in systems as small as shows them

RELIABLE = Network()
P0, P1 = addresses("proposer", 2)
ACCEPTORS = A0, A1, A2 = addresses("acceptor", 3)


def _crashing(acceptor: type[Acceptor]) -> System[History]:
    faults = Faults(crashes=1, recoveries=1, who=ACCEPTORS)
    return system(learners=0, network=RELIABLE, acceptor=acceptor, faults=faults, promises=SAFETY, patient=True)


FORGETS_IN_A_CRASH = Pitfall(
    "PAX-9",
    "Promise and vote are kept in memory, and an acceptor comes back from a crash without them. A full search finds nothing shorter.",
    breaks=spec.agreement,
    subject=_crashing(Amnesiac),
    length=16,
    schedule=(
        Ask(P0, ANY, ANY),  # x is chosen by the first two acceptors
        Receive(A0, P0, Prepare),
        Receive(A1, P0, Prepare),
        Receive(P0, A0, Promise),
        Receive(P0, A1, Promise),
        Receive(A0, P0, Accept),
        Receive(A1, P0, Accept),
        Crash(A1, ANY),
        Recover(A1),
        Ask(P1, ANY, ANY),  # the other two have never heard of it
        Receive(A1, P1, Prepare),
        Receive(A2, P1, Prepare),
        Receive(P1, A1, Promise),
        Receive(P1, A2, Promise),
        Receive(A1, P1, Accept(Vote(ANY, "y"))),
        Receive(A2, P1, Accept(Vote(ANY, "y"))),
    ),
    correct=_crashing(Acceptor),
    correct_stops_at=15,
)
ONLY_THE_CALLER_LEARNS = Pitfall(
    "PAX-11",
    "There is no learner: acceptors tell only the proposer that asked them, and when it has crashed nobody knows what is chosen.",
    breaks=spec.what_is_chosen_is_learned,
    subject=system(
        (("x",),), acceptors=1, network=RELIABLE, acceptor=TellsOnlyTheProposer, faults=Faults(crashes=1, who=(P0,)), patient=True
    ),
    length=5,
)
PROMISES_ANY_BALLOT = Pitfall(
    "paxos_synod.PromisesAnyBallot",
    "An acceptor promises a ballot although it has promised a higher one.",
    breaks=spec.a_promise_never_decreases,
    subject=system(learners=0, network=RELIABLE, acceptor=PromisesAnyBallot, promises=SAFETY, patient=True),
    length=4,
)
IGNORES_ITS_PROMISE = Pitfall(
    "paxos_synod.IgnoresItsPromise",
    "An acceptor votes in a ballot below the one that it has promised.",
    breaks=spec.a_vote_keeps_the_promise,
    subject=system(learners=0, network=RELIABLE, acceptor=IgnoresItsPromise, promises=SAFETY, patient=True),
    length=8,
)
VOTES_WITHOUT_A_PROMISE = Pitfall(
    "paxos_synod.VotesWithoutAPromise",
    "A vote promises nothing: the acceptor may still promise, and vote in, a lower ballot.",
    breaks=spec.a_vote_keeps_the_promise,
    subject=system((("x",),), learners=0, network=RELIABLE, acceptor=VotesWithoutAPromise, patient=True),
    length=6,
)
KEEPS_ITS_PROMISE_ONLY = Pitfall(
    "paxos_synod.KeepsItsPromiseOnly",
    "An acceptor comes back from a crash with its promise and without its vote.",
    breaks=spec.a_vote_is_never_forgotten,
    subject=system(
        (("x",),),
        acceptors=1,
        learners=0,
        network=RELIABLE,
        acceptor=KeepsItsPromiseOnly,
        faults=Faults(crashes=1, who=(A0,)),
        patient=True,
    ),
    length=5,
)
TELLS_NO_VOTE = Pitfall(
    "paxos_synod.TellsNoVote",
    "An acceptor promises and does not report its vote.",
    breaks=spec.a_message_is_true,
    subject=system(acceptors=1, learners=0, network=RELIABLE, acceptor=TellsNoVote, promises=SAFETY, patient=True),
    length=6,
)
CONFIRMS_WHAT_IT_REFUSES = Pitfall(
    "paxos_synod.ConfirmsWhatItRefuses",
    "An acceptor confirms a vote that it was asked for and did not give.",
    breaks=spec.a_message_is_true,
    subject=system(acceptors=1, learners=0, network=RELIABLE, acceptor=ConfirmsWhatItRefuses, promises=SAFETY, patient=True),
    length=4,
)
REFUSES_ITS_OWN_PROMISE = Pitfall(
    "paxos_synod.RefusesItsOwnPromise",
    "An acceptor refuses the very ballot that it has promised when it is asked for it again.",
    breaks=spec.a_message_is_true,
    subject=system((("x",),), acceptors=1, learners=0, network=Network(duplicating=True), acceptor=RefusesItsOwnPromise, patient=True),
    length=3,
)
COUNTS_ACROSS_BALLOTS = Pitfall(
    "paxos_synod.CountsAcrossBallots",
    "A learner adds up votes for one value from different ballots.",
    breaks=spec.what_is_learned_is_chosen,
    subject=system(acceptors=2, network=RELIABLE, learner=CountsAcrossBallots, promises=SAFETY, patient=True),
    length=14,
)
LEARNS_FROM_ONE_VOTE = Pitfall(
    "paxos_synod.LearnsFromOneVote",
    "A learner announces the first vote that it hears of.",
    breaks=spec.what_is_learned_is_chosen,
    subject=system((("x",),), network=RELIABLE, learner=LearnsFromOneVote, patient=True),
    length=7,
)
LEARNS_IN_SILENCE = Pitfall(
    "paxos_synod.LearnsInSilence",
    "A learner learns what is chosen and announces nothing.",
    breaks=spec.what_is_chosen_is_learned,
    subject=system((("x",),), acceptors=1, network=RELIABLE, learner=LearnsInSilence, patient=True),
    length=6,
)
