"""One-shot unanimity as two machines: a coordinator that counts consents, and electors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Byzantine, Fire, Forge, KnownViolation, Process, Receive, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Network, Reply, Send, addresses, broadcast
from concordant.spec.voting import unanimous_consent as spec
from concordant.spec.voting.unanimous_consent import (
    PUT_BEFORE,
    Cast,
    Close,
    Consented,
    Decided,
    Decision,
    History,
    ParticipantView,
    Put,
    Question,
    Vetoed,
    Vote,
)

# ---- coordinator


@frozen
class Idle:
    """Nothing was put to the vote yet."""


@frozen
class Collecting:
    """Waits for votes, on behalf of a client."""

    client: Address
    consents: frozenset[Address] = frozenset()


@frozen
class Closed:
    """The vote is over."""

    accepted: bool


Coordinating: TypeAlias = Idle | Collecting | Closed


@frozen
class Coordinator(Process[Coordinating, Vote, Put, Close]):
    """Puts one proposal to the vote of a fixed electorate."""

    electorate: tuple[Address, ...]

    def start(self) -> Step[Coordinating]:
        return step(Idle())

    def request(self, state: Coordinating, client: Address, request: Put) -> Step[Coordinating]:  # noqa: ARG002  # there is one request
        if not isinstance(state, Idle):
            return step(state, Reply(client, PUT_BEFORE))
        return step(Collecting(client), *broadcast(self.electorate, Question()))

    def receive(self, state: Coordinating, source: Address, message: Vote) -> Step[Coordinating] | None:
        if not isinstance(state, Collecting) or not self.may_vote(source):
            return None
        if not message.consents:
            return self.decide(state, accepted=False)
        # The hard step: consents are kept by elector, so that a vote which comes twice counts once, and they are compared
        # with the electorate, not with the votes received. An elector that was not heard has not consented.
        heard = evolve(state, consents=state.consents | {source})
        return self.decide(heard, accepted=True) if self.all_consent(heard) else step(heard)

    def may_vote(self, source: Address) -> bool:
        return source in self.electorate

    def all_consent(self, state: Collecting) -> bool:
        return len(state.consents) == len(self.electorate)

    def decide(self, state: Collecting, *, accepted: bool) -> Step[Coordinating]:
        decided = Decided(accepted)
        return step(Closed(accepted), Announce(decided), Reply(state.client, decided), *broadcast(self.informed(state), Decision(accepted)))

    def informed(self, state: Collecting) -> tuple[Address, ...]:  # noqa: ARG002  # everybody, whatever they voted
        return self.electorate

    def armed(self, state: Coordinating) -> tuple[Close, ...]:
        return (Close(),) if isinstance(state, Collecting) else ()

    def fire(self, state: Coordinating, trigger: Close) -> Step[Coordinating]:  # noqa: ARG002  # there is one trigger
        return self.decide(state, accepted=self.silence_accepts(state)) if isinstance(state, Collecting) else step(state)

    def silence_accepts(self, state: Collecting) -> bool:  # noqa: ARG002  # whatever was heard, somebody was not
        return False

    def survives(self, state: Coordinating) -> Iterable[Coordinating]:
        return (state,)  # it does not come back: what it knew when it stopped is what it is seen to know

    def view(self, state: Coordinating) -> ParticipantView:
        return ParticipantView(state.accepted if isinstance(state, Closed) else None)


# ---- elector


@frozen
class Listening:
    """Was not asked yet."""


@frozen
class Considering:
    """Was asked, and has not made up its mind."""


@frozen
class Voted:
    """Waits to be told what was decided."""


@frozen
class Told:
    """Knows what was decided, whether it has voted or not."""

    accepted: bool


Electing: TypeAlias = Listening | Considering | Voted | Told


@frozen
class Elector(Process[Electing, Question | Decision, Never, Cast]):
    """Votes once, when it is asked."""

    coordinator: Address

    def start(self) -> Step[Electing]:
        return step(Listening())

    def receive(self, state: Electing, source: Address, message: Question | Decision) -> Step[Electing] | None:
        if not self.trusts(source):
            return None
        match message:
            case Question():
                return step(Considering()) if isinstance(state, Listening) else None
            case Decision(accepted):
                return step(Told(accepted))
            case _:
                assert_never(message)

    def trusts(self, source: Address) -> bool:
        return source == self.coordinator

    def armed(self, state: Electing) -> tuple[Cast, ...]:
        return (Cast(consents=True), Cast(consents=False)) if isinstance(state, Considering) else ()

    def fire(self, state: Electing, trigger: Cast) -> Step[Electing]:  # noqa: ARG002  # it is armed in one state only
        event = Consented() if trigger.consents else Vetoed()
        return step(self.voted(consents=trigger.consents), Announce(event), Send(self.coordinator, Vote(trigger.consents)))

    def voted(self, *, consents: bool) -> Voted | Told:  # noqa: ARG002  # a vote decides nothing by itself
        return Voted()

    def survives(self, state: Electing) -> Iterable[Electing]:
        return (state,)

    def view(self, state: Electing) -> ParticipantView:
        return ParticipantView(state.accepted if isinstance(state, Told) else None)


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.acceptance_needs_every_consent,
    spec.agreement,
    spec.a_decision_is_final,
    spec.an_elector_votes_once,
    spec.a_message_is_true,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
)
PROMISES: tuple[Clause, ...] = (
    *SAFETY,
    spec.consent_of_all_is_acceptance,
    spec.everybody_is_told,
    spec.nobody_waits,
    spec.every_proposal_is_decided,
    spec.is_accepted,
    spec.is_vetoed,
    spec.is_declined_by_silence,
)


def system(
    electors: int = 3,
    *,
    users: int = 1,
    liars: tuple[Address, ...] = (),
    network: Network = Network(),
    faults: Faults = Faults(),
    coordinator: type[Coordinator] = Coordinator,
    elector: type[Elector] = Elector,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a coordinator, its electorate and users together, each of whom asks once. `liars`, electors or strangers, say whatever they like."""
    chair, electorate = Address("coordinator"), addresses("elector", electors)
    honest = tuple(name for name in electorate if name not in liars)
    return System(
        {chair: coordinator(electorate), **{name: elector(chair) for name in honest}},
        History(frozenset(honest)),
        promises,
        network,
        faults,
        tuple(User(name, (chair,), ((Put(),),)) for name in addresses("user", users)),
        tuple(Byzantine(name, lambda _: lies(chair, honest)) for name in liars),
        symmetric=(tuple((name,) for name in honest),),
    )


def lies(chair: Address, honest: tuple[Address, ...]) -> tuple[Send, ...]:
    """List all that may be said: votes, and to electors what only the coordinator should say."""
    votes = tuple(Send(chair, Vote(consents)) for consents in (True, False))
    orders = (Question(), Decision(accepted=True), Decision(accepted=False))
    return (*votes, *(Send(name, order) for name in honest for order in orders))


CHAIR, HONEST, LIAR = Address("coordinator"), *addresses("elector", 2)

VETO = KnownViolation(
    spec.consent_of_all_is_acceptance,
    "One elector that lies vetoes whatever all others accept. No rule of unanimity can tell its veto from an honest one.",
    system(2, liars=(LIAR,), faults=Faults(synchronous=True), promises=SAFETY),
    id="UNA-4",
    witness=(
        Ask(CHAIR, Address("user"), Put()),
        Receive(HONEST, CHAIR, Question()),
        Fire(HONEST, Cast(consents=True)),
        Receive(CHAIR, HONEST, Vote(consents=True)),
        Forge(CHAIR, LIAR, Vote(consents=False)),
        Receive(HONEST, CHAIR, Decision(accepted=False)),
    ),
)
