"""Raft with reads: a server of `raft` that, as leader, answers a read when a majority has confirmed it after the request."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Follower, Leader, State, Trigger
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import Contact, NotLeader, Submit, Term, clauses
from concordant.spec.consensus.raft_read_index import Confirm, Confirmed, Contents, History, Message, NotYet, Read
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Network, Reply, Send, addresses, broadcast


@frozen
class Pending:
    """A read under way: the round that must be confirmed, and what was committed when it was asked for."""

    round: int
    index: int


@frozen
class Reader(Leader):
    """A leader that answers reads. `round`: how many it took; `confirmed`: the last round in which each peer followed; `reads`: those under way."""

    round: int = 0
    confirmed: Map[Address, int] = Map()
    reads: Map[Address, Pending] = Map()


@frozen
class Server(raft.Server):
    """A server that answers reads."""

    def voted(self, state: State, voter: Address) -> Step[State] | None:
        counted = super().voted(state, voter)
        if counted is None or not isinstance(counted.state.role, Leader):
            return counted
        return step(evolve(counted.state, role=Reader(counted.state.role.next, counted.state.role.stored)), *counted.effects)

    # ---- clients

    def request(self, state: State, client: Address, request: Submit | Read) -> Step[State]:
        if isinstance(request, Submit):
            return super().request(state, client, request)
        if not isinstance(state.role, Reader):
            return step(state, Reply(client, NotLeader(state.role.leader if isinstance(state.role, Follower) else None)))
        if not self.knows(state):
            return step(state, Reply(client, NotYet()))
        round = state.role.round + 1
        role = evolve(state.role, round=round, reads=state.role.reads.put(client, Pending(round, state.commit)))
        return self.answered(state, role, *broadcast(self.peers, Confirm(state.term, round)))

    def knows(self, state: State) -> bool:
        # What an earlier leader has committed stands in the log of this one, but how far that goes is known only once an entry behind it is committed.
        return state.commit > 0 and state.log[state.commit - 1].term == state.term

    def answered(self, state: State, role: Reader, *sent: Send) -> Step[State]:
        """Answer the reads that a majority has confirmed."""
        due = {client: pending for client, pending in role.reads.items() if self.is_confirmed(role, pending)}
        left = Map(tuple((client, pending) for client, pending in role.reads.items() if client not in due))
        answers = [Reply(client, Contents(state.log[: pending.index])) for client, pending in due.items()]
        return step(evolve(state, role=evolve(role, reads=left)), *sent, *answers)

    def is_confirmed(self, role: Reader, pending: Pending) -> bool:
        # The hard step. A majority followed in this term after the request: until then no later term had a leader, nor committed anything.
        return self.is_majority(1 + sum(round >= pending.round for round in role.confirmed.values()))

    # ---- rounds

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        done = super().fire(state, trigger)
        if isinstance(trigger, Contact) and isinstance(state.role, Reader) and state.role.reads:
            return step(done.state, *done.effects, Send(trigger.to, Confirm(state.term, state.role.round)))
        return done

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Confirm(term, round):
                return self.confirm(state, source, term, round) if term >= state.term else None
            case Confirmed(term, round):
                return self.confirmed(state, source, round) if term == state.term else None
            case _:
                return super().receive(state, source, message)

    def confirm(self, state: State, leader: Address, term: Term, round: int) -> Step[State]:
        entered = self.enter(state, term) if term > state.term else step(state)
        return entered.then(lambda state: step(evolve(state, role=Follower(leader)), Send(leader, Confirmed(term, round))))

    def confirmed(self, state: State, peer: Address, round: int) -> Step[State] | None:
        role = state.role
        if not isinstance(role, Reader) or round <= role.confirmed.get(peer, 0):
            return None
        return self.answered(state, evolve(role, confirmed=role.confirmed.put(peer, round)))

    def enter(self, state: State, term: Term) -> Step[State]:
        entered = super().enter(state, term)
        reads = state.role.reads if isinstance(state.role, Reader) else ()
        return step(entered.state, *entered.effects, *(Reply(client, NotLeader(None)) for client in reads))


SAFETY: tuple[Clause, ...] = (
    *(clause for clause in raft.SAFETY if clause not in (clauses.an_answer_is_true, clauses.commits)),
    spec.linearizable_reads,
    spec.a_read_is_true,
    spec.a_read_is_answered,
)


def system(
    scripts: tuple[tuple[str, ...], ...] = (("x",),),
    *,
    reads: int = 1,
    read_at: tuple[Address, ...] = (),
    servers: int = 3,
    candidates: tuple[Address, ...] = (),
    asked: tuple[tuple[Address, ...], ...] = (),
    informed: bool = True,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[core.History]:
    """Put servers, clients and a reader together, as those of Raft are. `reads`: how often the reader asks, `read_at`: whom, by default any server."""
    whole = raft.system(
        scripts, servers=servers, candidates=candidates, asked=asked, informed=informed, network=network, faults=faults, promises=promises
    )
    names = addresses("server", servers)
    return evolve(
        whole,
        processes={name: server(name, tuple(peer for peer in names if peer != name)) for name in names},
        history=History(whole.history.majority),
        users=(*whole.users, User(Address("reader", 0), read_at or names, ((Read(),),) * reads)),
        symmetric=(),
    )
