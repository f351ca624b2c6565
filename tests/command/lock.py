"""A lock server: at most one client holds the lock.

The protocol of a user, in one module: what must hold, the machine, one system, and a mistake.
"""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Cases, NoHistory, Reply, Seen, addresses, always, case, sometimes


@frozen
class Acquire:
    """A client asks for the lock."""


@frozen
class Granted:
    """It has the lock."""


@frozen
class View:
    """Who holds the lock."""

    holders: tuple[Address, ...]


@always()
def mutual_exclusion(seen: Seen[NoHistory]) -> Cases:
    """At most one client holds the lock."""
    for view in seen.views(View).values():
        yield case(len(view.holders) <= 1, holders=view.holders)


@sometimes
def is_held(seen: Seen[NoHistory]) -> Cases:
    """Some client holds the lock."""
    for view in seen.views(View).values():
        yield case(bool(view.holders), holders=view.holders)


Holders = tuple[Address, ...]


@frozen
class Server(Process[Holders, None, Acquire, None]):
    """Grants the lock to the first that asks; others wait."""

    def start(self) -> Step[Holders]:
        """Begin with nobody."""
        return step(())

    def is_taken(self, state: Holders) -> bool:
        """Tell whether somebody holds the lock."""
        return bool(state)

    def request(self, state: Holders, client: Address, request: Acquire) -> Step[Holders] | None:  # noqa: ARG002  # there is one
        """Grant the lock, or let the client wait."""
        return None if self.is_taken(state) else step((*state, client), Reply(client, Granted()))

    def view(self, state: Holders) -> View:
        """Show who holds the lock."""
        return View(state)


@frozen
class Careless(Server):
    """Grants whatever is asked."""

    def is_taken(self, state: Holders) -> bool:  # noqa: ARG002  # that is the mistake
        """Say that nobody holds it."""
        return False


SERVER = Address("server")


def system(server: Server | None = None) -> System[NoHistory]:
    """Put a server and two clients together."""
    users = tuple(User(client, (SERVER,), ((Acquire(),),)) for client in addresses("client", 2))
    return System({SERVER: server or Server()}, NoHistory(), (mutual_exclusion, is_held), users=users)


TWO = system()
CARELESS = Pitfall("lock.Careless", "Grants whatever is asked.", mutual_exclusion, system(Careless()), 2)
