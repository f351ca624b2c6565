"""Exercise 3, done: both guards look at the number."""

from __future__ import annotations

from attrs import frozen

from concordant.checks.lessons.lock_server.lock import Client, Grant, Lending, Release, Server, Using, system
from concordant.spec.vocabulary import Address


@frozen
class MyServer(Server):
    """Takes back only what is lent now."""

    def may_release(self, state: Lending, source: Address, release: Release) -> bool:
        """Tell whether a message gives back what is lent now."""
        return state.to == source and state.number == release.number


@frozen
class MyClient(Client):
    """Takes only what it has not had before."""

    def may_take(self, state: Using, grant: Grant) -> bool:
        """Tell whether a message grants what this client waits for, and is no copy of an old one."""
        return grant.number > state.last


SYSTEM = system(MyServer(), MyClient)
