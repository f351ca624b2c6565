"""What proposers do wrong: ballots, promises and proposals."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.paxos_synod.voting import Strict
from concordant.refimpl.consensus.paxos_synod import SAFETY, Accepting, Idle, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import ANY, Ask, Pitfall, Receive, Step, System, cut_off, step
from concordant.spec.consensus.paxos_synod import Accept, Ballot, History, Prepare, Promise, Propose, Proposed, Vote
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Network, Send, addresses, broadcast


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
class SkipsPhaseOne(Proposer):
    """Proposes at once, in a ballot that nobody has promised."""

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if not isinstance(state, Idle):
            return super().request(state, client, request)
        proposal = Vote(self.next_ballot(state), request.value)
        asked = broadcast(self.acceptors, Accept(proposal))
        return step(Accepting(proposal, client, request.value), Announce(Proposed(proposal)), *asked)


@frozen
class NeverJumps(Proposer):
    """Counts its rounds by itself, and learns nothing from the ballot that preempted it."""

    def preempted(self, state: Preparing | Accepting, promised: Ballot) -> Step[Proposing]:
        after = super().preempted(state, promised)
        return step(Idle(self.current(state).round), *after.effects)


@frozen
class AsksForItsOwn(Proposer):
    """Announces the value that is safe, and asks for votes for its own."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state)
        asked = Accept(Vote(state.ballot, state.value))
        return step(after.state, *(evolve(effect, message=asked) if isinstance(effect, Send) else effect for effect in after.effects))


# ---- the pitfalls, in systems as small as shows them

RELIABLE = Network()
LOSING = Network(duplicating=True, losses=None)
P0, P1, P2 = addresses("proposer", 3)
A0, A1, A2, A3, A4 = addresses("acceptor", 5)


def without(whole: System[History], *channels: tuple[Address, Address]) -> System[History]:
    """Return a system in which nothing arrives on some channels, those that the mistake does not need, so that few states are left."""
    return evolve(whole, assume=(*whole.assume, cut_off(*channels)), symmetric=())


SHARED_BALLOTS = Pitfall(
    "PAX-1",
    "Ballots carry no proposer: two proposers use the same ballot, and acceptors promise it to both.",
    breaks=spec.agreement,
    subject=without(system(learners=0, network=RELIABLE, proposer=Anonymous, promises=SAFETY, patient=True), (P0, A2), (P1, A0)),
    length=14,
)
SHARED_BALLOTS_STRICT = Pitfall(
    "PAX-1/strict",
    "Ballots are shared and acceptors answer each only once: no two values are chosen, but a lost promise is never repeated.",
    breaks=spec.nobody_waits,
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
NO_JUMP = Pitfall(
    "PAX-4",
    "A proposer that was preempted tries its own next round, again and again below the ballot that came first.",
    breaks=spec.a_new_ballot_is_above_the_one_that_preempted_the_last,
    subject=system((("x", "z"), ("y", "w")), acceptors=1, learners=0, network=RELIABLE, proposer=NeverJumps, promises=SAFETY, patient=True),
    length=11,
)


def _own_lists() -> Pitfall:
    whole = system(acceptors=5, learners=0, network=RELIABLE, promises=SAFETY, patient=True)
    lists = {P0: Proposer(P0, (A0, A1, A2)), P1: Proposer(P1, (A2, A3, A4))}
    return Pitfall(
        "PAX-10",
        "Each proposer counts a majority of the acceptors that it happens to know: two such majorities need not meet.",
        breaks=spec.agreement,
        subject=without(evolve(whole, processes={**whole.processes, **lists}, history=History(quorum=2)), (P0, A2), (P1, A2)),
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
    subject=without(system(learners=0, network=RELIABLE, proposer=KeepsItsOwnValue, promises=SAFETY, patient=True), (P0, A2), (P1, A0)),
    length=11,
)
PROPOSES_AT_EVERY_PROMISE = Pitfall(
    "paxos_synod.ProposesAtEveryPromise",
    "A proposer goes on gathering promises after it has proposed, and proposes again in the same ballot.",
    breaks=spec.one_value_per_ballot,
    subject=without(system(learners=0, network=RELIABLE, proposer=ProposesAtEveryPromise, promises=SAFETY, patient=True), (P0, A2)),
    length=13,
    quick=False,
)
SKIPS_PHASE_ONE = Pitfall(
    "paxos_synod.SkipsPhaseOne",
    "A proposer that was never preempted asks for votes without asking for promises.",
    breaks=spec.a_proposal_is_of_the_ballot_prepared,
    subject=system((("x",),), acceptors=1, learners=0, network=RELIABLE, proposer=SkipsPhaseOne, patient=True),
    length=1,
)
SHARED_BALLOTS_BEGUN = Pitfall(
    "paxos_synod.Anonymous/begun",
    "A proposer begins a ballot that is not its own.",
    breaks=spec.a_ballot_is_begun_once,
    subject=system((("x",),), acceptors=1, learners=0, network=RELIABLE, proposer=Anonymous, patient=True),
    length=1,
)
SHARED_BALLOTS_SAID = Pitfall(
    "paxos_synod.Anonymous",
    "A ballot does not say whose it is.",
    breaks=spec.a_message_is_true,
    subject=system((("x",),), acceptors=1, learners=0, network=RELIABLE, proposer=Anonymous, patient=True),
    length=1,
)
ASKS_FOR_ITS_OWN = Pitfall(
    "paxos_synod.AsksForItsOwn",
    "A proposer announces the value that is safe, and asks for votes for its own.",
    breaks=spec.a_message_is_true,
    subject=system(acceptors=1, learners=0, network=RELIABLE, proposer=AsksForItsOwn, promises=SAFETY, patient=True),
    length=7,
)
