"""Leader decision: an elected leader chooses, and a log takes what it has chosen unless it has heard of a later leader.

Source: the document names the strategy only. That whoever acts for a leader obeys the latest epoch that it has heard of is fencing:
the sequencers of Chubby, Burrows (OSDI 2006), section 2.4; Kleppmann, "How to do distributed locking" (2016). A conflict is between
claims of parties. A leader has a mind of its own, so that two leaders may choose differently.
Assumes: an election, such as `bully_election`, in which each epoch has one leader, and nothing else: an agent may hear late that it
was elected, and never that it is deposed. What the log has entered, and what an agent has applied, is on the disk; the log comes to no
harm; nobody lies.
Does not promise: a good decision; an answer where messages are lost; a decision by a leader that is a party of the conflict itself.
"""

from __future__ import annotations

from attrs import evolve, field, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Crashed,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)


@frozen
class Conflict:
    """What parties claim, of which one claim can be met."""

    name: str
    claims: Map[Address, str]


# ---- requests and answers


@frozen
class Appoint:
    """The election tells an agent that it leads in this epoch."""

    answered = False
    epoch: Epoch


@frozen
class Resolve:
    """A user asks that a conflict be decided. Answered by `Decision`, `NotLeader` or `RECUSED`."""

    conflict: Conflict


@frozen
class Decision:
    """The claim that is met, for good."""

    value: str


@frozen
class NotLeader:
    """No, not here: this agent does not lead, or not any more. Nothing was done."""


RECUSED = Rejected("the leader is a party of this conflict")

# ---- messages


@frozen
class Decide:
    """A leader asks the log to enter its decision, made in this epoch."""

    epoch: Epoch
    conflict: str
    value: str


@frozen
class Entry:
    """The log has entered this."""

    conflict: str
    value: str


@frozen
class Fenced:
    """No: the log has heard of this later epoch."""

    conflict: str
    epoch: Epoch


# ---- events


@frozen
class Entered:
    """The log has entered a decision, made in this epoch."""

    epoch: Epoch
    conflict: str
    value: str


# ---- views


@frozen
class AgentView:
    """What an agent has applied, by conflict."""

    applied: Map[str, str]


@frozen
class LogView:
    """The latest epoch from which the log has heard, if any, and its entries by conflict."""

    epoch: Epoch | None
    entries: Map[str, str]


# ---- history


