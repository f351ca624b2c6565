"""A lease for agents that insist: who is refused asks again, until it is granted the lease.

Source: Gray and Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency" (1989): the end of a lease
comes also where its holder has failed. That one agent at a time has it, and what is late is fenced, is of `lease`.
Assumes: a network that loses nothing, and a server that is up.
Chosen: an agent never gives the lease back, and knows no time: whatever a holder does can only free it sooner. Clocks are dials, on which
every reading comes again, so that time never ends; the server counts how many ticks of a lease are left.
Does not promise: that what is granted comes in time to be used, since it may be on its way for longer than it lasts.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Crashed,
    Deadline,
    Fair,
    Fault,
    Seen,
    Send,
    Ticked,
    Ticks,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- messages


@frozen
class Acquire:
    """An agent wants the lease."""


@frozen
class Granted:
    """The agent has the lease."""


@frozen
class Refused:
    """Somebody has the lease."""


# ---- requests


@frozen
class Take:
    """The agent is to take the lease. Not answered."""

    answered = False


# ---- triggers


@frozen
class AskAgain(Deadline):
    """An agent that was refused has waited for a while."""


# ---- events


@frozen
class Leased:
    """The server has granted the lease."""

    to: Address


# ---- views


@frozen
class ServerView:
    """Who has the lease, and for how many ticks."""

    holder: Address | None
    left: Ticks


@frozen
class InsistentView:
    """Nothing: what an agent wants is its own."""


# ---- history


@frozen
class Wanted:
    """Which agents were told to take the lease, and were granted none since; who has it, for how many ticks; whether it has passed to another.

    The first two are fixed: for how long a lease is, and whose clock counts. `last`: who had it before. `asking`: who has asked and is not
    answered yet. `untold`: who was granted the lease, and is to be told.
    """

    length: Ticks
    server: Address
    by: frozenset[Address] = frozenset()
    holder: Address | None = None
    left: Ticks = 0
    last: Address | None = None
    passed_on: bool = False
    asking: frozenset[Address] = frozenset()
    untold: Address | None = None

    def after(self, at: Address, by: Address, happening: object) -> Wanted:  # noqa: ARG002  # who did it is in what happened
        """Fold one happening."""
        match happening:
            case Take():
                return evolve(self, by=self.by | {at})
            case Send(_, Acquire()):
                return evolve(self, asking=self.asking | {at})
            case Leased(to):
                passed_on = self.passed_on or self.last not in (None, to)
                return evolve(self, by=self.by - {to}, holder=to, left=self.length, last=to, passed_on=passed_on, untold=to)
            case Send(to, answer):
                return evolve(self, asking=self.asking - {to}, untold=None if (to, answer) == (self.untold, Granted()) else self.untold)
            case Ticked() if at == self.server and self.left:
                return evolve(self, left=self.left - 1, holder=self.holder if self.left > 1 else None)
            case Crashed():
                return evolve(self, by=self.by - {at}, asking=self.asking - {at})
            case _:
                return self


# ---- clauses


@on_event(Leased, under=Fault.CRASH)
def it_is_lent_to_one_at_a_time(before: Wanted, by: Address, event: Leased) -> Cases:  # noqa: ARG001
    """The lease is granted only when that of whoever had it has ended."""
    yield case(before.holder is None, to=event.to, holder=before.holder)


@on_event(Send, under=Fault.CRASH)
def what_is_answered_is_true(before: Wanted, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Whoever is told that it has the lease has just been granted it; whoever is refused is refused while somebody has it."""
    match event.message:
        case Granted():
            yield case((before.holder, before.left) == (event.to, before.length), to=event.to, holder=before.holder, left=before.left)
        case Refused():
            yield case(before.holder is not None, to=event.to)


@on_event(Send, under=Fault.CRASH)
def who_asks_wants_it(before: Wanted, by: Address, event: Send) -> Cases:
    """Only who was told to take the lease, and was not granted it, asks for it; and asks again only once it is answered."""
    if isinstance(event.message, Acquire):
        yield case(by in before.by - before.asking, asks=by, wanted_by=before.by, asking=before.asking)


@always(under=Fault.CRASH)
def who_is_granted_it_is_told(seen: Seen[Wanted]) -> Cases:
    """Whoever is granted the lease is told so at once."""
    yield case(seen.history.untold is None, untold=seen.history.untold)


@always_each(ServerView, under=Fault.CRASH)
def a_lease_ends_in_its_time(view: ServerView, server: Address, history: Wanted) -> Cases:  # noqa: ARG001
    """A lease lasts for as many ticks as it is for, neither more nor less, and is seen to."""
    yield case((view.holder, view.left) == (history.holder, history.left), seen=view, holder=history.holder, left=history.left)


@eventually(Fair.DELIVERY | Fair.TRIGGERS | Fair.TIME, under=Fault.CRASH)
def who_insists_is_granted_it(seen: Seen[Wanted]) -> Cases:
    """Whoever asks for the lease, and asks again when it is refused, is granted it in the end, whatever becomes of its holder.

    The server's clock goes on, and with it every lease ends, also one whose holder is down. Whoever asks next is granted the lease, and who
    is refused asks again: so of those that want it there are ever fewer.
    """
    yield case(not seen.history.by, wanted_by=seen.history.by)


@sometimes
def it_passes_on(seen: Seen[Wanted]) -> Cases:
    """The lease passes from one agent to another."""
    yield case(seen.history.passed_on)
