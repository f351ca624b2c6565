"""A lease for agents that insist: who is refused asks again, until it is granted the lease.

Source: Gray and Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency" (1989): the end of a lease
comes also where its holder has failed. That one agent at a time has it, and what is late is fenced, is of `lease`.
Assumes: a network that loses nothing, and a server that is up.
Chosen: an agent never gives the lease back, and knows no time: whatever a holder does can only free it sooner. Clocks are dials, on which
every reading comes again, so that time never ends; the server counts how many ticks of a lease are left.
Does not promise: that what is granted comes in time to be used, since it may be on its way for longer than it lasts.
"""

from __future__ import annotations

from attrs import frozen

from concordant.spec.vocabulary import Address, Cases, Crashed, Deadline, Fair, Fault, Seen, Ticks, case, eventually, sometimes

# ---- messages


@frozen
class Acquire:
    """An agent wants the lease."""


@frozen
class Granted:
    """The agent has the lease."""


@frozen
class Refused:
    """Another has the lease."""


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
    """Whether an agent waits for an answer."""

    asks: bool


# ---- history


@frozen
class Wanted:
    """Which agents were told to take the lease, and were granted none since; and whether it has passed from one to another."""

    by: frozenset[Address] = frozenset()
    holder: Address | None = None
    passed_on: bool = False

    def after(self, at: Address, by: Address, happening: object) -> Wanted:  # noqa: ARG002  # who did it is in what happened
        """Fold one happening."""
        match happening:
            case Take():
                return Wanted(self.by | {at}, self.holder, self.passed_on)
            case Leased(to):
                return Wanted(self.by - {to}, to, self.passed_on or self.holder not in (None, to))
            case Crashed():
                return Wanted(self.by - {at}, self.holder, self.passed_on)
            case _:
                return self


# ---- clauses


@eventually(Fair.DELIVERY | Fair.TRIGGERS | Fair.TIME, under=Fault.CRASH)
def who_insists_is_granted_it(seen: Seen[Wanted]) -> Cases:
    """Who asks for the lease, and asks again when it is refused, is granted it in the end, whatever becomes of who has it.

    The server's clock goes on, and with it every lease ends, also one whose holder is down. Whoever asks next is granted the lease, and who
    is refused asks again: so of those that want it there are ever fewer.
    """
    yield case(not seen.history.by, wanted_by=seen.history.by)


@sometimes
def it_passes_on(seen: Seen[Wanted]) -> Cases:
    """The lease passes from one agent to another."""
    yield case(seen.history.passed_on)
