"""A server that lends one resource, on a clock that never ends, and agents that insist."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.synchronization import insistent_lease as spec
from concordant.spec.synchronization.insistent_lease import (
    Acquire,
    AskAgain,
    Granted,
    InsistentView,
    Leased,
    Refused,
    ServerView,
    Take,
    Wanted,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Faults, Send, Ticks, addresses


@frozen
class Server(Process[ServerView, Acquire]):
    """Lends for so many ticks, and counts how many are left, whatever its clock shows."""

    length: Ticks

    def start(self) -> Step[ServerView]:
        return step(ServerView(None, 0))

    def receive(self, state: ServerView, source: Address, message: Acquire) -> Step[ServerView] | None:  # noqa: ARG002  # there is no other
        return self.refuse(state, source) if self.is_lent(state) else self.grant(source)

    def is_lent(self, state: ServerView) -> bool:
        return state.holder is not None

    def refuse(self, state: ServerView, agent: Address) -> Step[ServerView] | None:
        return step(state, Send(agent, Refused()))

    def grant(self, agent: Address) -> Step[ServerView]:
        return step(ServerView(agent, self.length), Announce(Leased(agent)), Send(agent, Granted()))

    def tick(self, state: ServerView, now: Ticks) -> Step[ServerView]:  # noqa: ARG002  # it counts
        if state.holder is None:
            return step(state)
        left = state.left - 1
        return step(ServerView(state.holder if left else None, left))

    def view(self, state: ServerView) -> ServerView:
        return state


class Want(Enum):
    """What an agent is about."""

    NOTHING = "nothing"
    ASKS = "asks"
    REFUSED = "is to ask again"


@frozen
class Insistent(Process[Want, Granted | Refused, Take, AskAgain]):
    """Asks for the lease until it is granted it."""

    server: Address

    def start(self) -> Step[Want]:
        return step(Want.NOTHING)

    def request(self, state: Want, client: Address, request: Take) -> Step[Want]:  # noqa: ARG002  # whoever asks
        return self.ask() if state == Want.NOTHING else step(state)

    def ask(self) -> Step[Want]:
        return step(Want.ASKS, Send(self.server, Acquire()))

    def receive(self, state: Want, source: Address, message: Granted | Refused) -> Step[Want]:  # noqa: ARG002
        return step(Want.REFUSED if isinstance(message, Refused) else Want.NOTHING)

    def armed(self, state: Want) -> tuple[AskAgain, ...]:
        return (AskAgain(),) if state == Want.REFUSED else ()

    def fire(self, state: Want, trigger: AskAgain) -> Step[Want]:  # noqa: ARG002  # there is no other
        return self.ask()

    def view(self, state: Want) -> InsistentView:  # noqa: ARG002  # what it wants is its own
        return InsistentView()


SERVER = Address("server")
LENGTH = 2
PROMISES: tuple[Clause, ...] = (
    spec.it_is_lent_to_one_at_a_time,
    spec.what_is_answered_is_true,
    spec.who_asks_wants_it,
    spec.who_is_granted_it_is_told,
    spec.a_lease_ends_in_its_time,
    spec.who_insists_is_granted_it,
    spec.it_passes_on,
)


def system(
    agents: int = 2, *, faults: Faults = Faults(), server: type[Server] = Server, agent: type[Insistent] = Insistent
) -> System[Wanted]:
    """Put a server and agents together, each of which is told to take the lease once."""
    names = addresses("agent", agents)
    return System(
        {SERVER: server(LENGTH), **{name: agent(SERVER) for name in names}},
        Wanted(LENGTH, SERVER),
        PROMISES,
        faults=faults,
        users=tuple(User(user, (name,), ((Take(),),)) for user, name in zip(addresses("user", agents), names, strict=True)),
        clocks=Clocks(2, wraps=True),
    )
