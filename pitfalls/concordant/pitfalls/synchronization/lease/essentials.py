"""What a lease is for: what goes wrong without a guard, without tokens, or without a memory of either."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import ANY, Ask, Crash, KnownViolation, Pitfall, Receive, Recover, SetBack, Step, System, Tick, step
from concordant.refimpl.synchronization.lease import ONCE, SERVER, STORE, Agent, Kept, Lending, Request, Server, Store, Using, system
from concordant.spec.synchronization.lease import (
    Acquire,
    Give,
    Granted,
    History,
    Put,
    Refused,
    Release,
    Take,
    Write,
)
from concordant.spec.synchronization.lease import clauses as spec
from concordant.spec.vocabulary import Address, Clocks, Faults, Ticks, addresses

FIRST, SECOND = addresses("agent", 2)
ANN, BOB = addresses("user", 2)
TAKES: tuple[Request, ...] = (Take(),)

# ---- what a lease is for


@frozen
class CountsFromArrival(Agent):
    """Takes the lease to begin when it arrives: for as long as it was on its way, another may have it too."""

    def receive(self, state: Using, source: Address, message: Granted | Refused) -> Step[Using] | None:
        if isinstance(message, Granted):
            message = evolve(message, until=state.now + 2)
        return super().receive(state, source, message)


@frozen
class StoresAnything(Store):
    """Has no use for tokens."""

    def may_store(self, state: Kept, token: int) -> bool:  # noqa: ARG002
        return True


@frozen
class ForgetsTheLease(Server):
    """Keeps in memory what it has lent."""

    def survives(self, state: Lending) -> tuple[Lending, ...]:  # noqa: ARG002
        return (Lending(),)


@frozen
class ForgetsTheToken(Store):
    """Keeps the highest token in memory."""

    def survives(self, state: Kept) -> tuple[Kept, ...]:  # noqa: ARG002
        return (Kept(),)


@frozen
class TakesAnOldLease(Agent):
    """Takes whatever lease arrives while it waits for one."""

    def is_new(self, state: Using, lease: Granted) -> bool:  # noqa: ARG002
        return True


@frozen
class ForgetsWhatItWasGranted(Agent):
    """Keeps the highest token in memory."""

    def survives(self, state: Using) -> tuple[Using, ...]:  # noqa: ARG002
        return (Using(),)


@frozen
class KeepsTheToken(Server):
    """Prolongs a lease under its token, so that it cannot tell the end of the one from that of the other."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        known = state.token - 1 if state.holder == to else state.token
        return super().grant(evolve(state, token=known), to)


@frozen
class TakesAnythingBack(Server):
    """Does not look which lease is given back."""

    def ends_it(self, state: Lending, token: int) -> bool:  # noqa: ARG002
        return state.holder is not None


