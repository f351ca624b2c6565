"""What is promised of requests and responses, clause by clause."""

from __future__ import annotations

from concordant.spec.common import calls
from concordant.spec.messaging.request_response import (
    CANCELLED,
    IN_PROGRESS,
    SUSPECTED,
    TIMED_OUT,
    CallerView,
    Failed,
    History,
    Invoke,
    Job,
    Request,
    Sent,
    ServerView,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Reply,
    Seen,
    Send,
    Unknown,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

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
    """At rest nobody waits."""
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
