"""Two-phase commit as two machines: a coordinator, whose log decides, and participants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Crash, Fire, KnownViolation, Process, Receive, Step, System, User, step
from concordant.spec.consensus import two_phase_commit as spec
from concordant.spec.consensus.two_phase_commit import (
    UNDECIDED,
    Abandon,
    Commit,
    CoordinatorView,
    Decision,
    Finish,
    GiveUp,
    History,
    Inquire,
    Inquiry,
    ParticipantView,
    Phase,
    Prepare,
    Prepared,
    Refused,
    Resolved,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Network, Reply, Send, addresses, broadcast

# ---- coordinator


@frozen
class Idle:
    """Has logged nothing."""


@frozen
class Collecting:
    """Waits for votes, on behalf of a client. Not logged: a crash forgets it, and so aborts."""

    client: Address
    votes: frozenset[Address] = frozenset()


@frozen
class Logged:
    """Has logged its decision, which everybody may be told at any time."""

    commit: bool


Coordinating: TypeAlias = Idle | Collecting | Logged


@frozen
class Coordinator(Process[Coordinating, Vote | Inquiry, Commit, GiveUp]):
    """Runs one transaction."""

    participants: tuple[Address, ...]

    def start(self) -> Step[Coordinating]:
        return step(Idle())

    def request(self, state: Coordinating, client: Address, request: Commit) -> Step[Coordinating]:  # noqa: ARG002  # there is one request
        match state:
            case Idle():
                return step(Collecting(client), *broadcast(self.participants, Prepare()))
            case Collecting():
                return step(state, Reply(client, UNDECIDED))
            case Logged(commit):
                return step(state, Reply(client, Resolved(commit)))
            case _:
                assert_never(state)

    def receive(self, state: Coordinating, source: Address, message: Vote | Inquiry) -> Step[Coordinating] | None:
        match message:
            case Vote(commit):
                return self.voted(state, source, commit=commit) if isinstance(state, Collecting) else None
            case Inquiry():
                return self.inquired(state, source)
            case _:
                assert_never(message)

    def inquired(self, state: Coordinating, source: Address) -> Step[Coordinating] | None:
        return step(state, Send(source, Decision(state.commit))) if isinstance(state, Logged) else None

    def voted(self, state: Collecting, source: Address, *, commit: bool) -> Step[Coordinating]:
        if not commit:
            return self.resolve(state, commit=False)
        heard = evolve(state, votes=state.votes | {source})
        return self.resolve(heard, commit=True) if self.all_can_commit(heard) else step(heard)

    def all_can_commit(self, state: Collecting) -> bool:
        return len(state.votes) == len(self.participants)

    def resolve(self, state: Collecting, *, commit: bool) -> Step[Coordinating]:
        resolved = Resolved(commit)
        return step(Logged(commit), Announce(resolved), Reply(state.client, resolved), *broadcast(self.participants, Decision(commit)))

    def armed(self, state: Coordinating) -> tuple[GiveUp, ...]:
        return (GiveUp(),) if isinstance(state, Collecting) else ()

    def fire(self, state: Coordinating, trigger: GiveUp) -> Step[Coordinating]:  # noqa: ARG002  # there is one trigger
        return self.resolve(state, commit=False) if isinstance(state, Collecting) else step(state)

    def survives(self, state: Coordinating) -> Iterable[Coordinating]:
        return (state if isinstance(state, Logged) else Idle(),)

    def recover(self, state: Coordinating) -> Step[Coordinating]:
        if isinstance(state, Logged):
            return step(state, *broadcast(self.participants, Decision(state.commit)))
        # No record, hence no commit: nobody can have been told otherwise, since the log is written first.
        return step(Logged(commit=False), Announce(Resolved(commit=False)), *broadcast(self.participants, Decision(commit=False)))

    def view(self, state: Coordinating) -> CoordinatorView:
        return CoordinatorView(state.commit if isinstance(state, Logged) else None)


# ---- participant


@frozen
class Participating:
    """What a participant has logged; and while it works whether it was asked to prepare, which is not logged."""

    phase: Phase = Phase.WORKING
    asked: bool = False


@frozen
class Participant(Process[Participating, Prepare | Decision, Never, Finish | Abandon | Inquire]):
    """Works, promises, and does as it is told."""

    coordinator: Address

    def start(self) -> Step[Participating]:
        return step(Participating())

    def receive(self, state: Participating, source: Address, message: Prepare | Decision) -> Step[Participating] | None:  # noqa: ARG002  # there is one coordinator
        match message:
            case Prepare():
                return self.asked(state)
            case Decision(commit):
                return None if state.phase.decided else step(Participating(Phase.COMMITTED if commit else Phase.ABORTED))
            case _:
                assert_never(message)

    def asked(self, state: Participating) -> Step[Participating]:
        match state.phase:
            case Phase.WORKING:
                return step(evolve(state, asked=True))
            case Phase.PREPARED | Phase.COMMITTED:
                return step(state, Send(self.coordinator, Vote(commit=True)))
            case Phase.ABORTED:
                return step(state, Send(self.coordinator, Vote(commit=False)))
            case _:
                assert_never(state.phase)

    def armed(self, state: Participating) -> tuple[Finish | Abandon | Inquire, ...]:
        match state.phase:
            case Phase.WORKING:
                return (Finish(commit=True), Finish(commit=False)) if state.asked else (Abandon(),)
            case Phase.PREPARED:
                return (Inquire(),)
            case Phase.COMMITTED | Phase.ABORTED:
                return ()
            case _:
                assert_never(state.phase)

    def fire(self, state: Participating, trigger: Finish | Abandon | Inquire) -> Step[Participating]:
        match trigger:
            case Finish(commit=True):
                # The hard step: it is logged, then told. From here until it hears from the coordinator it may do nothing alone.
                return step(Participating(Phase.PREPARED), Announce(Prepared()), Send(self.coordinator, Vote(commit=True)))
            case Finish() | Abandon():
                return self.refuse()
            case Inquire():
                return self.inquire(state)
            case _:
                assert_never(trigger)

    def refuse(self) -> Step[Participating]:
        return step(Participating(Phase.ABORTED), Announce(Refused()), Send(self.coordinator, Vote(commit=False)))

    def inquire(self, state: Participating) -> Step[Participating]:
        return step(state, Send(self.coordinator, Inquiry()))

    def survives(self, state: Participating) -> Iterable[Participating]:
        return (Participating(state.phase),)

    def recover(self, state: Participating) -> Step[Participating]:
        match state.phase:
            case Phase.WORKING:
                return self.refuse()  # its work is lost
            case Phase.PREPARED:
                return self.inquire(state)
            case Phase.COMMITTED | Phase.ABORTED:
                return step(state)
            case _:
                assert_never(state.phase)

    def view(self, state: Participating) -> ParticipantView:
        return ParticipantView(state.phase)


SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.a_commit_needs_every_vote,
    spec.the_coordinator_decides_once,
    spec.the_log_tells_the_decision,
    spec.a_prepared_participant_obeys,
    spec.lost_work_is_not_promised,
    spec.a_message_is_true,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.a_decision_is_final,
    spec.the_coordinator_keeps_its_decision,
    spec.what_all_can_commit_is_committed,
    spec.nobody_waits,
    spec.commits,
    spec.aborts_what_was_prepared,
)
PROMISES: tuple[Clause, ...] = (
    *SAFETY,
    spec.nobody_is_blocked,
    spec.every_participant_decides,
    spec.a_refusal_is_enough,
    spec.everybody_is_told,
)
"""What is promised where whoever crashes comes back; elsewhere, `SAFETY`."""


def system(
    participants: int = 2,
    *,
    users: int = 1,
    network: Network = Network(),
    faults: Faults = Faults(),
    coordinator: type[Coordinator] = Coordinator,
    participant: type[Participant] = Participant,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a coordinator, participants and users together; each user asks once."""
    chair, members = Address("coordinator"), addresses("participant", participants)
    return System(
        {chair: coordinator(members), **{name: participant(chair) for name in members}},
        History(frozenset(members)),
        promises,
        network,
        faults,
        tuple(User(name, (chair,), ((Commit(),),)) for name in addresses("user", users)),
        symmetric=(tuple((name,) for name in members),),
    )


COORDINATOR, MEMBER = Address("coordinator"), Address("participant")

BLOCKS = KnownViolation(
    spec.nobody_is_blocked,
    "Two-phase commit blocks: when the coordinator stops for good, a participant that is prepared can neither commit nor abort.",
    system(1, network=Network(duplicating=True), faults=Faults(crashes=1, who=(COORDINATOR,)), promises=SAFETY),
    witness=(
        Ask(COORDINATOR, Address("user"), Commit()),
        Receive(MEMBER, COORDINATOR, Prepare()),
        Fire(MEMBER, Finish(commit=True)),
        Crash(COORDINATOR, Idle()),
        Fire(MEMBER, Inquire()),
    ),
)
