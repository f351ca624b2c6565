"""The loop of the document, as it is written, between acceptors that follow the source.

It asks one acceptor after the other and waits for each; its ballots are numbers that it counts by itself; whoever refuses
is counted and not listened to; only the caller is told. The acceptors answer a number that they have promised again, since
no number says who asks.
"""

from __future__ import annotations

from attrs import evolve, field, frozen

from concordant.refimpl.consensus.paxos_synod import SAFETY, Accepting, Idle, Preparing, Proposer, Proposing, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.paxos_synod import (
    Accept,
    Accepted,
    Ballot,
    Began,
    Chosen,
    Nack,
    Prepare,
    Promise,
    Propose,
    Proposed,
    Resend,
    Vote,
)
from concordant.spec.consensus.paxos_synod import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Network, Rejected, Reply, Send


@frozen
class PreparingInTurn(Preparing):
    """Phase 1: has heard that many refusals besides the promises."""

    refusals: int = field(default=0, kw_only=True)


@frozen
class AcceptingInTurn(Accepting):
    """Phase 2: has heard that many refusals besides the votes."""

    refusals: int = field(default=0, kw_only=True)


@frozen
class AsWritten(Proposer):
    """Calls `prepare` of each acceptor in turn, then `accept` of each."""

    def next_ballot(self, state: Idle) -> Ballot:
        return Ballot(state.round + 1, Address("anybody"))

    def request(self, state: Proposing, client: Address, request: Propose) -> Step[Proposing]:
        if not isinstance(state, Idle):
            return super().request(state, client, request)
        ballot = self.next_ballot(state)
        return step(PreparingInTurn(ballot, client, request.value), Announce(Began(ballot)), Send(self.acceptors[0], Prepare(ballot)))

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        match state, message:
            case PreparingInTurn(), Promise(_, vote):
                return self.prepare_next(evolve(state, promises=state.promises.put(source, vote)))
            case PreparingInTurn(), Nack():
                return self.prepare_next(evolve(state, refusals=state.refusals + 1))
            case AcceptingInTurn(), Accepted():
                return self.accept_next(evolve(state, voters=state.voters | {source}))
            case AcceptingInTurn(), Nack():
                return self.accept_next(evolve(state, refusals=state.refusals + 1))
            case _:
                return None

    def prepare_next(self, state: PreparingInTurn) -> Step[Proposing]:
        asked = len(state.promises) + state.refusals
        if asked < len(self.acceptors):
            return step(state, Send(self.acceptors[asked], Prepare(state.ballot)))
        if not self.is_quorum(len(state.promises)):
            return step(Idle(state.ballot.round), Reply(state.client, Rejected("no majority promise")))
        votes = [vote for vote in state.promises.values() if vote is not None]
        proposal = Vote(state.ballot, self.safe_value(votes, state.value))
        accepting = AcceptingInTurn(proposal, state.client, state.value)
        return step(accepting, Announce(Proposed(proposal)), Send(self.acceptors[0], Accept(proposal)))

    def accept_next(self, state: AcceptingInTurn) -> Step[Proposing]:
        asked = len(state.voters) + state.refusals
        if asked < len(self.acceptors):
            return step(state, Send(self.acceptors[asked], Accept(state.proposal)))
        answer = Chosen(state.proposal) if self.is_quorum(len(state.voters)) else Rejected("no majority accept")
        return step(Idle(state.proposal.ballot.round), Reply(state.client, answer))

    def armed(self, state: Proposing) -> tuple[Resend, ...]:  # noqa: ARG002  # it waits for ever
        return ()


AS_WRITTEN = Pitfall(
    "PAX-1/as_written",
    "The loop as it is written: two coordinators use the same number, and both are told that their value was accepted.",
    breaks=spec.agreement,
    subject=evolve(system(learners=0, network=Network(), proposer=AsWritten, promises=SAFETY, patient=True), symmetric=()),
    length=20,
)
