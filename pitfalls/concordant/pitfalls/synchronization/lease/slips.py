"""Slips of the server and the store, each of which breaks one promise of ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.synchronization.lease.essentials import TakesAnythingBack
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.lease import ONCE, SERVER, Kept, Lending, Request, Server, Store, system
from concordant.spec.synchronization.lease import (
    Acquire,
    Freed,
    Give,
    Granted,
    Leased,
    Put,
    Release,
    ServerView,
    StoreView,
    Take,
    Write,
)
from concordant.spec.synchronization.lease import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Clocks, Send, Ticks

TAKES: tuple[Request, ...] = (Take(),)


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
class LendsForShorter(Server):
    """Lends for one tick less than is said."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        return super().grant(evolve(state, now=state.now - 1), to).then(lambda after: step(evolve(after, now=state.now)))


@frozen
class SkipsAToken(Server):
    """Leaves out every other token."""

    def next_token(self, state: Lending) -> int:
        return state.token + 2


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
class LendsToItself(Server):
    """Notes a lease that it prolongs as its own."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = super().grant(state, to)
        if state.holder != to:
            return after
        return step(after.state, Announce(Leased(SERVER, after.state.token, after.state.until)), after.effects[1])


@frozen
class LendsToTheNext(Server):
    """Notes a lease as the next agent's."""

    def grant(self, state: Lending, to: Address) -> Step[Lending]:
        after = super().grant(state, to)
        return step(after.state, Announce(Leased(Address("agent", to.number + 1), after.state.token, after.state.until)), after.effects[1])


@frozen
class RefusesTheFirst(Server):
    """Lends nothing that was not lent before."""

    def may_grant(self, state: Lending, to: Address) -> bool:
        return state.holder is not None and super().may_grant(state, to)


@frozen
class KeepsWhatIsGivenBack(Server):
    """Says that a lease is given back, and waits for its end all the same."""

    def receive(self, state: Lending, source: Address, message: Acquire | Release) -> Step[Lending] | None:
        after = super().receive(state, source, message)
        return after if after is None or isinstance(message, Acquire) else step(state, *after.effects)


@frozen
class FreesTheNext(Server):
    """Says of the next lease that it is given back."""

    def receive(self, state: Lending, source: Address, message: Acquire | Release) -> Step[Lending] | None:
        after = super().receive(state, source, message)
        return after if after is None or isinstance(message, Acquire) else step(after.state, Announce(Freed(state.token + 1)))


@frozen
class FreesByItself(Server):
    """Says that a lease is given back when its clock goes on."""

    def tick(self, state: Lending, now: Ticks) -> Step[Lending]:
        after = super().tick(state, now)
        return step(evolve(after.state, holder=None), Announce(Freed(state.token))) if state.holder else after


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
class ShowsWhatItTookAsFenced(Store):
    """Shows that it has turned down what it has taken."""

    def view(self, state: Kept) -> StoreView:
        return StoreView(state.token, state.token)


@frozen
class CreditsTheServer(Store):
    """Says of every write that it is the server's."""

    def receive(self, state: Kept, source: Address, message: Write) -> Step[Kept]:  # noqa: ARG002
        return super().receive(state, SERVER, message)


@frozen
class CreditsTheNext(Store):
    """Says of every write that it is the next agent's."""

    def receive(self, state: Kept, source: Address, message: Write) -> Step[Kept]:
        return super().receive(state, Address("agent", source.number + 1), message)


def _slip(
    server: type[Server], mistake: str, breaks: Clause, length: int, *scripts: tuple[Request, ...], lent: Ticks = 2, horizon: Ticks = 2
) -> Pitfall:
    subject = system(*(scripts or (TAKES, TAKES)), length=lent, server=server, clocks=Clocks(horizon))
    return Pitfall(f"lease.{server.__name__}", mistake, breaks=breaks, subject=subject, length=length)


