"""Two-phase commit: participants in a transaction all commit, or all abort, and keep what they decided through crashes.

Source: Gray, "Notes on Data Base Operating Systems" (1978), section 5.8.3; Gray and Lamport, "Consensus on Transaction
Commit" (TODS 2006), section 2. Presumed abort: a coordinator without a record of a decision has not committed.
Assumes: the log of each process survives its crashes, the work of a participant that is not prepared does not; nobody
lies. One transaction.
Does not promise: an end, once the coordinator is down for good. A prepared participant may not decide alone, and waits.
"""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Cases,
    Deadline,
    Fair,
    Fault,
    Need,
    Outcome,
    Seen,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)


class Phase(Enum):
    """How far a participant is."""

    WORKING = "working"
    PREPARED = "prepared"
    COMMITTED = "committed"
    ABORTED = "aborted"

    @property
    def decided(self) -> bool:
        """Whether this is the end."""
        return self in (Phase.COMMITTED, Phase.ABORTED)


# ---- messages


@frozen
class Prepare:
    """The coordinator asks a participant whether it can commit."""


@frozen
class Vote:
    """A participant's answer. A yes is a promise to do as the coordinator decides, whenever that may be."""

    commit: bool


@frozen
class Inquiry:
    """A prepared participant asks what was decided."""


@frozen
class Decision:
    """The coordinator tells what was decided."""

    commit: bool


# ---- requests and answers


@frozen
class Commit:
    """A user asks that the transaction be committed. Answered by `Resolved`, or `Rejected` while that is being decided."""


# ---- triggers


@frozen
class Finish(Outcome):
    """A participant's own work succeeds or fails, which nobody else controls."""

    commit: bool


@frozen
class GiveUp(Deadline):
    """The coordinator has waited long enough for votes."""


@frozen
class Abandon(Deadline):
    """A participant has waited long enough to be asked. It has promised nothing, and aborts."""


@frozen
class Inquire(Deadline):
    """A prepared participant has waited long enough for a decision, and asks again."""


# ---- events


@frozen
class Prepared:
    """A participant has logged that it can commit."""


@frozen
class Refused:
    """A participant has aborted by itself, which it may until it is prepared."""


@frozen
class Resolved:
    """The coordinator has logged its decision. Also its answer to the user."""

    commit: bool


# ---- views


@frozen
class ParticipantView:
    """What a participant has logged."""

    phase: Phase


@frozen
class CoordinatorView:
    """What the coordinator has decided; None before."""

    decision: bool | None


# ---- history


@frozen
class Record:
    """Who was prepared, who refused, and what was resolved. `participants` is fixed."""

    participants: frozenset[Address]
    prepared: frozenset[Address] = frozenset()
    refused: frozenset[Address] = frozenset()
    resolved: frozenset[bool] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Record:  # noqa: ARG002  # participants speak for themselves
        """Fold one happening."""
        match happening:
            case Prepared():
                return evolve(self, prepared=self.prepared | {at})
            case Refused():
                return evolve(self, refused=self.refused | {at})
            case Resolved(commit):
                return evolve(self, resolved=self.resolved | {commit})
            case _:
                return self


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@always(under=ALL)
def agreement(seen: Seen[Record]) -> Cases:
    """No participant commits while another aborts.

    Only the coordinator decides about a participant that is prepared, and it logs one decision before it tells any.
    A participant that aborts by itself was never prepared, so that its yes cannot be among the votes of a commit.
    """
    phases = {address: view.phase for address, view in seen.views(ParticipantView).items() if view.phase.decided}
    if phases:
        yield case(len(set(phases.values())) == 1, decided=tuple(phases.items()))


@on_event(Resolved, under=ALL)
def a_commit_needs_every_vote(before: Record, by: Address, event: Resolved) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The coordinator commits only when every participant is prepared."""
    if event.commit:
        yield case(before.prepared == before.participants, missing=before.participants - before.prepared)


@always(under=ALL)
def a_prepared_participant_obeys(seen: Seen[Record]) -> Cases:
    """A participant that was prepared decides only as the coordinator has."""
    for address, view in seen.views(ParticipantView).items():
        if view.phase.decided and address in seen.history.prepared:
            yield case((view.phase is Phase.COMMITTED) in seen.history.resolved, participant=address, decided=view.phase)


@every_step(ParticipantView, under=ALL)
def a_decision_is_final(before: ParticipantView, after: ParticipantView) -> Cases:
    """What a participant has decided it never takes back, not even through a crash."""
    if before.phase.decided:
        yield case(after.phase is before.phase, before=before.phase, after=after.phase)


@every_step(CoordinatorView, under=ALL)
def the_coordinator_keeps_its_decision(before: CoordinatorView, after: CoordinatorView) -> Cases:
    """What the coordinator has decided it never takes back, not even through a crash."""
    if before.decision is not None:
        yield case(after.decision == before.decision, before=before.decision, after=after.decision)


@at_rest(needs=Need.TIMELY)
def what_all_can_commit_is_committed(seen: Seen[Record]) -> Cases:
    """If every participant is prepared and every message arrives in time, the transaction commits."""
    if seen.history.prepared == seen.history.participants:
        yield case(seen.history.resolved == {True}, resolved=seen.history.resolved)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[Record]) -> Cases:
    """In the end no user waits for an answer, whoever is silent."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@at_rest(under=ALL)
def nobody_is_blocked(seen: Seen[Record]) -> Cases:
    """In the end every participant has decided. Promised only where whoever crashes comes back.

    Until it is prepared it may abort alone; from then on it asks the coordinator until it gets an answer.
    """
    for address, view in seen.views(ParticipantView).items():
        yield case(view.phase.decided, blocked=address, phases=tuple(_phases(seen).items()))


def _phases(seen: Seen[Record]) -> dict[Address, Phase]:
    return {address: view.phase for address, view in seen.views(ParticipantView).items()}


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION)
def every_participant_decides(seen: Seen[Record]) -> Cases:
    """Every participant decides in the end. It is not promised where one may crash: nobody need ever come back."""
    for address, view in seen.views(ParticipantView).items():
        yield case(view.phase.decided, waits=address)


@sometimes
def commits(seen: Seen[Record]) -> Cases:
    """All participants commit."""
    yield case(all(phase is Phase.COMMITTED for phase in _phases(seen).values()))


@sometimes
def aborts_what_was_prepared(seen: Seen[Record]) -> Cases:
    """A participant that was prepared has to abort."""
    for address, phase in _phases(seen).items():
        yield case(phase is Phase.ABORTED and address in seen.history.prepared, participant=address)
