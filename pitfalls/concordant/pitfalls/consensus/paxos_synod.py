"""What goes wrong with Paxos: each mistake is a few lines away from the reference, and breaks one clause."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from concordant.refimpl.consensus.paxos_synod import SAFETY, Accepting, Acceptor, Idle, Learner, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import ANY, Ask, Pitfall, Receive, Step, step
from concordant.spec.consensus import paxos_synod as spec
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Ballot, Chosen, Nack, Preempted, Prepare, Promise, Record, Vote
from concordant.spec.vocabulary import Address, Faults, Map, Network, Reply, addresses

# ---- proposers


@frozen
class Anonymous(Proposer):
    """Counts ballots by itself: two proposers use the same ones."""

    def next_ballot(self, state: Idle) -> Ballot:
        return Ballot(state.round + 1, Address("anybody"))


@frozen
class CountsNothingAsAVote(Proposer):
    """Takes "no vote yet" for a vote, and proposes its value."""

    def safe_value(self, votes: list[Vote], own: str) -> str:  # noqa: ARG002  # that is the mistake
        return max(votes, key=lambda vote: vote.ballot).value if votes else "nothing"


@frozen
class KeepsItsOwnValue(Proposer):
    """Asks for promises, and does not listen to what it is told."""

    def safe_value(self, votes: list[Vote], own: str) -> str:  # noqa: ARG002  # that is the mistake
        return own


@frozen
class AnyEarlierVote(Proposer):
    """Adopts some earlier vote instead of the highest: here, the lowest."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        return min(votes, key=lambda vote: vote.ballot).value if votes else own


@frozen
class ProposesAtEveryPromise(Proposer):
    """Stays in phase 1 after it has proposed, and changes its mind with the next promise."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state)
        return after if isinstance(after.state, Preparing) else step(state, *after.effects)


@frozen
class SaysNoTooSoon(Proposer):
    """Reports failure when it is overtaken, although its Accept is out and may still be voted for."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        return step(Idle(promised.round), Reply(state.client, Preempted(promised)))


@frozen
class Remembering(Accepting):
    """Phase 2 that still knows what its client asked for."""

    own: str = field(kw_only=True)


