"""What goes wrong with leases: without a guard, without tokens, and slips in ours. The documents have no lease."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import ANY, Ask, Crash, KnownViolation, Pitfall, Receive, Recover, SetBack, Step, System, Tick, step
from concordant.refimpl.synchronization.lease import ONCE, SERVER, STORE, Agent, Kept, Lending, Request, Server, Store, Using, system
from concordant.spec.synchronization import lease as spec
from concordant.spec.synchronization.lease import (
    Acquire,
    Give,
    Granted,
    Put,
    Refused,
    Release,
    ServerView,
    StoreView,
    Take,
    Write,
)
from concordant.spec.vocabulary import Address, Clause, Clocks, Faults, Send, Ticks, addresses

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


def crossing(agent: type[Agent], crashes: int) -> System[spec.History]:
    """Put two agents together of which one crashes, asks again and gives back."""
    faults = Faults(crashes=crashes, recoveries=crashes, who=(FIRST,))
    return system((Take(), Take(), Give(), Take()), TAKES, agent=agent, clocks=Clocks(1), faults=faults)


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
WITH_CRASHES = Faults(crashes=1, recoveries=1, who=(SERVER, STORE))

GUARD_BELOW_SKEW = Pitfall(
    "lease.GuardBelowSkew",
    "Clocks may differ by two, and the lease is laid down one tick before its end: for one tick there are two holders.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, length=3, guard=1, clocks=Clocks(3, skew=2)),
    length=11,
)
NO_GUARD = Pitfall(
    "lease.NoGuard",
    "The lease is held to its end by the holder's clock: the server's shows it sooner.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, guard=0),
    length=10,
)
COUNTS_FROM_ARRIVAL = Pitfall(
    "lease.CountsFromArrival",
    "The holder counts the length of the lease from when it heard of it: no guard is long enough.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, agent=CountsFromArrival, clocks=Clocks(3)),
    length=10,
)
STORES_ANYTHING = Pitfall(
    "lease.StoresAnything",
    "A write is on its way while its lease ends and another holder writes: without tokens it is stored over that.",
    breaks=spec.nothing_late_is_stored,
    subject=system(store=StoresAnything),
    length=14,
)
FORGETS_THE_LEASE = Pitfall(
    "lease.ForgetsTheLease",
    "The server restarts, and lends again what is lent.",
    breaks=spec.one_holder,
    subject=system(TAKES, TAKES, server=ForgetsTheLease, faults=WITH_CRASHES),
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
    "An agent gives back what it no longer has, since that arrives late, and with it ends the lease of another.",
    breaks=spec.one_holder,
    subject=system((Take(), Give(), Take()), TAKES, server=TakesAnythingBack),
    length=11,
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

# ---- slips


@frozen
class GivesBackAnother(Agent):
    """Gives back the next token."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        after = super().request(state, client, request)
        if isinstance(request, Give) and state.lease is not None:
            return step(after.state, Send(self.server, Release(state.lease.token + 1)))
        return after


@frozen
class FencesAgain(Store):
    """Takes one write under each lease."""

    def may_store(self, state: Kept, token: int) -> bool:
        return token > state.token


@frozen
class LendsForLonger(Server):
    """Lends for one tick more than is said."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        return super().grant(evolve(state, now=state.now + 1), to).then(lambda after: step(evolve(after, now=state.now)))


@frozen
class LendsTwice(Server):
    """Lends to whoever asks."""

    def may_grant(self, state: Lending, to: Address) -> bool:  # noqa: ARG002
        return True


@frozen
class LendsOnce(Server):
    """Waits until the lease is given back, however long."""

    def may_grant(self, state: Lending, to: Address) -> bool:
        return state.holder in (None, to)


@frozen
class RefusesTheHolder(Server):
    """Prolongs nothing."""

    def may_grant(self, state: Lending, to: Address) -> bool:
        return super().may_grant(state, to) and (state.holder != to or state.now >= state.until)


@frozen
class SaysAnotherToken(Server):
    """Tells the agent another token than it has noted."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = super().grant(state, to)
        return step(after.state, after.effects[0], Send(to, Granted(after.state.token + 1, after.state.until)))


@frozen
class SaysALaterEnd(Server):
    """Tells the agent a later end than it has noted."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = super().grant(state, to)
        return step(after.state, after.effects[0], Send(to, Granted(after.state.token, after.state.until + 1)))


@frozen
class ShowsTheTokenBefore(Server):
    """Shows the lease before the last."""

    def view(self, state: Lending) -> ServerView:
        return ServerView(max(0, state.token - 1), state.until)


@frozen
class ShowsNoToken(Store):
    """Shows that it has seen nothing."""

    def view(self, state: Kept) -> StoreView:
        return StoreView(0, state.fenced)


@frozen
class CreditsTheServer(Store):
    """Says of every write that it is the server's."""

    def receive(self, state: Kept, source: Address, message: Write) -> Step[Kept]:  # noqa: ARG002
        return super().receive(state, SERVER, message)


def _slip(server: type[Server], mistake: str, breaks: Clause, length: int, *scripts: tuple[Request, ...]) -> Pitfall:
    subject = system(*(scripts or (TAKES, TAKES)), server=server)
    return Pitfall(f"lease.{server.__name__}", mistake, breaks=breaks, subject=subject, length=length)


FENCES_AGAIN = Pitfall(
    "lease.FencesAgain",
    "The second write under a lease is turned down as if it were late.",
    breaks=spec.only_what_is_late_is_fenced,
    subject=system((Take(), Put(), Put()), store=FencesAgain),
    length=7,
)
GIVES_BACK_ANOTHER = Pitfall(
    "lease.GivesBackAnother",
    "An agent gives back a lease that nobody has.",
    breaks=spec.only_its_own_is_given_back,
    subject=system((Take(), Give()), agent=GivesBackAnother),
    length=4,
)
CREDITS_THE_SERVER = Pitfall(
    "lease.CreditsTheServer",
    "What is stored is noted as another's.",
    breaks=spec.nothing_late_is_stored,
    subject=system(ONCE, store=CreditsTheServer),
    length=5,
)
SHOWS_NO_TOKEN = Pitfall(
    "lease.ShowsNoToken",
    "The store shows that it has seen nothing.",
    breaks=spec.what_must_last_is_known,
    subject=system(ONCE, store=ShowsNoToken),
    length=5,
)
LENDS_FOR_LONGER = _slip(LendsForLonger, "The lease is lent for one tick too long.", spec.lent_for_its_length, 2)
LENDS_TWICE = _slip(LendsTwice, "The lease is lent while another has it.", spec.nobody_else_has_it, 4)
LENDS_ONCE = _slip(LendsOnce, "The holder fails, and nobody else ever has the lease.", spec.refused_for_a_reason, 8)
REFUSES_THE_HOLDER = _slip(
    RefusesTheHolder, "Who holds the lease and wants to keep it is refused.", spec.refused_for_a_reason, 5, (Take(), Take())
)
SAYS_ANOTHER_TOKEN = _slip(SaysAnotherToken, "The agent is told another token than the server knows.", spec.held_as_lent, 3)
SAYS_A_LATER_END = _slip(SaysALaterEnd, "The agent is told a later end than the server knows.", spec.held_as_lent, 3)
SHOWS_THE_TOKEN_BEFORE = _slip(ShowsTheTokenBefore, "The server shows the token before the last.", spec.what_must_last_is_known, 2)

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
