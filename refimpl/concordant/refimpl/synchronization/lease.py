"""A server that lends one resource, agents that use it, and the store that they write to."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.synchronization.lease import (
    Acquire,
    AgentView,
    Answered,
    Expired,
    Fenced,
    Freed,
    Give,
    Granted,
    History,
    Leased,
    Put,
    Refused,
    Release,
    ServerView,
    Stored,
    StoreView,
    Take,
    Write,
)
from concordant.spec.synchronization.lease import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Faults, Network, Send, Ticks, addresses

Request: TypeAlias = Take | Put | Give


@frozen
class Lending:
    """What the server knows: who has the lease, if anybody, and the token and the end of the last one. All but the time is durable."""

    holder: Address | None = None
    token: int = 0
    until: Ticks = 0
    now: Ticks = 0


@frozen
class Server(Process[Lending, Acquire | Release]):
    """Lends the resource for so many ticks."""

    length: Ticks

    def start(self) -> Step[Lending]:
        return step(Lending())

    def receive(self, state: Lending, source: Address, message: Acquire | Release) -> Step[Lending] | None:
        match message:
            case Acquire():
                return self.grant(state, source) if self.may_grant(state, source) else step(state, Send(source, Refused()))
            case Release(token):
                return step(evolve(state, holder=None), Announce(Freed(token))) if self.ends_it(state, token) else None
            case _:
                assert_never(message)

    def may_grant(self, state: Lending, to: Address) -> bool:
        # The hard step: what another holds is over for the server when its own clock shows the end. The holder's clock is behind
        # by no more than the guard, so that it shows the end less the guard, and the holder has laid it down.
        return state.holder in (None, to) or state.now >= state.until

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = evolve(state, holder=to, token=self.next_token(state), until=state.now + self.length)
        return step(after, Announce(Leased(to, after.token, after.until)), Send(to, Granted(after.token, after.until)))

    def next_token(self, state: Lending) -> int:
        return state.token + 1

    def ends_it(self, state: Lending, token: int) -> bool:
        return state.holder is not None and token == state.token

    def tick(self, state: Lending, now: Ticks) -> Step[Lending]:
        return step(evolve(state, now=now))

    def survives(self, state: Lending) -> tuple[Lending, ...]:
        return (evolve(state, now=0),)

    def recover(self, state: Lending) -> Step[Lending]:
        return step(state)

    def view(self, state: Lending) -> ServerView:
        return ServerView(state.token, state.until)


@frozen
class Using:
    """What an agent knows: the time, whether it has asked for the lease, which it holds, and the highest token that it was granted.

    Only the last is durable.
    """

    now: Ticks = 0
    asks: bool = False
    lease: Granted | None = None
    seen: int = 0


@frozen
class Agent(Process[Using, Granted | Refused, Request]):
    """Uses the resource while it holds the lease, and lays it down so many ticks before its end."""

    server: Address
    store: Address
    guard: Ticks

    def start(self) -> Step[Using]:
        return step(Using())

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:  # noqa: ARG002  # whoever asks
        match request, state.lease:
            case Take(), _ if not state.asks:
                return step(evolve(state, asks=True), Send(self.server, Acquire()))
            case Put(), Granted(token):
                return step(state, Send(self.store, Write(token)))
            case Give(), Granted(token):
                return step(evolve(state, lease=None), Send(self.server, Release(token)))
            case _:
                return step(state)

    def receive(self, state: Using, source: Address, message: Granted | Refused) -> Step[Using] | None:  # noqa: ARG002
        match message:
            case Refused():
                return step(evolve(state, asks=False), Announce(Answered(None))) if state.asks else None
            case Granted() if not state.asks or not self.is_new(state, message):
                return None
            case Granted(token) if self.is_in_time(state.now, message):
                return step(evolve(state, asks=False, lease=message, seen=token), Announce(Answered(token)))
            case Granted(token):
                return step(evolve(state, asks=False, seen=token), Announce(Answered(None)))
            case _:
                assert_never(message)

    def is_new(self, state: Using, lease: Granted) -> bool:
        # What was granted to it before a crash may arrive after a later lease, which it has given back meanwhile: to another.
        return lease.token > state.seen

    def is_in_time(self, now: Ticks, lease: Granted) -> bool:
        return now < lease.until - self.guard

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        if state.lease is None or self.is_in_time(now, state.lease):
            return step(evolve(state, now=now))
        return step(evolve(state, now=now, lease=None), Announce(Expired(state.lease.token)))

    def survives(self, state: Using) -> tuple[Using, ...]:
        return (Using(seen=state.seen),)

    def recover(self, state: Using) -> Step[Using]:
        return step(state)

    def view(self, state: Using) -> AgentView:
        return AgentView(None, None) if state.lease is None else AgentView(state.lease.token, state.lease.until)


@frozen
class Kept:
    """What the store knows, all of it durable: the highest token that it has seen, and that which it turned down last."""

    token: int = 0
    fenced: int = 0


@frozen
class Store(Process[Kept, Write]):
    """Takes writes in the order of their tokens."""

    def start(self) -> Step[Kept]:
        return step(Kept())

    def receive(self, state: Kept, source: Address, message: Write) -> Step[Kept]:
        token = message.token
        if not self.may_store(state, token):
            return step(evolve(state, fenced=token), Announce(Fenced(token)))
        return step(evolve(state, token=token), Announce(Stored(token, source)))

    def may_store(self, state: Kept, token: int) -> bool:
        return token >= state.token

    def survives(self, state: Kept) -> tuple[Kept, ...]:
        return (state,)

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)

    def view(self, state: Kept) -> StoreView:
        return StoreView(state.token, state.fenced)


PROMISES: tuple[Clause, ...] = (
    spec.one_holder,
    spec.nothing_late_is_stored,
    spec.only_what_is_late_is_fenced,
    spec.every_lease_is_later,
    spec.lent_for_its_length,
    spec.nobody_else_has_it,
    spec.refused_for_a_reason,
    spec.only_what_is_given_back_is_freed,
    spec.does_what_it_is_told,
    spec.asks_once_at_a_time,
    spec.takes_what_is_new,
    spec.laid_down_no_sooner,
    spec.held_as_lent,
    spec.laid_down_in_time,
    spec.what_must_last_is_known,
)

SERVER, STORE = Address("server"), Address("store")
ONCE: tuple[Request, ...] = (Take(), Put())


def system(
    *scripts: tuple[Request, ...],
    length: Ticks = 2,
    guard: Ticks = 1,
    clocks: Clocks = Clocks(2),
    network: Network = Network(),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    agent: type[Agent] = Agent,
    store: type[Store] = Store,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a server, a store and agents together: one for each script, told to do what it says; by default two that write once."""
    told = scripts or (ONCE, ONCE)
    names = addresses("agent", len(told))
    users = zip(addresses("user", len(told)), names, told, strict=True)
    return System(
        {SERVER: server(length), STORE: store(), **{name: agent(SERVER, STORE, guard) for name in names}},
        History(length, guard),
        promises,
        network,
        faults,
        tuple(User(user, (name,), tuple((each,) for each in script)) for user, name, script in users),
        clocks=clocks,
    )
