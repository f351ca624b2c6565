"""Raft whose members change: a server of `raft` at each step, with the peers that its log says it has."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Follower, Leader, State, Trigger
from concordant.refimpl.consensus.shared.beginnings import Beginner
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import Log, Message, Mismatch, NotLeader, ServerView, Stored, Submit, clauses, position
from concordant.spec.consensus.raft_membership import NOT_NOW, Change, Configuration, History, Members, Request, members
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Network, Reply, addresses


@frozen
class Server(Process[State, Message, Request, Trigger]):
    """A server that is a member, or may become one. `alone`: what it is without peers. `first`: the members before there is a configuration in its log."""

    alone: Beginner
    first: Members

    @property
    def me(self) -> Address:
        return self.alone.me

    def start(self) -> Step[State]:
        return step(State())

    def members(self, log: Log) -> Members:
        return members(log, self.first)

    def among(self, log: Log) -> raft.Server:
        """Return the server that it is by a log, from the moment that this has a configuration."""
        return evolve(self.alone, peers=tuple(sorted(self.members(log) - {self.me})))

    # ---- clients

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        match request, state.role:
            case Submit(), _:
                return self.among(state.log).request(state, client, request)
            case Change(), Leader():
                return self.change(state, state.role, client, request)
            case _, Follower(leader):
                return step(state, Reply(client, NotLeader(leader)))
            case _:
                return step(state, Reply(client, NotLeader(None)))

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        if not self.may_change(state, request.members):
            return step(state, Reply(client, NOT_NOW))
        next = Map.of({peer: role.next.get(peer, len(state.log) + 1) for peer in sorted(request.members) if peer != self.me})
        stored = Map.of({server: role.stored.get(server, 0) for server in sorted(request.members)})
        command = Configuration(client, request.number, "", request.members)
        return self.among(state.log).submitted(state, evolve(role, next=next, stored=stored), client, command)

    def may_change(self, state: State, asked: Members) -> bool:
        one = len(self.members(state.log) ^ asked) == 1 and self.me in asked
        return one and self.is_settled(state) and self.has_begun(state)

    def is_settled(self, state: State) -> bool:
        """Tell whether the last change is committed."""
        return self.members(state.log) == self.members(state.log[: state.commit])

    def has_begun(self, state: State) -> bool:
        # The hard step. A change that an earlier leader has appended, and few have heard of, is in force at these: they may elect by it, and
        # it differs from a change made here by two servers. Once a majority has an entry of this term, they elect nobody who lacks that.
        return position(state.log, state.commit).term == state.term

    # ---- the rest, as the server that it is

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return self.among(state.log).armed(state) if self.me in self.members(state.log) else ()

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return self.among(state.log).fire(state, trigger)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Stored | Mismatch) and source not in self.members(state.log):
            return None  # it was removed meanwhile
        return self.among(state.log).receive(state, source, message)

    def survives(self, state: State) -> Iterable[State]:
        return self.among(state.log).survives(state)

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> ServerView:
        return self.among(state.log).view(state)


FIXED = (
    clauses.an_election_needs_a_majority,
    clauses.a_majority_stores_what_is_committed,
    clauses.an_answer_is_true,
    clauses.validity,
    clauses.commits,
)
"""What Raft promises where the servers are fixed, and is said in other words here."""
SAFETY: tuple[Clause, ...] = (
    *(clause for clause in raft.SAFETY if clause not in FIXED),
    spec.an_election_needs_a_majority,
    spec.a_commitment_needs_a_majority,
    spec.one_change_at_a_time,
    spec.an_answer_is_true,
    spec.whoever_follows_says_whom,
    spec.a_leader_tells_its_log,
    spec.a_change_waits_where_it_is,
    spec.validity,
)


def asks(script: tuple[str | Members, ...]) -> tuple[tuple[Request, ...], ...]:
    """Return the requests of a client: a command for each text, and a change for each set of members."""
    return tuple((Submit(number, each) if isinstance(each, str) else Change(number, each),) for number, each in enumerate(script))


def system(
    *scripts: tuple[Address, tuple[str | Members, ...]],
    first: int,
    servers: int,
    candidates: tuple[Address, ...],
    informed: bool = True,
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[core.History]:
    """Put servers and clients together, as those of Raft are, and for each script a client that asks this of this server. `first`: how many servers are members at first."""
    asked = tuple((at,) for at, _ in scripts)
    whole = raft.system(
        ((),) * len(scripts),
        servers=servers,
        candidates=candidates,
        asked=asked,
        informed=informed,
        network=network,
        faults=faults,
        promises=promises,
    )
    names = addresses("server", servers)
    initial = frozenset(names[:first])
    return evolve(
        whole,
        processes={name: server(Beginner(name, ()), initial) for name in names},
        history=History(first // 2 + 1, first=initial),
        users=tuple(User(user.name, user.at, asks(script)) for user, (_, script) in zip(whole.users, scripts, strict=True)),
        symmetric=(),
    )