@frozen
class ConfirmsItsOwnValue(Proposer):
    """Confirms the value that was asked for, though it had to propose another."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state)
        match after.state:
            case Accepting(proposal, client, voters):
                return step(Remembering(proposal, client, voters, own=state.value), *after.effects)
            case _:
                return after

    def accepted(self, state: Accepting) -> Step[Proposing]:
        after = super().accepted(state)
        if isinstance(state, Remembering) and isinstance(after.state, Idle):
            return step(after.state, Reply(state.client, Chosen(evolve(state.proposal, value=state.own))))
        return after


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


# ---- learner


@frozen
class CountsAcrossBallots(Learner):
    """Counts votes for a value, whatever their ballots."""

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:
        return sum(vote.value == heard.value for heard in votes.values()) >= self.quorum


# ---- the pitfalls, in systems as small as shows them

RELIABLE = Network()
LOSING = Network(duplicating=True, losses=None)
P0, P1, P2 = addresses("proposer", 3)
A0, A1, A2, A3, A4 = addresses("acceptor", 5)

SHARED_BALLOTS = Pitfall(
    "PAX-1",
    "Ballots carry no proposer: two proposers use the same ballot, and acceptors promise it to both.",
    breaks=spec.agreement,
    subject=system(learners=0, network=RELIABLE, proposer=Anonymous, promises=SAFETY, patient=True),
    length=14,
)
SHARED_BALLOTS_STRICT = Pitfall(
    "PAX-1/strict",
    "Ballots are shared and acceptors answer each only once: no two values are chosen, but a lost promise is never repeated.",
    breaks=spec.a_lost_promise_is_answered_again,
    subject=system((("x",),), learners=0, network=LOSING, proposer=Anonymous, acceptor=Strict),
    length=7,
)
NOTHING_AS_A_VOTE = Pitfall(
    "PAX-2",
    "An acceptor that has not voted is taken to have voted for nothing, and nothing is proposed.",
    breaks=spec.validity,
    subject=system((("x",),), learners=0, network=RELIABLE, proposer=CountsNothingAsAVote, promises=SAFETY, patient=True),
    length=7,
)
FALSE_NO = Pitfall(
    "PAX-6",
    "A proposer that is overtaken answers no, although its Accept is out and its value may yet be chosen.",
    breaks=spec.an_answer_is_true,
    subject=system(learners=0, network=RELIABLE, proposer=SaysNoTooSoon, promises=SAFETY, patient=True),
    length=11,
)
FALSE_YES = Pitfall(
    "PAX-7",
    "A proposer that adopted another value answers as if the user's own were chosen.",
    breaks=spec.an_answer_is_true,
    subject=system(learners=0, network=RELIABLE, proposer=ConfirmsItsOwnValue, promises=SAFETY, patient=True),
    length=15,
    quick=False,
)
FORGETS_IN_A_CRASH = Pitfall(
    "PAX-9",
    "Promise and vote are kept in memory, and an acceptor comes back from a crash without them.",
    breaks=spec.agreement,
    subject=system(
        learners=0,
        network=RELIABLE,
        acceptor=Amnesiac,
        faults=Faults(crashes=1, recoveries=1, who=(A0, A1, A2)),
        promises=SAFETY,
        patient=True,
    ),
    length=16,
    quick=False,
)


def _own_lists() -> Pitfall:
    whole = system(acceptors=5, learners=0, network=RELIABLE, promises=SAFETY, patient=True)
    lists = {P0: Proposer(P0, (A0, A1, A2)), P1: Proposer(P1, (A2, A3, A4))}
    return Pitfall(
        "PAX-10",
        "Each proposer counts a majority of the acceptors that it happens to know: two such majorities need not meet.",
        breaks=spec.agreement,
        subject=evolve(whole, processes={**whole.processes, **lists}, history=Record(quorum=2), symmetric=(((A0,), (A1,)), ((A3,), (A4,)))),
        length=14,
    )


OWN_LISTS = _own_lists()

ANY_EARLIER_VOTE = Pitfall(
    "paxos_synod.AnyEarlierVote",
    "A proposer adopts some earlier vote that it is told of instead of the highest. Two ballots are too few to show it.",
    breaks=spec.agreement,
    subject=system((("x",), ("y",), ("z",)), learners=0, network=RELIABLE, proposer=AnyEarlierVote, promises=SAFETY, patient=True),
    length=20,
    schedule=(
        Ask(P0, ANY, ANY),  # x gets one vote, at the first acceptor
        Receive(A0, P0, Prepare),
        Receive(A1, P0, Prepare),
        Receive(P0, A0, Promise),
        Receive(P0, A1, Promise),
        Receive(A0, P0, Accept),
        Ask(P1, ANY, ANY),  # y is chosen by the other two, who know nothing of x
        Receive(A1, P1, Prepare),
        Receive(A2, P1, Prepare),
        Receive(P1, A1, Promise),
        Receive(P1, A2, Promise),
        Receive(A1, P1, Accept),
        Receive(A2, P1, Accept),
        Ask(P2, ANY, ANY),  # the third proposer is told of both, and takes the wrong one
        Receive(A0, P2, Prepare),
        Receive(A1, P2, Prepare),
        Receive(P2, A0, Promise),
        Receive(P2, A1, Promise),
        Receive(A0, P2, Accept(Vote(ANY, "x"))),
        Receive(A1, P2, Accept(Vote(ANY, "x"))),
    ),
    correct=system((("x",), ("y",), ("z",)), learners=0, network=RELIABLE, promises=SAFETY, patient=True),
    correct_stops_at=19,
)
KEEPS_ITS_OWN_VALUE = Pitfall(
    "paxos_synod.KeepsItsOwnValue",
    "A proposer gathers promises and proposes its own value, whatever they tell it.",
    breaks=spec.a_proposal_is_safe,
    subject=system(learners=0, network=RELIABLE, proposer=KeepsItsOwnValue, promises=SAFETY, patient=True),
    length=11,
)
PROPOSES_AT_EVERY_PROMISE = Pitfall(
    "paxos_synod.ProposesAtEveryPromise",
    "A proposer goes on gathering promises after it has proposed, and proposes again in the same ballot.",
    breaks=spec.one_value_per_ballot,
    subject=system(learners=0, network=RELIABLE, proposer=ProposesAtEveryPromise, promises=SAFETY, patient=True),
    length=13,
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
COUNTS_ACROSS_BALLOTS = Pitfall(
    "paxos_synod.CountsAcrossBallots",
    "A learner adds up votes for one value from different ballots.",
    breaks=spec.what_is_learned_is_chosen,
    subject=system(network=RELIABLE, learner=CountsAcrossBallots, promises=SAFETY, patient=True),
    length=14,
    quick=False,
)
