"""The register on Paxos of Stateright (`examples/paxos.rs`), as processes: clients write once and read once.

Servers know nothing of learners: whoever has a majority of votes decides, tells its peers, and answers the client whose
value it proposed. What is sent to oneself there is done at once here, as in the original. Deliveries that are ignored are
no transitions there, which is the reduction `leave_ignored`.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.common.consistency.clauses import linearizable
from concordant.spec.common.consistency.objects import Register
from concordant.spec.vocabulary import (
    Address,
    Map,
    Network,
    Send,
    addresses,
    broadcast,
)
from tests.oracles.shared.register_clients import Get, GetOk, Put, PutOk, Record, a_value_is_read, asking_clients, observed

# ---- messages among servers


@frozen(order=True)
class Ballot:
    round: int
    leader: Address


@frozen(order=True)
class Proposal:
    request: int
    client: Address
    value: str


@frozen(order=True)
class Vote:
    ballot: Ballot
    proposal: Proposal


@frozen
class Prepare:
    ballot: Ballot


@frozen
class Prepared:
    ballot: Ballot
    vote: Vote | None


@frozen
class Accept:
    vote: Vote


@frozen
class Accepted:
    ballot: Ballot


@frozen
class Decided:
    vote: Vote


ToServer: TypeAlias = Put | Get | Prepare | Prepared | Accept | Accepted | Decided

# ---- servers


@frozen
class ServerState:
    ballot: Ballot
    proposal: Proposal | None = None
    prepares: Map[Address, Vote | None] = Map()
    accepts: frozenset[Address] = frozenset()
    vote: Vote | None = None
    decided: bool = False


@frozen
class Server(Process[ServerState, ToServer]):
    me: Address
    servers: tuple[Address, ...]

    def start(self) -> Step[ServerState]:
        return step(ServerState(Ballot(0, self.servers[0])))

    def view(self, state: ServerState) -> ServerState:
        return state

    @property
    def peers(self) -> tuple[Address, ...]:
        return tuple(server for server in self.servers if server != self.me)

    @property
    def majority(self) -> int:
        return len(self.servers) // 2 + 1

    def receive(self, state: ServerState, source: Address, message: ToServer) -> Step[ServerState] | None:
        if state.decided:
            match message, state.vote:
                case Get(request), Vote(_, chosen):
                    return step(state, Send(source, GetOk(request, chosen.value)))
                case _:
                    return None
        match message:
            case Put(request, value) if state.proposal is None:
                return self.lead(state, Proposal(request, source, value))
            case Prepare(ballot) if ballot > state.ballot:
                return step(evolve(state, ballot=ballot), Send(source, Prepared(ballot, state.vote)))
            case Prepared(ballot, vote) if ballot == state.ballot:
                return self.propose(evolve(state, prepares=state.prepares.put(source, vote)))
            case Accept(vote) if vote.ballot >= state.ballot:
                return step(evolve(state, ballot=vote.ballot, vote=vote), Send(source, Accepted(vote.ballot)))
            case Accepted(ballot) if ballot == state.ballot:
                return self.decide(evolve(state, accepts=state.accepts | {source}))
            case Decided(vote):
                return step(evolve(state, ballot=vote.ballot, vote=vote, decided=True))
            case Put() | Get() | Prepare() | Prepared() | Accept() | Accepted():
                return None
            case _:
                assert_never(message)

    def lead(self, state: ServerState, proposal: Proposal) -> Step[ServerState]:
        ballot = Ballot(state.ballot.round + 1, self.me)
        prepares: Map[Address, Vote | None] = Map.of({self.me: state.vote})
        return step(
            evolve(state, ballot=ballot, proposal=proposal, prepares=prepares, accepts=frozenset()),
            *broadcast(self.peers, Prepare(ballot)),
        )

    def propose(self, state: ServerState) -> Step[ServerState]:
        if len(state.prepares) != self.majority or state.proposal is None:
            return step(state)
        votes = [vote for vote in state.prepares.values() if vote is not None]
        vote = Vote(state.ballot, max(votes).proposal if votes else state.proposal)
        return step(evolve(state, proposal=vote.proposal, vote=vote, accepts=frozenset({self.me})), *broadcast(self.peers, Accept(vote)))

    def decide(self, state: ServerState) -> Step[ServerState]:
        if len(state.accepts) != self.majority or state.proposal is None:
            return step(state)
        decided = Decided(Vote(state.ballot, state.proposal))
        answer = Send(state.proposal.client, PutOk(state.proposal.request))
        return step(evolve(state, decided=True), *broadcast(self.peers, decided), answer)


# ---- the system


def paxos_register(clients: int, servers: int = 3) -> System[Record]:
    """Return the system of this many clients and servers. Client k is actor k + servers there, and asks accordingly."""
    names = addresses("server", servers)
    return System(
        {**{name: Server(name, names) for name in names}, **asking_clients(clients, names)},
        Record(),
        (linearizable(Register(""), observed), a_value_is_read),
        Network(),
    )
