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

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fault,
    Map,
    Seen,
    Send,
    Ticked,
    Ticks,
    always,
    always_each,
    case,
    on_event,
    sometimes,
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
    """The leases so far by token, which was given back last, what clocks show, the highest token that was stored, and that which was turned down last.

    `length` and `guard` are fixed: for how long it is lent, and for how much shorter it is used.
    """

    length: Ticks
    guard: Ticks
    leases: Map[int, Leased] = Map()
    returned: int = 0
    clocks: Map[Address, Ticks] = Map()
    stored: int = 0
    fenced: int = 0

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # who did it is in what happened
        """Fold one happening."""
        match happening:
            case Ticked(now):
                return evolve(self, clocks=self.clocks.put(at, now))
            case Leased(_, token):
                return evolve(self, leases=self.leases.put(token, happening))
            case Send(_, Release(token)):
                return evolve(self, returned=max(token, self.returned))
            case Stored(token):
                return evolve(self, stored=max(token, self.stored))
            case Fenced(token):
                return evolve(self, fenced=token)
            case _:
                return self

    def now(self, process: Address) -> Ticks:
        """Return what a clock shows."""
        return self.clocks.get(process, 0)

    @property
    def last(self) -> Leased | None:
        """The lease that was granted last."""
        return self.leases[max(self.leases)] if self.leases else None


# ---- clauses

TIMELY = Fault.LOSS | Fault.CRASH | Fault.RECOVERY | Fault.SKEW
EVER = TIMELY | Fault.SETBACK


@always(under=TIMELY)
def one_holder(seen: Seen[History]) -> Cases:
    """At most one agent holds the lease, as long as clocks differ by no more than the guard."""
    holders = {who: view.token for who, view in seen.views(AgentView).items() if view.token is not None}
    if holders:
        yield case(len(holders) == 1, holders=holders)


@on_event(Stored, under=EVER)
def nothing_late_is_stored(before: History, by: Address, event: Stored) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What is stored is of the latest lease of which anything was stored, and of its holder: clocks may show what they will."""
    lease = before.leases.get(event.token)
    yield case(
        event.token >= before.stored and lease is not None and lease.to == event.of,
        token=event.token,
        of=event.of,
        stored=before.stored,
        lease=lease,
    )


@on_event(Fenced, under=EVER)
def only_what_is_late_is_fenced(before: History, by: Address, event: Fenced) -> Cases:  # noqa: ARG001
    """A write is turned down only if something of a later lease is stored."""
    yield case(event.token < before.stored, token=event.token, stored=before.stored)


@on_event(Leased, under=EVER)
def every_lease_is_later(before: History, by: Address, event: Leased) -> Cases:  # noqa: ARG001
    """Every lease has a higher token than all before."""
    yield case(all(event.token > token for token in before.leases), token=event.token, leases=before.leases)


@on_event(Leased, under=EVER)
def lent_for_its_length(before: History, by: Address, event: Leased) -> Cases:
    """A lease ends its length after the reading of the server's clock."""
    yield case(event.until == before.now(by) + before.length, until=event.until, now=before.now(by))


@on_event(Leased, under=EVER)
def nobody_else_has_it(before: History, by: Address, event: Leased) -> Cases:
    """A lease is granted only if the one before has ended by the server's clock, was given back, or was the same agent's."""
    last = before.last
    if last is not None:
        over = before.now(by) >= last.until or before.returned == last.token or event.to == last.to
        yield case(over, to=event.to, last=last, now=before.now(by))


@on_event(Send, under=EVER)
def refused_for_a_reason(before: History, by: Address, event: Send) -> Cases:
    """An agent is refused only while the lease of another runs by the server's clock: whoever failed with it, it becomes free."""
    if event.message == Refused():
        last = before.last
        runs = last is not None and before.now(by) < last.until and last.to != event.to
        yield case(runs, to=event.to, last=last, now=before.now(by))


@on_event(Send)
def only_its_own_is_given_back(before: History, by: Address, event: Send) -> Cases:
    """An agent gives back a lease that was granted to it."""
    if isinstance(event.message, Release):
        lease = before.leases.get(event.message.token)
        yield case(lease is not None and lease.to == by, by=by, token=event.message.token, lease=lease)


@always_each(AgentView, under=EVER)
def held_as_lent(view: AgentView, who: Address, history: History) -> Cases:
    """Who holds the lease holds one that was granted to it, and knows its end."""
    if view.token is not None:
        lease = history.leases.get(view.token)
        yield case(lease is not None and (lease.to, lease.until) == (who, view.until), who=who, view=view, lease=lease)


@always_each(AgentView, under=EVER)
def laid_down_in_time(view: AgentView, who: Address, history: History) -> Cases:
    """Nobody holds the lease when its clock shows the end, or less than the guard before it."""
    if view.until is not None:
        yield case(history.now(who) < view.until - history.guard, who=who, now=history.now(who), until=view.until)


@always(under=EVER)
def what_must_last_is_known(seen: Seen[History]) -> Cases:
    """The server knows the lease that it granted last, and the store what it stored and turned down last, also after a crash."""
    last = seen.history.last
    for server in seen.views(ServerView).values():
        yield case((server.token, server.until) == ((last.token, last.until) if last else (0, 0)), server=server, last=last)
    for store in seen.views(StoreView).values():
        so = StoreView(seen.history.stored, seen.history.fenced)
        yield case(store == so, store=store, so=so)


@sometimes
def the_lease_passes_on(seen: Seen[History]) -> Cases:
    """The lease passes from one agent to another."""
    yield case(len({lease.to for lease in seen.history.leases.values()}) > 1)


@sometimes
def a_late_write_is_fenced(seen: Seen[History]) -> Cases:
    """A write comes too late, and is turned down."""
    yield case(seen.history.fenced > 0)
