"""Requests and their responses: a caller waits for what a server makes of its request, sends that again, and gives up in time.

Source: remote procedure calls, Birrell and Nelson, "Implementing Remote Procedure Calls" (1984), section 3: a call that ends well was
carried out once, one that does not at most once. A transaction is known by who asks and by an identifier that is the same in every
copy (RFC 5531, section 9; CoAP, RFC 7252, section 4.2); that the user gives it, and may ask again with it, is usual on the web.
Assumes: a server carries an operation out, and keeps its outcome on its disk, at once, as in one transaction; the network tells truly
who sent a response. A caller forgets everything in a crash, and its users know of nothing then.
Chosen: the deadline begins with the call, and covers what comes before sending, such as connecting. There are three kinds of outcomes: the
response, `Done` or `Failed`; a rejection, which says that this call sent nothing; and `Unknown`, where it did, and no response came.
Does not promise: that an operation of which nothing is known is not carried out later; that the network does not forge requests.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Crashed,
    Deadline,
    Fair,
    Fault,
    Internal,
    Map,
    Rejected,
    Reply,
    Seen,
    Send,
    Suspected,
    Unknown,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen(order=True)
class Operation:
    """What is to be done. Who asks again with the same key wants it done once."""

    name: str
    key: int = 0


@frozen(order=True)
class Invoke:
    """A user wants an operation carried out. Answered by `Done`, `Failed`, `Unknown`, or a `Rejected`, which says that nothing was sent."""

    to: Address
    operation: Operation


@frozen
class Done:
    """The operation was carried out."""

    result: str


@frozen
class Failed:
    """The server has tried, and could not."""


Outcome: TypeAlias = Done | Failed

TIMED_OUT = Rejected("the time ran out before the request was sent")
CANCELLED = Rejected("the call was cancelled before the request was sent")
SUSPECTED = Rejected("the server seemed to be down before the request was sent")
IN_PROGRESS = Rejected("somebody waits for the same operation already")

# ---- messages


@frozen
class Request:
    """A caller asks a server for an operation, for the first time or again."""

    operation: Operation


@frozen
class Response:
    """What became of an operation. Given for every copy of the request: an earlier one may be lost."""

    operation: Operation
    outcome: Outcome


# ---- triggers


@frozen
class SendOff(Internal):
    """A request can be sent, since what comes before is done."""

    call: Invoke


@frozen
class Retry(Deadline):
    """No response came for a while."""

    call: Invoke


@frozen
class TimeOut(Deadline):
    """A user has waited long enough."""

    call: Invoke


@frozen
class Ended(Completion):
    """A server has carried out an operation, or failed to."""

    client: Address
    operation: Operation
    outcome: Outcome


# ---- events


@frozen
class Sent:
    """The request of a call is on its way for the first time. From now on it may be carried out."""

    call: Invoke


# ---- views


@frozen
class CallerView:
    """The calls for which a caller expects a response, or has not sent the request."""

    pending: frozenset[Invoke]


@frozen(order=True)
class Job:
    """An operation of a caller at a server."""

    client: Address
    server: Address
    operation: Operation


@frozen
class ServerView:
    """What a server knows of what it has carried out, and failed to."""

    record: Map[Job, Outcome]


# ---- history


@frozen
class History:
    """What was sent, what became of it at the servers, and why users may be told that nothing is known.

    `callers`: who may be trusted to send only what users ask; `attempts`: how often each sends a request at most, None where it never
    gives up by itself; both are fixed. `sent`: the requests of calls that are open, and `tries` how often, where that is bounded, as far
    as once too often; `ever_sent`: of those before too. `outcomes`: the first of each job; `again`: the jobs that have another; `owed`:
    those of which nothing was said yet. `leaving`: the calls whose users have asked to cancel them; `hopeless`: those that were open when
    their server was suspected. `suspected`: whom who was told to suspect, caller first. `unknown`: jobs of which a user was told that.
    """

    callers: frozenset[Address]
    attempts: int | None
    calls: Calls = Calls()
    sent: frozenset[Job] = frozenset()
    tries: Map[Job, int] = Map()
    ever_sent: frozenset[Job] = frozenset()
    outcomes: Map[Job, Outcome] = Map()
    again: frozenset[Job] = frozenset()
    owed: frozenset[Job] = frozenset()
    leaving: frozenset[Call] = frozenset()
    hopeless: frozenset[Call] = frozenset()
    suspected: frozenset[tuple[Address, Address]] = frozenset()
    unknown: frozenset[Job] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Sent(call):
                sent = frozenset({Job(at, call.to, call.operation)})
                return evolve(after, sent=self.sent | sent, ever_sent=self.ever_sent | sent)
            case Send(to, Request(operation)) if self.attempts is not None:
                job = Job(at, to, operation)
                return evolve(after, tries=self.tries.put(job, min(self.tries.get(job, 0), self.attempts) + 1))
            case Send(to, Response(operation)):
                return evolve(after, owed=self.owed - {Job(to, at, operation)})
            case Ended(client, operation, outcome):
                job = Job(client, at, operation)
                ended = evolve(after, owed=self.owed | {job})
                return (
                    evolve(ended, again=self.again | {job})
                    if job in self.outcomes
                    else evolve(ended, outcomes=self.outcomes.put(job, outcome))
                )
            case CancelAsked():
                return evolve(after, leaving=self.leaving | {Call(by, at)})
            case Suspected(peer):
                asked = frozenset(
                    call for call, asked in self.calls.open.items() if call.at == at and isinstance(asked, Invoke) and asked.to == peer
                )
                hopeless = frozenset() if self.patient else asked
                return evolve(after, suspected=self.suspected | {(at, peer)}, hopeless=self.hopeless | hopeless)
            case Crashed():
                return evolve(
                    after,
                    sent=frozenset(job for job in self.sent if job.client != at),
                    tries=Map(tuple((job, count) for job, count in self.tries.items() if job.client != at)),
                    owed=frozenset(job for job in self.owed if job.server != at),
                    leaving=frozenset(call for call in self.leaving if call.at != at),
                    hopeless=frozenset(call for call in self.hopeless if call.at != at),
                )
            case Reply(user, answer):
                return after.told(at, self.calls.open.get(Call(user, at)), user, answer)
            case _:
                return after

    def told(self, client: Address, asked: object, user: Address, answer: object) -> History:
        """Fold an answer to what a user has asked a caller."""
        call = frozenset({Call(user, client)})
        stays = evolve(self, leaving=self.leaving - call, hopeless=self.hopeless - call)
        if not isinstance(asked, Invoke) or answer == IN_PROGRESS:
            return stays
        job = Job(client, asked.to, asked.operation)
        unknown = self.unknown | {job} if answer == Unknown() else self.unknown
        return evolve(stays, sent=self.sent - {job}, tries=self.tries.drop(job), unknown=unknown)

    @property
    def patient(self) -> bool:
        """Whether no caller gives up by itself."""
        return self.attempts is None


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION | Fault.CANCELLATION | Fault.BYZANTINE
"""Byzantine: somebody asks for whatever it likes in its own name, and responds instead of a server."""
FAIRLY = Fair.DELIVERY | Fair.TRIGGERS
"""What is sent again and again arrives, deadlines pass, and work ends."""


@on_event(Send, under=ALL)
def is_sent_for_who_waits(before: History, who: Address, event: Send) -> Cases:
    """A request is sent only for a call that is open, and not more often than it may be."""
    if isinstance(event.message, Request):
        call = Invoke(event.to, event.message.operation)
        waits = call in [asked for open, asked in before.calls.open.items() if open.at == who]
        spent = before.attempts is not None and before.tries.get(Job(who, call.to, call.operation), 0) >= before.attempts
        yield case(waits and not spent, sent=call, waits=waits, spent=spent)


@on_event(Sent, under=ALL)
def is_announced_first(before: History, who: Address, event: Sent) -> Cases:
    """That the request of a call is on its way is announced when it is sent for the first time."""
    yield case(Job(who, event.call.to, event.call.operation) not in before.sent, sent=event.call)


@always(under=ALL)
def who_leaves_goes_at_once(seen: Seen[History]) -> Cases:
    """A call ends at once when its user cancels it; and when its server is suspected, of a caller that gives up by itself."""
    yield case(not seen.history.leaving and not seen.history.hopeless, leaving=seen.history.leaving, hopeless=seen.history.hopeless)


@always(under=ALL)
def the_outcome_is_sent_at_once(seen: Seen[History]) -> Cases:
    """When an operation has ended its caller is sent a response in the same step."""
    if seen.history.outcomes:
        yield case(not seen.history.owed, owed=seen.history.owed)


@always(under=ALL)
def at_most_once(seen: Seen[History]) -> Cases:
    """No operation is carried out twice, however often its request arrives.

    Copies carry the key of the first. What a server has done is on its disk, with its outcome, which it gives again.
    """
    if seen.history.outcomes:
        yield case(not seen.history.again, again=seen.history.again)


@always(under=ALL)
def nothing_unasked(seen: Seen[History]) -> Cases:
    """Nothing is carried out for a caller of which it sent no request: neither what it gave up before, nor the same with another key."""
    done = frozenset(job for job in seen.history.outcomes if job.client in seen.history.callers)
    if done:
        unasked = done - seen.history.ever_sent
        yield case(not unasked, unasked=unasked)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what became of its own operation, or that nothing is known, or that nothing was sent, and then why.

    A response names its operation, and is taken from the server that was asked alone.
    """
    call = Call(event.to, by)
    asked = before.calls.open.get(call)
    if isinstance(asked, Invoke):
        job = Job(by, asked.to, asked.operation)
        sent, leaves, suspects = job in before.sent, call in before.leaving, (by, asked.to) in before.suspected
        others = frozenset(before.calls.open[other] for other in before.calls.others(call))
        so: dict[object, bool] = {
            Unknown(): sent and (leaves or not before.patient),
            TIMED_OUT: not sent and not before.patient and call not in before.hopeless,
            CANCELLED: not sent and leaves,
            SUSPECTED: not sent and suspects and not before.patient,
            IN_PROGRESS: asked in others,
        }
        outcome = before.outcomes.get(job)
        yield case(so.get(event.answer, event.answer == outcome), told=event.answer, sent=sent, outcome=outcome)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A call is answered once: a response that comes late, when its call has ended, changes nothing."""
    return calls.answered_once(seen.history.calls)


@always_each(CallerView, under=ALL)
def pending_is_waiting(view: CallerView, who: Address, history: History) -> Cases:
    """A caller expects responses to the calls that are open, and to no others: none leaks, however it ended."""
    so = frozenset(request for call, request in history.calls.open.items() if call.at == who)
    yield case(view.pending == so, at=who, pending=view.pending, so=so)


@always_each(ServerView, under=ALL)
def the_record_is_true(view: ServerView, who: Address, history: History) -> Cases:
    """What a server has on its disk is what it has carried out, and failed to, with the first outcome."""
    so = Map.of((job, outcome) for job, outcome in history.outcomes.items() if job.server == who)
    yield case(view.record == so, at=who, record=view.record, so=so)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """In the end nobody waits."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_call_ends(seen: Seen[History]) -> Cases:
    """Every call of a caller that gives up ends, since its time runs out, whatever hangs, is lost, or is down."""
    return calls.nobody_waits(seen)


