"""A lock server: at most one client holds the lock.

What must hold comes first, then the machine, then the systems that are checked, and last a mistake that the check must find.
Change it into a protocol of your own, piece by piece, and run the check after each.
"""

from __future__ import annotations

from attrs import frozen

from concordant.checks import Counts, Scope
from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Cases, NoHistory, Rejected, Reply, Seen, addresses, always, at_rest, case, sometimes

# ---- what must hold


@frozen
class Acquire:
    """A client asks for the lock."""


@frozen
class Release:
    """A client gives it back."""


@frozen
class Granted:
    """It has the lock."""


@frozen
class Released:
    """It has given it back."""


TAKEN = Rejected("another client holds the lock")


@frozen
class Held:
    """What an outsider may know of the server: who holds the lock."""

    by: tuple[Address, ...]


@always()
def mutual_exclusion(seen: Seen[NoHistory]) -> Cases:
    """At most one client holds the lock."""
    for held in seen.views(Held).values():
        yield case(len(held.by) <= 1, held_by=held.by)


@at_rest()
def everybody_is_answered(seen: Seen[NoHistory]) -> Cases:
    """Nobody waits when nothing more can happen."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@sometimes
def is_held(seen: Seen[NoHistory]) -> Cases:
    """A client holds the lock: what is judged is not only that nobody ever does."""
    for held in seen.views(Held).values():
        yield case(bool(held.by), held_by=held.by)


# ---- the machine

Holders = tuple[Address, ...]


@frozen
class Server(Process[Holders, None, Acquire | Release, None]):
    """Grants the lock to whoever asks first, and rejects others until it is released."""

    def start(self) -> Step[Holders]:
        """Begin with nobody."""
        return step(())

    def may_grant(self, state: Holders) -> bool:
        """Tell whether the lock is free."""
        return not state

    def request(self, state: Holders, client: Address, request: Acquire | Release) -> Step[Holders]:
        """Grant or reject; take the lock back from whoever holds it."""
        match request:
            case Acquire():
                return step((*state, client), Reply(client, Granted())) if self.may_grant(state) else step(state, Reply(client, TAKEN))
            case Release():
                return step(tuple(holder for holder in state if holder != client), Reply(client, Released()))

    def view(self, state: Holders) -> Held:
        """Show who holds the lock."""
        return Held(state)


# ---- what is checked

SERVER = Address("server")


def system(server: Server | None = None) -> System[NoHistory]:
    """Put a server and two clients together: each asks for the lock once, and then releases it."""
    users = tuple(User(client, (SERVER,), ((Acquire(),), (Release(),))) for client in addresses("client", 2))
    return System({SERVER: server or Server()}, NoHistory(), (mutual_exclusion, everybody_is_answered, is_held), users=users)


TWO_CLIENTS = Scope("two_clients", "two clients, each of which asks once and releases", system(), Counts(12, 16, 5))

# ---- a mistake


@frozen
class GrantsToAll(Server):
    """Grants whatever is asked."""

    def may_grant(self, state: Holders) -> bool:
        """Do not look: that is the mistake."""
        del state
        return True


MISTAKE = Pitfall("lock.GrantsToAll", "The server does not look whether the lock is free.", mutual_exclusion, system(GrantsToAll()), 2)
