"""Slips of the agents that use a lease, each of which breaks one promise of ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.synchronization.lease.essentials import KeepsTheToken, TakesAnOldLease, TakesAnythingBack
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.lease import ONCE, Agent, Request, Using, system
from concordant.spec.synchronization.lease import (
    AgentView,
    Answered,
    Expired,
    Give,
    Granted,
    Put,
    Refused,
    Release,
    Take,
    Write,
)
from concordant.spec.synchronization.lease import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Faults, Send, Ticks, addresses

(FIRST,) = addresses("agent", 1)
TAKES: tuple[Request, ...] = (Take(),)
CRASHES = Faults(crashes=1, recoveries=1, who=(FIRST,))

# ---- asking


@frozen
class AsksAgain(Agent):
    """Asks whenever it is told to."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        return super().request(evolve(state, asks=False) if isinstance(request, Take) else state, client, request)


@frozen
class TakesWhatItDidNotAskFor(Agent):
    """Takes whatever lease arrives that is new."""

    def receive(self, state: Using, source: Address, message: Granted | Refused) -> Step[Using] | None:
        return super().receive(evolve(state, asks=True), source, message)


@frozen
class TakesNone(Agent):
    """Takes every lease for one that came too late."""

    def is_in_time(self, now: Ticks, lease: Granted) -> bool:  # noqa: ARG002
        return False


@frozen
class AnswersAgain(Agent):
    """Lays a lease down, and says once more that it came too late."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        after = super().tick(state, now)
        return step(after.state, *after.effects, Announce(Answered(None))) if after.effects else after


# ---- laying down


@frozen
class LaysDownEarly(Agent):
    """Lays a lease down one tick before it must."""

    def is_in_time(self, now: Ticks, lease: Granted) -> bool:
        return super().is_in_time(now + 1, lease)


@frozen
class LaysDownAnother(Agent):
    """Says that it lays down the lease whose token is so much higher."""

    higher = 1

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        after = super().tick(state, now)
        return after if state.lease is None or not after.effects else step(after.state, Announce(Expired(state.lease.token + self.higher)))


@frozen
class LaysDownTheOneBefore(LaysDownAnother):
    """Says that it lays down the lease before."""

    higher = -1


@frozen
class LaysDownNothing(Agent):
    """Says at every tick that it lays down a lease, though it has none."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        return step(super().tick(state, now).state, Announce(Expired(state.seen)))


@frozen
class SaysNothing(Agent):
    """Does not say when it lays a lease down."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        return step(super().tick(state, now).state)


# ---- giving back, writing and showing


@frozen
class GivesBackAnother(Agent):
    """Gives back the next token."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        after = super().request(state, client, request)
        if isinstance(request, Give) and state.lease is not None:
            return step(after.state, Send(self.server, Release(state.lease.token + 1)))
        return after


@frozen
class WritesUnderAnother(Agent):
    """Writes under the next token."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        after = super().request(state, client, request)
        if isinstance(request, Put) and state.lease is not None:
            return step(after.state, Send(self.store, Write(state.lease.token + 1)))
        return after


@frozen
class ShowsAnotherToken(Agent):
    """Shows the token of the next lease."""

    def view(self, state: Using) -> AgentView:
        return AgentView(None, None) if state.lease is None else AgentView(state.lease.token + 1, state.lease.until)


def _slip(agent: type[Agent], mistake: str, breaks: Clause, length: int, *scripts: tuple[Request, ...], clocks: int = 2) -> Pitfall:
    subject = system(*(scripts or (TAKES,)), agent=agent, clocks=Clocks(clocks))
    return Pitfall(f"lease.{agent.__name__}", mistake, breaks=breaks, subject=subject, length=length)


ASKS_AGAIN = _slip(
    AsksAgain, "An agent asks for the lease while it waits for an answer.", spec.asks_once_at_a_time, 2, (Take(), Take()), clocks=1
)
TAKES_NONE = _slip(TakesNone, "An agent has the lease in time, and does not take it.", spec.takes_what_is_new, 3, clocks=1)
ANSWERS_AGAIN = _slip(AnswersAgain, "An agent is answered, and some time later once more.", spec.takes_what_is_new, 4)
LAYS_DOWN_EARLY = Pitfall(
    "lease.LaysDownEarly",
    "An agent lays the lease down while it may still use it.",
    breaks=spec.laid_down_no_sooner,
    subject=system(TAKES, length=3, agent=LaysDownEarly),
    length=4,
)
LAYS_DOWN_ANOTHER = _slip(LaysDownAnother, "An agent lays down a lease that nobody has.", spec.laid_down_no_sooner, 4)
LAYS_DOWN_THE_ONE_BEFORE = _slip(LaysDownTheOneBefore, "An agent lays down a lease that it never had.", spec.laid_down_no_sooner, 4)
LAYS_DOWN_NOTHING = _slip(LaysDownNothing, "An agent that holds no lease lays one down.", spec.laid_down_no_sooner, 1)
SAYS_NOTHING = _slip(SaysNothing, "An agent does not say that it has laid the lease down.", spec.held_as_lent, 4)
GIVES_BACK_ANOTHER = _slip(GivesBackAnother, "An agent gives back a lease that nobody has.", spec.does_what_it_is_told, 4, (Take(), Give()))
WRITES_UNDER_ANOTHER = _slip(
    WritesUnderAnother, "An agent writes under a token that nobody was granted.", spec.nothing_late_is_stored, 5, ONCE, clocks=1
)
SHOWS_ANOTHER_TOKEN = _slip(ShowsAnotherToken, "An agent shows a token that it does not have.", spec.held_as_lent, 3)
TAKES_WHAT_IT_DID_NOT_ASK_FOR = Pitfall(
    "lease.TakesWhatItDidNotAskFor",
    "An agent crashes, and takes the lease that it had asked for before.",
    breaks=spec.takes_what_is_new,
    subject=system(TAKES, agent=TakesWhatItDidNotAskFor, clocks=Clocks(1), faults=CRASHES),
    length=5,
)
TAKES_ITS_OWN_OLD_LEASE = Pitfall(
    "lease.TakesAnOldLease/own",
    "An agent takes a lease that is older than one that it has taken.",
    breaks=spec.takes_what_is_new,
    subject=system((Take(), Take(), Take()), agent=TakesAnOldLease, clocks=Clocks(1), faults=CRASHES),
    length=9,
)
TAKES_THE_SAME_TWICE = Pitfall(
    "lease.TakesAnOldLease/twice",
    "An agent takes for a new lease what has the token of the one that it has: the server has prolonged it under that.",
    breaks=spec.takes_what_is_new,
    subject=system((Take(), Take()), server=KeepsTheToken, agent=TakesAnOldLease, clocks=Clocks(1)),
    length=6,
)
GIVES_BACK_ANOTHER_THAT_IS_TAKEN = Pitfall(
    "lease.GivesBackAnother/taken",
    "An agent gives back a lease that nobody has, and the server takes that for given back.",
    breaks=spec.only_what_is_given_back_is_freed,
    subject=system((Take(), Give()), server=TakesAnythingBack, agent=GivesBackAnother, clocks=Clocks(1)),
    length=5,
)
