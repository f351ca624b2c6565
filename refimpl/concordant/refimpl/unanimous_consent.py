"""One-shot unanimity as two machines: a coordinator that counts consents, and electors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec import unanimous_consent as spec
from concordant.spec.unanimous_consent import (
    Cast,
    Close,
    Consented,
    Decided,
    Decision,
    ParticipantView,
    Put,
    Question,
    Record,
    Vetoed,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Network, Rejected, Reply, Send, addresses, broadcast

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
            return step(state, Reply(client, Rejected("the proposal was put before")))
        return step(Collecting(client), *broadcast(self.electorate, Question()))

    def receive(self, state: Coordinating, source: Address, message: Vote) -> Step[Coordinating] | None:
        if not isinstance(state, Collecting):
            return None
        if not message.consents:
            return self.decide(state, accepted=False)
        heard = evolve(state, consents=state.consents | {source})
        return self.decide(heard, accepted=True) if self.all_consent(heard) else step(heard)

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

    coordinator: Address


@frozen
class Voted:
    """Has voted, and may have been told what was decided."""

    told: bool | None = None


Electing: TypeAlias = Listening | Considering | Voted


@frozen
class Elector(Process[Electing, Question | Decision, Never, Cast]):
    """Votes once, when it is asked."""

    def start(self) -> Step[Electing]:
        return step(Listening())

    def receive(self, state: Electing, source: Address, message: Question | Decision) -> Step[Electing] | None:
        match message:
            case Question():
                return step(Considering(source)) if isinstance(state, Listening) else None
            case Decision(accepted):
                return step(Voted(told=accepted))
            case _:
                assert_never(message)

    def armed(self, state: Electing) -> tuple[Cast, ...]:
        return (Cast(consents=True), Cast(consents=False)) if isinstance(state, Considering) else ()

    def fire(self, state: Electing, trigger: Cast) -> Step[Electing]:
        if not isinstance(state, Considering):
            return step(state)
        event = Consented() if trigger.consents else Vetoed()
        return step(self.voted(consents=trigger.consents), Announce(event), Send(state.coordinator, Vote(trigger.consents)))

    def voted(self, *, consents: bool) -> Voted:  # noqa: ARG002  # a vote decides nothing by itself
        return Voted()

    def survives(self, state: Electing) -> Iterable[Electing]:
        return (state,)

    def view(self, state: Electing) -> ParticipantView:
        return ParticipantView(state.told if isinstance(state, Voted) else None)


PROMISES: tuple[Clause, ...] = (
    spec.acceptance_needs_every_consent,
    spec.agreement,
    spec.a_decision_is_final,
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
    network: Network = Network(),
    faults: Faults = Faults(),
    coordinator: type[Coordinator] = Coordinator,
    elector: type[Elector] = Elector,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Record]:
    """Put a coordinator, its electorate and one user together."""
    chair, electorate = Address("coordinator"), addresses("elector", electors)
    return System(
        {chair: coordinator(electorate), **{name: elector() for name in electorate}},
        Record(frozenset(electorate)),
        promises,
        network,
        faults,
        (User(Address("user"), (chair,), ((Put(),),)),),
        symmetric=(tuple((name,) for name in electorate),),
    )
