"""Slips in leases, each of which breaks one promise of ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.synchronization.lease.essentials import TakesAnOldLease, TakesAnythingBack
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.lease import ONCE, SERVER, Agent, Kept, Lending, Request, Server, Store, Using, system
from concordant.spec.synchronization.lease import (
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
from concordant.spec.synchronization.lease import clauses as spec
from concordant.spec.vocabulary import Address, Clause, Clocks, Faults, Send, Ticks, addresses

(FIRST,) = addresses("agent", 1)
TAKES: tuple[Request, ...] = (Take(),)


@frozen
class GivesBackAnother(Agent):
    """Gives back the next token."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        after = super().request(state, client, request)
        if isinstance(request, Give) and state.lease is not None:
            return step(after.state, Send(self.server, Release(state.lease.token + 1)))
        return after


@frozen
class AsksAgain(Agent):
    """Asks whenever it is told to."""

    def request(self, state: Using, client: Address, request: Request) -> Step[Using]:
        return super().request(evolve(state, asks=False) if isinstance(request, Take) else state, client, request)


@frozen
class LaysDownEarly(Agent):
    """Lays a lease down one tick before it must."""

    def is_in_time(self, now: Ticks, lease: Granted) -> bool:
        return super().is_in_time(now + 1, lease)


@frozen
class SaysNothing(Agent):
    """Does not say when it lays a lease down."""

    def tick(self, state: Using, now: Ticks) -> Step[Using]:
        return step(super().tick(state, now).state)


@frozen
class TakesWhatItDidNotAskFor(Agent):
    """Takes whatever lease arrives that is new."""

    def receive(self, state: Using, source: Address, message: Granted | Refused) -> Step[Using] | None:
        return super().receive(evolve(state, asks=True), source, message)


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
    breaks=spec.does_what_it_is_told,
    subject=system((Take(), Give()), agent=GivesBackAnother),
    length=4,
)
ASKS_AGAIN = Pitfall(
    "lease.AsksAgain",
    "An agent asks for the lease while it waits for an answer.",
    breaks=spec.asks_once_at_a_time,
    subject=system((Take(), Take()), agent=AsksAgain),
    length=2,
)
LAYS_DOWN_EARLY = Pitfall(
    "lease.LaysDownEarly",
    "An agent lays the lease down while it may still use it.",
    breaks=spec.laid_down_no_sooner,
    subject=system(TAKES, length=3, agent=LaysDownEarly),
    length=4,
)
SAYS_NOTHING = Pitfall(
    "lease.SaysNothing",
    "An agent does not say that it has laid the lease down.",
    breaks=spec.held_as_lent,
    subject=system(TAKES, agent=SaysNothing),
    length=4,
)
TAKES_WHAT_IT_DID_NOT_ASK_FOR = Pitfall(
    "lease.TakesWhatItDidNotAskFor",
    "An agent crashes, and takes the lease that it had asked for before.",
    breaks=spec.takes_what_is_new,
    subject=system(TAKES, agent=TakesWhatItDidNotAskFor, clocks=Clocks(1), faults=Faults(crashes=1, recoveries=1, who=(FIRST,))),
    length=5,
)
TAKES_ITS_OWN_OLD_LEASE = Pitfall(
    "lease.TakesAnOldLease/own",
    "An agent takes a lease that is older than one that it has taken.",
    breaks=spec.takes_what_is_new,
    subject=system((Take(), Take(), Take()), agent=TakesAnOldLease, clocks=Clocks(1), faults=Faults(crashes=1, recoveries=1, who=(FIRST,))),
    length=9,
)
FREES_AN_OLDER_LEASE = Pitfall(
    "lease.TakesAnythingBack/older",
    "An agent gives back a lease that it has prolonged meanwhile: the server takes the new one for given back.",
    breaks=spec.only_what_is_given_back_is_freed,
    subject=system((Take(), Take(), Give()), server=TakesAnythingBack),
    length=7,
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