FENCES_AGAIN = Pitfall(
    "lease.FencesAgain",
    "The second write under a lease is turned down as if it were late.",
    breaks=spec.only_what_is_late_is_fenced,
    subject=system((Take(), Put(), Put()), store=FencesAgain),
    length=7,
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
CREDITS_THE_NEXT = Pitfall(
    "lease.CreditsTheNext",
    "What is stored is noted as another agent's.",
    breaks=spec.nothing_late_is_stored,
    subject=system(ONCE, store=CreditsTheNext),
    length=5,
)
SHOWS_NO_TOKEN = Pitfall(
    "lease.ShowsNoToken",
    "The store shows that it has seen nothing.",
    breaks=spec.what_must_last_is_known,
    subject=system(ONCE, store=ShowsNoToken),
    length=5,
)
SHOWS_WHAT_IT_TOOK_AS_FENCED = Pitfall(
    "lease.ShowsWhatItTookAsFenced",
    "The store shows that it has turned down what it has taken.",
    breaks=spec.what_must_last_is_known,
    subject=system(ONCE, store=ShowsWhatItTookAsFenced),
    length=5,
)
TAKES_ANOTHER_TOKEN = Pitfall(
    "lease.SaysAnotherToken/taken",
    "The agent is told another token than the server knows, and takes the lease.",
    breaks=spec.takes_what_is_new,
    subject=system(TAKES, server=SaysAnotherToken),
    length=3,
)
LENDS_FOR_LONGER = _slip(LendsForLonger, "The lease is lent for one tick too long.", spec.lent_for_its_length, 2)
LENDS_TWICE = _slip(LendsTwice, "The lease is lent while another has it.", spec.nobody_else_has_it, 4)
LENDS_ONCE = _slip(LendsOnce, "The holder fails, and nobody else ever has the lease.", spec.refused_for_a_reason, 5, lent=1, horizon=1)
REFUSES_THE_HOLDER = _slip(
    RefusesTheHolder, "Who holds the lease and wants to keep it is refused.", spec.refused_for_a_reason, 5, (Take(), Take())
)
SAYS_ANOTHER_TOKEN = _slip(SaysAnotherToken, "The agent is told another token than the server knows.", spec.held_as_lent, 3)
SAYS_A_LATER_END = _slip(SaysALaterEnd, "The agent is told a later end than the server knows.", spec.held_as_lent, 3)
SHOWS_THE_TOKEN_BEFORE = _slip(ShowsTheTokenBefore, "The server shows the token before the last.", spec.what_must_last_is_known, 2)
LENDS_FOR_SHORTER = _slip(LendsForShorter, "The lease is lent for one tick too short.", spec.lent_for_its_length, 2)
SKIPS_A_TOKEN = _slip(SkipsAToken, "A token is left out.", spec.every_lease_is_later, 2, TAKES)
LENDS_TO_ITSELF = _slip(LendsToItself, "The server notes a lease as its own.", spec.nobody_else_has_it, 5, (Take(), Take()))
TAKES_WHAT_IS_THE_SERVERS = Pitfall(
    "lease.LendsToItself/taken",
    "An agent is granted a lease that the server has noted as its own.",
    breaks=spec.takes_what_is_new,
    subject=system((Take(), Take()), server=LendsToItself, clocks=Clocks(1)),
    length=6,
)
LENDS_TO_THE_NEXT = _slip(LendsToTheNext, "The server notes a lease as another agent's.", spec.takes_what_is_new, 3, TAKES)
REFUSES_THE_FIRST = _slip(RefusesTheFirst, "Nobody has the lease, and who asks for it is refused.", spec.refused_for_a_reason, 2, TAKES)
KEEPS_WHAT_IS_GIVEN_BACK = _slip(
    KeepsWhatIsGivenBack,
    "A lease is given back, and who asks for it is refused.",
    spec.refused_for_a_reason,
    7,
    (Take(), Give()),
    TAKES,
    horizon=1,
)
FREES_THE_NEXT = _slip(
    FreesTheNext,
    "The server takes a lease for given back that it has not granted.",
    spec.nobody_else_has_it,
    7,
    (Take(), Give()),
    TAKES,
    horizon=1,
)
FREES_BY_ITSELF = _slip(
    FreesByItself, "The server says of a lease that it is given back, which it is not.", spec.only_what_is_given_back_is_freed, 3, TAKES
)
