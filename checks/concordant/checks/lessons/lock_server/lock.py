"""A lock server, as it might be written first: clients ask by messages, which the network may deliver twice, and in any order.

Whoever has the lock holds it under a number, which each message about it carries. Two guards do not look at that number.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Fault,
    Map,
    Network,
    NoHistory,
    Rejected,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    case,
    sometimes,
)

# ---- what is said


@frozen
class Lock:
    """A user asks its client for the lock."""


@frozen
class Unlock:
    """A user gives it back."""


@frozen
class Locked:
    """The client has the lock."""


@frozen
class Unlocked:
    """It has given it back."""


BUSY = Rejected("the client is busy")


@frozen
class Acquire:
    """A client asks the server for the lock, for the first time, the second, and so on."""

    time: int


@frozen
class Grant:
    """The client has the lock, under a number."""

    number: int


@frozen
class Release:
    """The client gives back what it held under a number."""

    number: int


# ---- what can be seen, and what must hold


@frozen
class Holds:
    """Under which number a client holds the lock; None where it does not."""

    number: int | None


@frozen
class Lends:
    """To whom the server lends the lock, and under which number; None where it is free."""

    to: Address | None
    number: int


@always(under=Fault.DUPLICATION)
def mutual_exclusion(seen: Seen[NoHistory]) -> Cases:
    """At most one client holds the lock."""
    holding = tuple(client for client, held in seen.views(Holds).items() if held.number is not None)
    yield case(len(holding) <= 1, holding=holding)


@sometimes
def the_lock_is_passed_on(seen: Seen[NoHistory]) -> Cases:
    """A client holds the lock after another has had it."""
    for held in seen.views(Holds).values():
        yield case(held.number is not None and held.number > 1, held=held)


# ---- the machines


@frozen
class Lending:
    """To whom the lock is lent, under which number, who waits for it, and who was heard asking how often."""

    to: Address | None = None
    number: int = 0
    waiting: tuple[Address, ...] = ()
    heard: Map[Address, int] = Map()


@frozen
class Server(Process[Lending, Acquire | Release, None, None]):
    """Lends the lock to one client after the other."""

    def start(self) -> Step[Lending]:
        """Begin with a lock that is free."""
        return step(Lending())

    def may_release(self, state: Lending, source: Address, release: Release) -> bool:
        """Tell whether a message gives back what is lent now."""
        return True

    def receive(self, state: Lending, source: Address, message: Acquire | Release) -> Step[Lending]:
        """Lend, let wait, or take back."""
        match message:
            case Acquire(time):
                if time <= state.heard.get(source, 0):
                    return step(state)
                return self.lend(evolve(state, waiting=(*state.waiting, source), heard=state.heard.put(source, time)))
            case Release():
                if not self.may_release(state, source, message):
                    return step(state)
                return self.lend(evolve(state, to=None))

    def lend(self, state: Lending) -> Step[Lending]:
        """Lend the lock to whoever waits longest, where it is free."""
        if state.to is not None or not state.waiting:
            return step(state)
        first, *others = state.waiting
        number = state.number + 1
        return step(evolve(state, to=first, number=number, waiting=tuple(others)), Send(first, Grant(number)))

    def view(self, state: Lending) -> Lends:
        """Show to whom the lock is lent."""
        return Lends(state.to, state.number)


@frozen
class Using:
    """What a client does: for whom it waits, under which number it holds the lock, the last that it held, and how often it has asked."""

    user: Address | None = None
    holds: int | None = None
    last: int = 0
    asked: int = 0


@frozen
class Client(Process[Using, Grant, Lock | Unlock, None]):
    """Asks for the lock when its user does, and gives it back."""

    server: Address

    def start(self) -> Step[Using]:
        """Begin without the lock."""
        return step(Using())

    def may_take(self, state: Using, grant: Grant) -> bool:
        """Tell whether a message grants what this client waits for, and is no copy of an old one."""
        return True

    def request(self, state: Using, client: Address, request: Lock | Unlock) -> Step[Using]:
        """Ask the server, or give back."""
        match request:
            case Lock() if state.user is None and state.holds is None:
                return step(evolve(state, user=client, asked=state.asked + 1), Send(self.server, Acquire(state.asked + 1)))
            case Unlock() if state.holds is not None:
                return step(evolve(state, holds=None), Send(self.server, Release(state.holds)), Reply(client, Unlocked()))
            case _:
                return step(state, Reply(client, BUSY))

    def receive(self, state: Using, source: Address, message: Grant) -> Step[Using]:
        """Take the lock, or let it be."""
        if state.user is None or not self.may_take(state, message):
            return step(state)
        return step(evolve(state, user=None, holds=message.number, last=message.number), Reply(state.user, Locked()))

    def view(self, state: Using) -> Holds:
        """Show under which number the lock is held."""
        return Holds(state.holds)


# ---- what is checked

SERVER = Address("server")


def system(server: Server = Server(), client: type[Client] = Client, *more: Clause) -> System[NoHistory]:
    """Put a server and two clients together: the user of the first wants the lock twice, that of the second once."""
    clients = addresses("client", 2)
    scripts = (((Lock(),), (Unlock(),), (Lock(),)), ((Lock(),),))
    users = tuple(User(Address("user", place), (each,), scripts[place]) for place, each in enumerate(clients))
    return System(
        {SERVER: server, **{each: client(SERVER) for each in clients}},
        NoHistory(),
        (mutual_exclusion, the_lock_is_passed_on, *more),
        users=users,
        network=Network(duplicating=True),
    )


SYSTEM = system()
