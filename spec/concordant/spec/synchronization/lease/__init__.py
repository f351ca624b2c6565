"""A lease: the right to one resource until an agreed time. Who holds it may fail or fall silent: when the time has come, it is free again.

Source: Gray and Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency" (1989): its holder
uses it for shorter than it is lent, by what clocks may differ; fencing tokens as in Burrows, "The Chubby lock service" (2006).
Assumes: clocks that differ by at most the guard; a server and a store that keep what they know in a crash, and agents that keep the
highest token that they were granted.
Chosen: the end is a reading, the same for all, not a duration; every lease has a higher token, one that prolongs another too, so that
what is late about an old one is known; the store takes nothing with a lower token than it has seen.
Does not promise: that there is one holder while clocks differ by more than the guard, or are set back: that is what tokens are for;
that who asks is served: a message may be lost, and nobody asks again; that a writer hears what became of its write.
"""

from __future__ import annotations

from typing import assert_never

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Crashed,
    Map,
    Send,
    Ticked,
    Ticks,
)

# ---- messages


@frozen
class Acquire:
    """An agent wants the lease, or wants to keep it for longer."""


@frozen
class Granted:
    """The agent has the lease with this token until this reading."""

    token: int
    until: Ticks


@frozen
class Refused:
    """Another has the lease."""


@frozen
class Release:
    """The agent needs the lease with this token no more."""

    token: int


@frozen
class Write:
    """Something for the store, under the lease with this token."""

    token: int


# ---- requests, none of which is answered


@frozen
class Take:
    """The agent is to take the lease, or to prolong it."""

    answered = False


@frozen
class Put:
    """The agent is to write, if it holds the lease."""

    answered = False


@frozen
class Give:
    """The agent is to give the lease back, if it holds it."""

    answered = False


# ---- events


@frozen
class Leased:
    """The server has granted a lease."""

    to: Address
    token: int
    until: Ticks


@frozen
class Freed:
    """The server has heard that the lease that it granted last is given back."""

    token: int


@frozen
class Answered:
    """What an agent asked for has come: it holds the lease with this token; None where it was refused, or came too late to be used."""

    token: int | None


@frozen
class Expired:
    """An agent lays the lease down, since its clock shows the time for it."""

    token: int


@frozen
class Stored:
    """The store has taken a write."""

    token: int
    of: Address


@frozen
class Fenced:
    """The store has turned down a write whose token is lower than one that it has seen."""

    token: int


# ---- views


@frozen
class AgentView:
    """The token with which an agent holds the lease, and until when; None where it does not."""

    token: int | None
    until: Ticks | None


@frozen
class ServerView:
    """The token and the end of the lease that was granted last; 0 before the first."""

    token: int
    until: Ticks


@frozen
class StoreView:
    """The highest token that the store has seen, and that which it turned down last; 0 before the first."""

    token: int
    fenced: int


# ---- history


@frozen
class History:
    """What was granted, given back and stored, what clocks show, and what each agent has asked for and holds, as it says.

    `length` and `guard` are fixed: for how long the resource is lent, and for how much shorter it is used. `taken`: the highest token of
    each agent; `refused`: who was, since it was answered; `turned_away` and `late`: who has heard that it was, or that its lease came too
    late; `owed`: what an agent was told to send, and has not; `lent_early`: whether a lease was granted before the end of another's.
    """

    length: Ticks
    guard: Ticks
    leases: Map[int, Leased] = Map()
    returned: frozenset[int] = frozenset()
    freed: int = 0
    clocks: Map[Address, Ticks] = Map()
    asking: frozenset[Address] = frozenset()
    refused: frozenset[Address] = frozenset()
    turned_away: frozenset[Address] = frozenset()
    late: frozenset[Address] = frozenset()
    holding: Map[Address, int] = Map()
    taken: Map[Address, int] = Map()
    stored: int = 0
    fenced: int = 0
    owed: tuple[str, object] | None = None
    lent_early: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # who did it is in what happened
        """Fold one happening."""
        match happening:
            case Ticked(now):
                return evolve(self, clocks=self.clocks.put(at, now))
            case Take() | Put() | Give():
                return evolve(self, owed=self.told(at, happening))
            case Leased(to, token):
                last = self.last
                early = last is not None and last.to != to and self.now(at) < last.until
                return evolve(self, leases=self.leases.put(token, happening), lent_early=self.lent_early or early)
            case Freed(token):
                return evolve(self, freed=token)
            case Answered(token):
                answered = evolve(self, asking=self.asking - {at}, refused=self.refused - {at})
                if token is not None:
                    return evolve(answered, holding=self.holding.put(at, token), taken=self.taken.put(at, token))
                if at in self.refused:
                    return evolve(answered, turned_away=self.turned_away | {at})
                return evolve(answered, late=self.late | {at})
            case Expired():
                return evolve(self, holding=self.holding.drop(at))
            case Crashed():
                return evolve(self, asking=self.asking - {at}, holding=self.holding.drop(at))
            case Stored(token):
                return evolve(self, stored=max(token, self.stored))
            case Fenced(token):
                return evolve(self, fenced=token)
            case Send(to, message):
                return self.sent(at, to, message)
            case _:
                return self

    def told(self, agent: Address, request: Take | Put | Give) -> tuple[str, object] | None:
        """Return what an agent is to send that is told this, and to whom; None for nothing."""
        token = self.holding.get(agent)
        match request:
            case Take():
                return None if agent in self.asking else ("server", Acquire())
            case Put():
                return None if token is None else ("store", Write(token))
            case Give():
                return None if token is None else ("server", Release(token))
            case _:
                assert_never(request)

    def sent(self, at: Address, to: Address, message: object) -> History:
        """Fold a message."""
        after = evolve(self, owed=None) if (to.role, message) == self.owed else self
        match message:
            case Acquire():
                return evolve(after, asking=self.asking | {at})
            case Refused():
                return evolve(after, refused=self.refused | {to})
            case Release(token):
                return evolve(after, returned=self.returned | {token}, holding=self.holding.drop(at))
            case _:
                return after

    def now(self, process: Address) -> Ticks:
        """Return what a clock shows."""
        return self.clocks.get(process, 0)

    def lent_to(self, token: int) -> Address | None:
        """Return to whom the lease with this token was granted; None where there is none."""
        lease = self.leases.get(token)
        return None if lease is None else lease.to

    def usable(self, lease: Leased | None) -> bool:
        """Tell whether the clock of its holder shows a time at which a lease is used; none is not."""
        return lease is not None and self.now(lease.to) < lease.until - self.guard

    @property
    def last(self) -> Leased | None:
        """The lease that was granted last."""
        return self.leases[max(self.leases)] if self.leases else None
