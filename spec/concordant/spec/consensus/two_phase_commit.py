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

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Completion,
    Crashed,
    Deadline,
    Fair,
    Fault,
    Need,
    Rejected,
    Reply,
    Seen,
    Send,
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


UNDECIDED = Rejected("the votes on this transaction are being collected")


# ---- triggers


@frozen
class Finish(Completion):
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
class History:
    """Who was prepared, who refused, whose work a crash has ended and who has not refused yet, what was resolved, and who was answered. `participants` is fixed."""

    participants: frozenset[Address]
    prepared: frozenset[Address] = frozenset()
    refused: frozenset[Address] = frozenset()
    lost: frozenset[Address] = frozenset()
    resolved: frozenset[bool] = frozenset()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Prepared():
                return evolve(after, prepared=self.prepared | {at})
            case Refused():
                return evolve(after, refused=self.refused | {at}, lost=self.lost - {at})
            case Crashed() if at in self.participants - self.prepared - self.refused:
                return evolve(after, lost=self.lost | {at})
            case Resolved(commit):
                return evolve(after, resolved=self.resolved | {commit})
            case _:
                return after


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """No participant commits while another aborts.

    Only the coordinator decides about a participant that is prepared, and it logs one decision before it tells any.
    A participant that aborts by itself was never prepared, so that its yes cannot be among the votes of a commit.
    """
    return calls.agree({address: phase if phase.decided else None for address, phase in _phases(seen).items()})


@on_event(Resolved, under=ALL)
def a_commit_needs_every_vote(before: History, by: Address, event: Resolved) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The coordinator commits only when every participant is prepared."""
    if event.commit:
        yield case(before.prepared >= before.participants, missing=before.participants - before.prepared)


@on_event(Resolved, under=ALL)
def the_coordinator_decides_once(before: History, by: Address, event: Resolved) -> Cases:  # noqa: ARG001
    """The coordinator logs one decision, once."""
    yield case(not before.resolved, before=before.resolved, then=event.commit)


@always(under=ALL)
def the_log_tells_the_decision(seen: Seen[History]) -> Cases:
    """The coordinator has in its log what it decided, also when it is down, and nothing before."""
    logged = {view.decision for view in seen.views(CoordinatorView).values()} - {None}
    if logged or seen.history.resolved:
        yield case(logged == seen.history.resolved, logged=frozenset(logged), resolved=seen.history.resolved)


@always(under=ALL)
def a_prepared_participant_obeys(seen: Seen[History]) -> Cases:
    """A participant that was prepared decides only as the coordinator has."""
    prepared, resolved = seen.history.prepared, seen.history.resolved
    decided = tuple((address, phase) for address, phase in _phases(seen).items() if phase.decided and address in prepared)
    if decided:
        yield case({phase is Phase.COMMITTED for _, phase in decided} <= resolved, decided=decided, resolved=resolved)


@on_event(Prepared, under=ALL)
def lost_work_is_not_promised(before: History, by: Address, event: Prepared) -> Cases:  # noqa: ARG001
    """A participant that has refused, or whose work a crash has ended, is not prepared any more."""
    yield case(by not in before.lost | before.refused, participant=by, lost=before.lost, refused=before.refused)


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """Nobody is sent a vote or a decision that its sender has not logged."""
    match event.message:
        case Vote(commit=True):
            yield case(by in before.prepared, votes=True, prepared=before.prepared)
        case Vote(commit=False):
            yield case(by in before.refused or False in before.resolved, votes=False, refused=before.refused, resolved=before.resolved)
        case Decision(commit):
            yield case(commit in before.resolved, told=commit, resolved=before.resolved)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what was decided, or, before that, is rejected because another waits for it."""
    match event.answer:
        case Resolved(commit):
            yield case(commit in before.resolved, told=commit, resolved=before.resolved)
        case answer:
            others = before.calls.others(Call(event.to, by))
            yield case(answer == UNDECIDED and bool(others), told=answer, resolved=before.resolved, others=others)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


@every_step(ParticipantView, under=ALL)
def a_decision_is_final(before: ParticipantView, after: ParticipantView) -> Cases:
    """What a participant has decided it never takes back, not even through a crash."""
    return calls.final(before.phase if before.phase.decided else None, after.phase)


@every_step(CoordinatorView, under=ALL)
def the_coordinator_keeps_its_decision(before: CoordinatorView, after: CoordinatorView) -> Cases:
    """What the coordinator has decided it never takes back, not even through a crash."""
    return calls.final(before.decision, after.decision)


@at_rest(needs=Need.TIMELY)
def what_all_can_commit_is_committed(seen: Seen[History]) -> Cases:
    """If every participant is prepared and every message arrives in time, the transaction commits."""
    if seen.history.prepared == seen.history.participants:
        yield case(True in seen.history.resolved, resolved=seen.history.resolved)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest no user waits for an answer, whoever is silent."""
    return calls.nobody_waits(seen)


@at_rest(under=ALL)
def nobody_is_blocked(seen: Seen[History]) -> Cases:
    """At rest every participant has decided. Promised only where whoever crashes comes back.

    Until it is prepared it may abort alone; from then on it asks the coordinator until it gets an answer.
    """
    phases = _phases(seen)
    blocked = tuple(address for address, phase in phases.items() if not phase.decided)
    yield case(not blocked, blocked=blocked, phases=tuple(phases.items()))


def _phases(seen: Seen[History]) -> dict[Address, Phase]:
    return {address: view.phase for address, view in seen.views(ParticipantView).items()}


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.LOSS | Fault.DUPLICATION)
def every_participant_decides(seen: Seen[History]) -> Cases:
    """Every participant decides in the end. Not promised where one may crash: nobody need ever come back."""
    for address, view in seen.views(ParticipantView).items():
        yield case(view.phase.decided, waits=address)


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION)
def a_refusal_is_enough(seen: Seen[History]) -> Cases:
    """Once a participant has refused, whoever asks is answered, though no deadline passes."""
    if seen.history.refused:
        yield case(not seen.waiting(), refused=seen.history.refused, waiting=seen.waiting())


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY)
def everybody_is_told(seen: Seen[History]) -> Cases:
    """Once the coordinator has decided, every participant decides, though no deadline passes, if all are up."""
    phases = _phases(seen)
    if seen.history.resolved and all(map(seen.up, (*seen.views(CoordinatorView), *phases))):
        yield case(all(phase.decided for phase in phases.values()), phases=tuple(phases.items()))


@sometimes
def commits(seen: Seen[History]) -> Cases:
    """All participants commit."""
    yield case(all(phase is Phase.COMMITTED for phase in _phases(seen).values()))


@sometimes
def aborts_what_was_prepared(seen: Seen[History]) -> Cases:
    """A participant that was prepared has to abort."""
    for address, phase in _phases(seen).items():
        yield case(phase is Phase.ABORTED and address in seen.history.prepared, participant=address)
