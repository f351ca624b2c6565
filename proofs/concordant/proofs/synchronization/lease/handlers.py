"""Leases: the shipped handlers of the server and of agents take only steps of the proved model, and handlers with a mistake do not.

Of `now + length` and `until - guard` it is known that readings to which as much is added stay in their order, and no more.
Assumes: the server's clock is not set back, and shows a reading only once whoever held what ends by then has laid it down; when an agent
takes a lease, the server's clock has shown nothing that is more than the guard after what its own shows. Of other readings of agents' clocks
nothing is assumed. It is proved that an agent that is up knows what its clock shows, and that it then is less than the guard before the end
of what it holds. From that it follows, as `lease.nothing_that_is_held_has_ended` proves of each, that what is assumed of the server's clock
is so where it is ahead of an agent's by the guard at most. That clocks are no further apart is assumed throughout: the model knows the
server's alone.
Not covered: the store; that agents are told of what was granted; lengths and guards that change.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.synchronization.lease.meaning import Leases
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.lease import Agent, Lending, Request, Server, Using
from concordant.spec.synchronization.lease import Give, Granted, Leased, Put, Release, Write
from concordant.spec.vocabulary import Address, Announce, Send, Ticks

LEASES = Leases()


@frozen
class LendsToWhoeverAsks(Server):
    """Lends the resource while another has it."""

    def may_grant(self, state: Lending, to: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class GrantsTheLastToken(Server):
    """Grants every lease under the same token."""

    def next_token(self, state: Lending) -> int:
        return state.token


@frozen
class TakesAnOlderOneBack(Server):
    """Takes any lease for the last that is given back."""

    def ends_it(self, state: Lending, token: int) -> bool:  # noqa: ARG002
        return state.holder is not None


@frozen
class LendsTwiceAsLong(Server):
    """Lends for twice the length."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        lent = super().grant(state, to)
        return Step(evolve(lent.state, until=lent.state.until + self.length), lent.effects)


@frozen
class SaysWhatItHadLent(Server):
    """Tells who prolongs a lease of the end of the one before."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = super().grant(state, to).state
        return step(after, Announce(Leased(to, after.token, after.until)), Send(to, Granted(after.token, state.until)))


@frozen
class KeepsNoToken(Server):
    """Comes up again with nothing."""

    def survives(self, state: Lending) -> tuple[Lending, ...]:  # noqa: ARG002
        return (Lending(),)


@frozen
class ReadsNoClock(Server):
    """Takes no notice of what its clock shows."""

    def tick(self, state: Lending, now: Ticks) -> Step[Lending]:  # noqa: ARG002
        return step(state)


@frozen
class TakesWhatIsOlder(Agent):
    """Takes a lease that is older than one that it has seen."""

    def is_new(self, state: Using, lease: Granted) -> bool:  # noqa: ARG002
        return True


@frozen
class HasNoGuard(Agent):
    """Uses a lease until its end."""

    def is_in_time(self, now: Ticks, lease: Granted) -> bool:
        return now < lease.until


@frozen
class HoldsItOn(Agent):
    """Lays nothing down, whatever its clock shows."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        return step(evolve(state, now=now))


@frozen
class StopsItsClock(Agent):
    """Takes no notice of what its clock shows."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:  # noqa: ARG002
        return step(state)


@frozen
class ForgetsWhatItSaw(Agent):
    """Comes up again without the highest token that it was granted."""

    def survives(self, state: Using) -> tuple[Using, ...]:  # noqa: ARG002
        return (Using(),)


@frozen
class GivesBackAndUses(Agent):
    """Gives the lease back, and goes on using it."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        match request, state.lease:
            case Give(), Granted(token):
                return step(state, Send(self.server, Release(token)))
            case _:
                return super().request(state, client, request)


@frozen
class WritesWithout(Agent):
    """Writes under what it was granted last, whether it holds that or not."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        match request:
            case Put():
                return step(state, Send(self.store, Write(state.seen)))
            case _:
                return super().request(state, client, request)


WRONG = tuple(
    WrongHandler(LEASES, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (LendsToWhoeverAsks, "guard grant.is_free", "Acquire", "lease.lends_twice"),
        (GrantsTheLastToken, "guard grant.higher", "Acquire", "lease.numbers_twice"),
        (TakesAnOlderOneBack, "guard free.is_current", "Release", "lease.takes_anything_back"),
        (LendsTwiceAsLong, "Lending: the last ends its length after a reading that was shown, if there is one", "Acquire", None),
        (SaysWhatItHadLent, "Granted: it ends then, and at no other time", "Acquire", None),
        (KeepsNoToken, "Lending: no token is above the last", "crash and recovery", None),
        (ReadsNoClock, "Lending: its clock has shown what it knows, and nothing later", "clock", None),
        (TakesWhatIsOlder, "guard take.is_new", "Granted", "lease.takes_an_old_lease"),
        (HasNoGuard, "guard take.runs", "Granted", None),
        (HoldsItOn, "Using: its clock shows less than the guard before the end", "clock", "lease.guard_below_skew"),
        (StopsItsClock, "what it knows of the time is what its clock shows", "clock", None),
        (ForgetsWhatItSaw, "Using: it has seen no token above that", "crash and recovery", None),
        (GivesBackAndUses, "Using: it holds that lease, and no other", "Give", None),
        (WritesWithout, "Write: its sender was granted it", "Put", None),
    )
)
HANDLERS = tuple(theorem for role in LEASES.roles for theorem in role_theorems(LEASES, role, WRONG))
STABLE = stability_theorem(LEASES)