@eventually(FAIRLY, under=Fault.CANCELLATION | Fault.SUSPICION)
def what_is_sent_ends(seen: Seen[History]) -> Cases:
    """In the end all that was sent is carried out, or failed at, where nothing is lost and nobody crashes: also what is cancelled."""
    if seen.history.ever_sent:
        missing = seen.history.ever_sent - set(seen.history.outcomes)
        yield case(not missing, missing=missing)


@eventually(FAIRLY, under=ALL & ~Fault.SUSPICION)
def every_call_is_answered(seen: Seen[History]) -> Cases:
    """In the end nobody waits for a server that is up, though no caller gives up.

    The request is sent again until a response has come, and every copy that arrives is responded to. Of what a detector says such a
    caller takes no notice.
    """
    owed = tuple(call for call in seen.waiting() if isinstance(asked := seen.history.calls.open.get(call), Invoke) and seen.up(asked.to))
    yield case(not owed, owed=owed)


@sometimes
def is_carried_out(seen: Seen[History]) -> Cases:
    """An operation is carried out, and its user told so."""
    yield case(bool(seen.history.outcomes) and bool(seen.history.calls.answered) and not seen.waiting())


@sometimes
def is_done_and_not_known(seen: Seen[History]) -> Cases:
    """An operation is carried out of which its user was told that nothing is known."""
    yield case(any(outcome != Failed() and job in seen.history.unknown for job, outcome in seen.history.outcomes.items()))


@sometimes
def is_sent_again(seen: Seen[History]) -> Cases:
    """A request is sent as often as it may be. Of callers that may send it more than once."""
    yield case(any(count == seen.history.attempts for count in seen.history.tries.values()))


@sometimes
def a_server_is_suspected(seen: Seen[History]) -> Cases:
    """Calls are given up, since their server is suspected."""
    yield case(bool(seen.history.suspected))
