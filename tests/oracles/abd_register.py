"""The linearizable register of Stateright (`examples/linearizable-register.rs`): ABD, whose clients write once and read once.

Attiya, Bar-Noy and Dolev, "Sharing memory robustly in message-passing systems" (J. ACM 1995), with several writers. What is
sent to oneself there is done at once here, as in the original.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.common.consistency.clauses import linearizable
from concordant.spec.common.consistency.objects import Register
from concordant.spec.vocabulary import Address, Map, Send, addresses, broadcast
from tests.oracles.shared.register_clients import Get, GetOk, Put, PutOk, Record, a_value_is_read, asking_clients, observed

# ---- messages among servers, each for one request


@frozen(order=True)
class Stamp:
    clock: int
    server: Address


@frozen(order=True)
class Stored:
    stamp: Stamp
    value: str


@frozen
class Query:
    request: int


@frozen
class AckQuery:
    request: int
    stored: Stored


@frozen
class Store:
    request: int
    stored: Stored


@frozen
class AckRecord:
    request: int


ToServer: TypeAlias = Put | Get | Query | AckQuery | Store | AckRecord

# ---- servers


@frozen
class Asking:
    """Collects what others have stored; `writes` is None of a read."""

    request: int
    client: Address
    writes: str | None
    heard: Map[Address, Stored]


@frozen
class Telling:
    """Waits until a majority has stored it; `reads` is None of a write."""

    request: int
    client: Address
    reads: str | None
    heard: frozenset[Address]


@frozen
class ServerState:
    stored: Stored
    phase: Asking | Telling | None = None


@frozen
class Server(Process[ServerState, ToServer]):
    me: Address
    servers: tuple[Address, ...]

    def start(self) -> Step[ServerState]:
        return step(ServerState(Stored(Stamp(0, self.me), "")))

    def view(self, state: ServerState) -> ServerState:
        return state

    @property
    def peers(self) -> tuple[Address, ...]:
        return tuple(server for server in self.servers if server != self.me)

    @property
    def majority(self) -> int:
        return len(self.servers) // 2 + 1

    def receive(self, state: ServerState, source: Address, message: ToServer) -> Step[ServerState] | None:
        match message:
            case Put(request, value):
                return self.ask(state, request, source, value)
            case Get(request):
                return self.ask(state, request, source, None)
            case Query(request):
                return step(state, Send(source, AckQuery(request, state.stored)))
            case AckQuery(request, stored):
                return self.queried(state, source, request, stored)
            case Store(request, stored):
                return step(evolve(state, stored=max(state.stored, stored)), Send(source, AckRecord(request)))
            case AckRecord(request):
                return self.recorded(state, source, request)
            case _:
                assert_never(message)

    def ask(self, state: ServerState, request: int, client: Address, writes: str | None) -> Step[ServerState] | None:
        if state.phase is not None:
            return None
        asking = Asking(request, client, writes, Map.of({self.me: state.stored}))
        return step(evolve(state, phase=asking), *broadcast(self.peers, Query(request)))

    def queried(self, state: ServerState, source: Address, request: int, stored: Stored) -> Step[ServerState] | None:
        asking = state.phase
        if not isinstance(asking, Asking) or asking.request != request:
            return None
        heard = asking.heard.put(source, stored)
        if len(heard) < self.majority:
            return step(evolve(state, phase=evolve(asking, heard=heard)))
        latest = max(heard.values())
        if asking.writes is not None:
            latest = Stored(Stamp(latest.stamp.clock + 1, self.me), asking.writes)
        reads = latest.value if asking.writes is None else None
        telling = Telling(request, asking.client, reads, frozenset({self.me}))
        return step(ServerState(max(state.stored, latest), telling), *broadcast(self.peers, Store(request, latest)))

    def recorded(self, state: ServerState, source: Address, request: int) -> Step[ServerState] | None:
        telling = state.phase
        if not isinstance(telling, Telling) or telling.request != request or source in telling.heard:
            return None
        heard = telling.heard | {source}
        if len(heard) < self.majority:
            return step(evolve(state, phase=evolve(telling, heard=heard)))
        answer = PutOk(request) if telling.reads is None else GetOk(request, telling.reads)
        return step(evolve(state, phase=None), Send(telling.client, answer))


@frozen
class AnswersAtOnce(Server):
    """Answers a read by what it has stored itself, and a write before any other has stored it."""

    def receive(self, state: ServerState, source: Address, message: ToServer) -> Step[ServerState] | None:
        return (
            step(state, Send(source, GetOk(message.request, state.stored.value)))
            if isinstance(message, Get)
            else super().receive(state, source, message)
        )

    def queried(self, state: ServerState, source: Address, request: int, stored: Stored) -> Step[ServerState] | None:
        after = super().queried(state, source, request, stored)
        telling = None if after is None else after.state.phase
        if after is None or not isinstance(telling, Telling):
            return after
        return step(evolve(after.state, phase=None), *after.effects, Send(telling.client, PutOk(request)))


def abd_register(clients: int, servers: int = 2, server: type[Server] = Server) -> System[Record]:
    """Return the system of this many clients and servers. Client k is actor k + servers there, and asks accordingly."""
    names = addresses("server", servers)
    return System(
        {**{name: server(name, names) for name in names}, **asking_clients(clients, names)},
        Record(),
        (linearizable(Register(""), observed), a_value_is_read),
    )