@frozen
class History:
    """Who was told by the election that it leads, what leaders have sent to the log, and what that has entered.

    `appointed`: each epoch; `leads`: by agent the latest of its epochs since it crashed; `fenced`: the latest of which the log has told it.
    """

    appointed: frozenset[Epoch] = frozenset()
    leads: Map[Address, Epoch] = Map()
    sent: frozenset[tuple[Address, Decide]] = frozenset()
    fenced: Map[Address, Epoch] = Map()
    entered: Map[str, Entered] = Map()
    calls: Calls = field(factory=Calls)

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Appoint(epoch):
                return evolve(after, appointed=self.appointed | {epoch}, leads=self.leads.put(at, max(epoch, self.leads.get(at, epoch))))
            case Send(_, Decide() as decide):
                return evolve(after, sent=self.sent | {(at, decide)})
            case Send(to, Fenced(_, epoch)):
                return evolve(after, fenced=self.fenced.put(to, max(epoch, self.fenced.get(to, epoch))))
            case Entered(_, conflict):
                return evolve(after, entered=self.entered.put(conflict, happening))
            case Crashed():
                return evolve(after, leads=self.leads.drop(at))
            case _:
                return after

    def asked(self, user: Address, at: Address) -> Conflict:
        """Return the conflict for which a user waits; where it waits for none, one without claims."""
        request = self.calls.open.get(Call(user, at))
        return request.conflict if isinstance(request, Resolve) else Conflict("", Map())

    def may_lead(self, agent: Address) -> bool:
        """Tell whether an agent leads for all that it was told."""
        epoch = self.leads.get(agent)
        return epoch is not None and epoch >= self.fenced.get(agent, epoch)


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@on_event(Entered, under=ALL)
def one_decision_per_conflict(before: History, by: Address, event: Entered) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A conflict is decided once, whoever leads."""
    yield case(event.conflict not in before.entered, enters=event, before=before.entered.get(event.conflict))


@on_event(Entered, under=ALL)
def a_deposed_leader_is_fenced(before: History, by: Address, event: Entered) -> Cases:  # noqa: ARG001
    """Once a decision of an epoch is entered, none of an earlier epoch is, though its leader may not know that it is deposed."""
    later = tuple(entered for entered in before.entered.values() if entered.epoch > event.epoch)
    yield case(not later, enters=event, later=later)


@on_event(Entered, under=ALL)
def what_is_entered_was_decided(before: History, by: Address, event: Entered) -> Cases:  # noqa: ARG001
    """The log enters only what a leader has sent to it, with the epoch in which that was decided."""
    sent = frozenset(decide for _, decide in before.sent)
    yield case(Decide(event.epoch, event.conflict, event.value) in sent, enters=event, sent=sent)


@every_step(LogView, under=ALL)
def the_log_never_goes_back(before: LogView, after: LogView) -> Cases:
    """The log never forgets an epoch that it has heard of, and neither changes nor drops an entry."""
    kept = all(after.entries.get(conflict) == value for conflict, value in before.entries.items())
    later = before.epoch is None or (after.epoch is not None and before.epoch <= after.epoch)
    yield case(later and kept, before=before, after=after)


@always_each(LogView, under=ALL)
def the_log_knows_the_latest(view: LogView, log: Address, history: History) -> Cases:
    """None of the entries of the log is of a later epoch than the latest from which it says that it has heard."""
    if history.entered:
        epochs = tuple(entered.epoch for entered in history.entered.values())
        yield case(view.epoch is not None and max(epochs) <= view.epoch, log=log, says=view.epoch, entered=epochs)


@on_event(Send, under=ALL)
def a_leader_decides_what_it_may(before: History, by: Address, event: Send) -> Cases:
    """Whoever decides was elected in that epoch, is asked to, is no party of the conflict, and meets one of its claims."""
    if isinstance(event.message, Decide):
        epoch, name, value = event.message.epoch, event.message.conflict, event.message.value
        asked = [before.asked(call.user, by) for call in before.calls.open if call.at == by]
        claims = next((conflict.claims for conflict in asked if conflict.name == name), Map())
        leads = before.leads.get(by) == epoch
        yield case(leads and by not in claims and value in claims.values(), decides=event.message, by=by, claims=claims, leads=before.leads)


@on_event(Send, under=ALL)
def the_log_tells_the_truth(before: History, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Agents are told what is entered, and turned down only for a later epoch, in which somebody was elected."""
    match event.message:
        case Entry(conflict, value):
            entered = before.entered.get(conflict)
            yield case(entered is not None and entered.value == value, tells=event.message, entered=entered)
        case Fenced(conflict, epoch):
            sent = frozenset(decide.epoch for who, decide in before.sent if (who, decide.conflict) == (event.to, conflict))
            yield case(epoch in before.appointed and any(each < epoch for each in sent), tells=event.message, to=event.to, sent=sent)


@always(under=ALL)
def all_apply_the_same(seen: Seen[History]) -> Cases:
    """Agents apply what the log has entered, and nothing else."""
    entered = {conflict: each.value for conflict, each in seen.history.entered.items()}
    for agent, view in seen.views(AgentView).items():
        if view.applied:
            yield case(
                all(entered.get(name) == value for name, value in view.applied.items()), agent=agent, applied=view.applied, entered=entered
            )


@every_step(AgentView, under=ALL)
def what_is_applied_stays(before: AgentView, after: AgentView) -> Cases:
    """An agent neither changes nor drops what it has applied, not even through a crash."""
    if before.applied:
        kept = all(after.applied.get(conflict) == value for conflict, value in before.applied.items())
        yield case(kept, before=before.applied, after=after.applied)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what is entered, or why nothing was done: it is not the leader whom it asks, or that is a party."""
    conflict = before.asked(event.to, by)
    match event.answer:
        case Decision(value):
            entered = before.entered.get(conflict.name)
            yield case(entered is not None and entered.value == value, told=event.answer, entered=entered)
        case NotLeader():
            yield case(not before.may_lead(by), told=event.answer, by=by, leads=before.leads, fenced=before.fenced)
        case answer:
            yield case(answer == RECUSED and by in conflict.claims and before.may_lead(by), told=answer, by=by, claims=conflict.claims)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


@eventually(Fair.DELIVERY, under=ALL & ~Fault.LOSS)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """Whoever asks is answered in the end: the log answers every leader, whether or not it is deposed."""
    if seen.history.calls.answered or seen.history.calls.open:
        yield case(not seen.waiting(), waiting=seen.waiting())


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION)
def everybody_applies_what_is_entered(seen: Seen[History]) -> Cases:
    """What is entered is applied by all agents in the end."""
    for agent, view in seen.views(AgentView).items():
        missing = tuple(conflict for conflict in seen.history.entered if conflict not in view.applied)
        if seen.history.entered:
            yield case(not missing, agent=agent, missing=missing)


@sometimes
def a_leader_is_turned_down(seen: Seen[History]) -> Cases:
    """A leader that is deposed decides, and is fenced."""
    yield case(bool(seen.history.fenced), fenced=seen.history.fenced)
