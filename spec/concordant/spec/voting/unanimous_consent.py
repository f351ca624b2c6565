"""One-shot unanimity: a proposal is accepted if every member of a fixed electorate consents; one veto, or silence, declines it.

Source: the unanimity rule (Tsebelis, "Veto Players", 2002); as a commit problem without recovery, Gray (1978).
Assumes: the electorate is known beforehand; the coordinator does not lie, nor recover from a crash; whoever receives a
message knows its sender. Electors may lie: what is promised then is promised to the honest ones.
Does not promise: that a proposal which all would accept is accepted, unless messages arrive before the deadline. One
elector that lies can veto everything, which is what unanimity means.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Completion,
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

# ---- messages


@frozen
class Question:
    """The coordinator asks an elector for its vote."""


@frozen
class Vote:
    """An elector's vote, given once."""

    consents: bool


@frozen
class Decision:
    """The coordinator tells what was decided."""

    accepted: bool


# ---- requests and answers


@frozen
class Put:
    """A user puts the proposal to the vote. Answered by `Decided`, or `Rejected` where it was put before."""


PUT_BEFORE = Rejected("the proposal was put before")


# ---- triggers


@frozen
class Cast(Completion):
    """An elector makes up its mind, which nobody else controls."""

    consents: bool


@frozen
class Close(Deadline):
    """The time to vote is over: silence is no consent."""


# ---- events


@frozen
class Consented:
    """An elector has voted yes."""


@frozen
class Vetoed:
    """An elector has voted no."""


@frozen
class Decided:
    """The coordinator has decided. Also its answer to the user."""

    accepted: bool


# ---- views


@frozen
class ParticipantView:
    """What a participant, coordinator or elector, takes to be decided; None while it knows nothing."""

    decision: bool | None = None


# ---- history


@frozen
class History:
    """Who consented, who vetoed, who did either again, what was decided, and who was answered.

    `electorate` is fixed: the electors that do not lie.
    """

    electorate: frozenset[Address]
    consented: frozenset[Address] = frozenset()
    vetoed: frozenset[Address] = frozenset()
    again: frozenset[Address] = frozenset()
    decisions: frozenset[bool] = frozenset()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Consented() | Vetoed() if at in self.consented | self.vetoed:
                return evolve(after, again=self.again | {at})
            case Consented():
                return evolve(after, consented=self.consented | {at})
            case Vetoed():
                return evolve(after, vetoed=self.vetoed | {at})
            case Decided(accepted):
                return evolve(after, decisions=self.decisions | {accepted})
            case _:
                return after


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.BYZANTINE


@on_event(Decided, under=ALL)
def acceptance_needs_every_consent(before: History, by: Address, event: Decided) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A proposal is accepted only if every elector of the fixed electorate has consented.

    The electorate is counted, not the votes received: of no votes at all, all are yes.
    """
    if event.accepted:
        yield case(before.consented >= before.electorate, missing=before.electorate - before.consented)


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """No two participants hold different decisions."""
    return calls.agree({address: view.decision for address, view in seen.views(ParticipantView).items()})


@every_step(ParticipantView, under=ALL)
def a_decision_is_final(before: ParticipantView, after: ParticipantView) -> Cases:
    """What a participant takes to be decided never changes."""
    return calls.final(before.decision, after.decision)


@always(under=ALL)
def an_elector_votes_once(seen: Seen[History]) -> Cases:
    """An elector that does not lie votes once."""
    if voted := seen.history.consented | seen.history.vetoed:
        yield case(not seen.history.again, voted=voted, again=seen.history.again)


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """An elector sends the vote that it cast, and the coordinator the decision that it made."""
    match event.message:
        case Vote(consents):
            yield case(
                by in (before.consented if consents else before.vetoed), sends=consents, consented=before.consented, vetoed=before.vetoed
            )
        case Decision(accepted):
            yield case(before.decisions == {accepted}, told=accepted, decided=before.decisions)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what was decided, or is rejected because another has already put the proposal."""
    match event.answer:
        case Decided(accepted):
            yield case(before.decisions == {accepted}, told=accepted, decided=before.decisions)
        case answer:
            earlier = (*before.calls.others(Call(event.to, by)), *sorted(before.calls.answered))
            yield case(answer == PUT_BEFORE and bool(earlier), told=answer, earlier=earlier)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(needs=Need.TIMELY)
def consent_of_all_is_acceptance(seen: Seen[History]) -> Cases:
    """If all consent and every message arrives in time, the proposal is accepted."""
    if seen.history.consented == seen.history.electorate:
        yield case(seen.history.decisions == {True}, decisions=seen.history.decisions)


@at_rest(under=Fault.DUPLICATION | Fault.BYZANTINE)
def everybody_is_told(seen: Seen[History]) -> Cases:
    """At rest every participant knows what was decided, if no message is lost."""
    uninformed = tuple(address for address, view in seen.views(ParticipantView).items() if view.decision is None)
    yield case(not uninformed, uninformed=uninformed)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest no user waits for an answer, whoever is silent."""
    return calls.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_proposal_is_decided(seen: Seen[History]) -> Cases:
    """Every proposal is decided in the end."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@sometimes
def is_accepted(seen: Seen[History]) -> Cases:
    """A proposal is accepted."""
    yield case(True in seen.history.decisions, consented=seen.history.consented)


@sometimes
def is_vetoed(seen: Seen[History]) -> Cases:
    """A proposal is declined because of a veto."""
    yield case(False in seen.history.decisions and bool(seen.history.vetoed), vetoed=seen.history.vetoed)


@sometimes
def is_declined_by_silence(seen: Seen[History]) -> Cases:
    """A proposal is declined although nobody spoke against it."""
    yield case(False in seen.history.decisions and not seen.history.vetoed, consented=seen.history.consented)