@frozen
class HoldsOn(Agent):
    """Holds the lease until it gives it back."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        return step(evolve(state, now=now))


@frozen
class TakesWhatIsOver(Agent):
    """Does not look at the clock when a lease arrives."""

    def receive(self, state: Using, source: Address, message: Granted | Refused) -> Step[Using] | None:
        after = super().receive(evolve(state, now=0), source, message)
        return None if after is None else step(evolve(after.state, now=state.now))


def crossing(agent: type[Agent], crashes: int) -> System[History]:
    """Put two agents together of which one crashes, asks again and gives back."""
    faults = Faults(crashes=crashes, recoveries=crashes, who=(FIRST,))
    return system((Take(), Take(), Give(), Take()), TAKES, agent=agent, clocks=Clocks(1), faults=faults)


def given_back_late(server: type[Server]) -> System[History]:
    """Put two agents together of which one gives back, and asks again."""
    return system((Take(), Give(), Take()), TAKES, server=server, clocks=Clocks(1))


GRANTED_TWICE = (
    Ask(FIRST, ANN, Take()),
    Crash(FIRST, ANY),
    Receive(SERVER, FIRST, Acquire()),
    Recover(FIRST, ANY),
    Ask(FIRST, ANN, Take()),
    Receive(SERVER, FIRST, Acquire()),
    Receive(FIRST, SERVER, Granted(2, ANY)),
    Ask(FIRST, ANN, Give()),
    Receive(SERVER, FIRST, Release(2)),
)
ARRIVES_LATE = (
    Ask(FIRST, ANN, Take()),
    Receive(FIRST, SERVER, Granted(1, ANY)),
    Ask(SECOND, BOB, Take()),
    Receive(SERVER, SECOND, Acquire()),
    Receive(SECOND, SERVER, Granted(3, ANY)),
)
SERVER_CRASHES = Faults(crashes=1, recoveries=1, who=(SERVER,))

GUARD_BELOW_SKEW = Pitfall(
    "lease.GuardBelowSkew",
    "Clocks may differ by two, and the lease is laid down one tick before its end: for one tick there are two holders.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, clocks=Clocks(2, skew=2)),
    length=8,
)
NO_GUARD = Pitfall(
    "lease.NoGuard",
    "The lease is held to its end by the holder's clock: the server's shows it sooner.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, length=1, guard=0, clocks=Clocks(1)),
    length=7,
)
COUNTS_FROM_ARRIVAL = Pitfall(
    "lease.CountsFromArrival",
    "The holder counts the length of the lease from when it heard of it: no guard is long enough.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, agent=CountsFromArrival, clocks=Clocks(3)),
    length=10,
    quick=False,
)
STORES_ANYTHING = Pitfall(
    "lease.StoresAnything",
    "A write is on its way while its lease ends and another holder writes: without tokens it is stored over that. "
    "A full search finds nothing shorter.",
    breaks=spec.nothing_late_is_stored,
    subject=system(store=StoresAnything),
    length=14,
    schedule=(
        Ask(FIRST, ANN, Take()),
        Receive(SERVER, FIRST, Acquire()),
        Receive(FIRST, SERVER, Granted(1, 2)),
        Ask(FIRST, ANN, Put()),
        Ask(SECOND, BOB, Take()),
        Tick(SERVER, 1),
        Tick(FIRST, 1),
        Tick(SECOND, 1),
        Tick(SERVER, 2),
        Receive(SERVER, SECOND, Acquire()),
        Receive(SECOND, SERVER, Granted(2, 4)),
        Ask(SECOND, BOB, Put()),
        Receive(STORE, SECOND, Write(2)),
        Receive(STORE, FIRST, Write(1)),
    ),
    correct=system(),
)
FORGETS_THE_LEASE = Pitfall(
    "lease.ForgetsTheLease",
    "The server restarts, and lends again what is lent.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, server=ForgetsTheLease, clocks=Clocks(1), faults=SERVER_CRASHES),
    length=8,
)
FORGETS_THE_TOKEN = Pitfall(
    "lease.ForgetsTheToken",
    "The store restarts, and takes what is late for the first that comes.",
    breaks=spec.nothing_late_is_stored,
    subject=system((*ONCE, *ONCE), clocks=Clocks(1), store=ForgetsTheToken, faults=Faults(crashes=1, recoveries=1, who=(STORE,))),
    length=12,
)
TAKES_AN_OLD_LEASE = Pitfall(
    "lease.TakesAnOldLease",
    "A lease was granted before a crash, and arrives after a later one was given back and lent to another. A full search finds nothing shorter.",
    breaks=spec.one_holder,
    subject=crossing(TakesAnOldLease, crashes=1),
    length=14,
    schedule=(*GRANTED_TWICE, *ARRIVES_LATE),
    correct=crossing(Agent, crashes=1),
)
FORGETS_WHAT_IT_WAS_GRANTED = Pitfall(
    "lease.ForgetsWhatItWasGranted",
    "An agent crashes once more, and takes what it was granted at first for new. A full search finds nothing shorter.",
    breaks=spec.one_holder,
    subject=crossing(ForgetsWhatItWasGranted, crashes=2),
    length=16,
    schedule=(*GRANTED_TWICE, Crash(FIRST, ANY), Recover(FIRST, ANY), *ARRIVES_LATE),
    correct=crossing(Agent, crashes=2),
)
KEEPS_THE_TOKEN = Pitfall(
    "lease.KeepsTheToken",
    "A lease is prolonged under the token that it has: who gives the old one back, late, gives back the new one.",
    breaks=spec.every_lease_is_later,
    subject=system((Take(), Take()), server=KeepsTheToken),
    length=5,
)
TAKES_ANYTHING_BACK = Pitfall(
    "lease.TakesAnythingBack",
    "An agent gives back what it no longer has, since that arrives late, and with it ends its new lease. A full search finds nothing shorter.",
    breaks=spec.one_holder,
    subject=given_back_late(TakesAnythingBack),
    length=11,
    schedule=(
        Ask(FIRST, ANN, Take()),
        Receive(SERVER, FIRST, Acquire()),
        Receive(FIRST, SERVER, Granted(1, 2)),
        Ask(FIRST, ANN, Give()),
        Ask(FIRST, ANN, Take()),
        Receive(SERVER, FIRST, Acquire()),
        Receive(FIRST, SERVER, Granted(2, 2)),
        Receive(SERVER, FIRST, Release(1)),
        Ask(SECOND, BOB, Take()),
        Receive(SERVER, SECOND, Acquire()),
        Receive(SECOND, SERVER, Granted(3, 2)),
    ),
    correct=given_back_late(Server),
    correct_stops_at=11,
)
HOLDS_ON = Pitfall(
    "lease.HoldsOn",
    "The holder does not look at its clock.",
    breaks=spec.laid_down_in_time,
    subject=system(TAKES, agent=HoldsOn),
    length=4,
)
TAKES_WHAT_IS_OVER = Pitfall(
    "lease.TakesWhatIsOver",
    "A lease arrives when it is over, and is held until the clock goes on.",
    breaks=spec.laid_down_in_time,
    subject=system(TAKES, agent=TakesWhatIsOver),
    length=4,
)

# ---- what no lease can do

A_CLOCK_IS_SET_BACK = KnownViolation(
    spec.one_holder,
    "The holder's clock is set back: it uses the lease for longer than it has it. What it writes then is fenced.",
    system(TAKES, TAKES, clocks=Clocks(2, setbacks=1)),
    (
        Ask(FIRST, ANN, Take()),
        Tick(FIRST, 1),
        Receive(SERVER, FIRST, Acquire()),
        SetBack(FIRST, 0),
        Receive(FIRST, SERVER, Granted(1, 2)),
        Ask(SECOND, BOB, Take()),
        Tick(SERVER, 1),
        Tick(SECOND, 1),
        Tick(SERVER, 2),
        Receive(SERVER, SECOND, Acquire()),
        Receive(SECOND, SERVER, Granted(2, 4)),
    ),
)
