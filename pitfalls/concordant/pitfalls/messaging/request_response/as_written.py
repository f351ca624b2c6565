"""The documents' calls: a future for each, which two tasks resolve and forget."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.request_response import (
    Asked,
    Caller,
    Calling,
    Pending,
    Server,
    Serving,
    Trigger,
    system,
)
from concordant.spec.messaging.request_response import (
    TIMED_OUT,
    Done,
    Ended,
    Failed,
    Invoke,
    Operation,
    Request,
    Response,
    SendOff,
    TimeOut,
)
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Internal, Network, Rejected, Reply, Send


@frozen
class Wake(Internal):
    """The task that waits for a future goes on."""

    call: Invoke


@frozen
class Resolved(Pending):
    """A call whose future is resolved or cancelled, while the task that waits for it has not gone on. `ended`: with this response, if any."""

    response: Response | None = None


@frozen
class AsWritten(Caller):
    """Sends within the request. Where the time runs out the future is cancelled, and its entry deleted when the task goes on."""

    def request(self, state: Calling, client: Address, request: Invoke) -> Step[Calling]:
        return Caller.request(self, state, client, request).then(lambda after: self.sent(after, request, after[request]))

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        return (Wake(call),) if isinstance(pending, Resolved) else Caller.ahead(self, call, pending)  # type: ignore[return-value]  # an own step

    def fire(self, state: Calling, trigger: Trigger) -> Step[Calling]:
        match trigger:
            case TimeOut(call):
                cancelled = self.give_up(state, call, TIMED_OUT)
                return step(state.put(call, Resolved(state[call].user, 0, sent=True)), *cancelled.effects)
            case Wake(call):
                return step(state.drop(call))
            case _:
                return Caller.fire(self, state, trigger)


@frozen
class Interrupted(Rejected):
    """An error of the runtime, in place of an outcome."""


@frozen
class WakesLater(Caller):
    """Takes a response and lets the task go on later: if its time runs out before, it stumbles over the entry that is no longer there."""

    def receive(self, state: Calling, source: Address, message: Response) -> Step[Calling] | None:
        call = Invoke(source, message.operation)
        pending = state.get(call)
        known = pending is None or isinstance(pending, Resolved)
        return None if known else step(state.put(call, Resolved(state[call].user, 0, sent=True, response=message)))

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        woken: tuple[Trigger, ...] = (Wake(call), TimeOut(call))  # type: ignore[assignment]  # an own step
        return woken if isinstance(pending, Resolved) else Caller.ahead(self, call, pending)

    def fire(self, state: Calling, trigger: Trigger) -> Step[Calling]:
        pending = state[trigger.call]
        if not isinstance(pending, Resolved) or pending.response is None:
            return Caller.fire(self, state, trigger)
        answer = Interrupted("KeyError") if isinstance(trigger, TimeOut) else pending.response.outcome
        return step(state.drop(trigger.call), Reply(pending.user, answer))


@frozen
class RespondsAtOnce(Server):
    """Carries an operation out as soon as it is asked for."""

    def receive(self, state: Serving, source: Address, message: Request) -> Step[Serving]:
        return step(state, Send(source, Response(message.operation, Done(message.operation.name))))


@frozen
class KeepsTheUnreachable(Caller):
    """Leaves the entry of a call whose server cannot be reached, as an error does that is raised before anything catches it."""

    def suspect(self, state: Calling, peer: Address) -> Step[Calling] | None:
        after = Caller.suspect(self, state, peer)
        return None if after is None else step(state, *after.effects)


@frozen
class KeepsTheCancelled(Caller):
    """Leaves the entry of a call that is cancelled, since only a timeout is caught."""

    def cancel(self, state: Calling, client: Address) -> Step[Calling]:
        return step(state, *Caller.cancel(self, state, client).effects)

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        return (SendOff(call),) if not pending.sent else ()


@frozen
class Taken(Pending):
    """A call whose request the server has taken."""


@frozen
class Receipt:
    """The server has taken a request."""

    operation: Operation


@frozen
class SendsWithoutATime(Caller):
    """Waits until the server has taken the request, and only then begins to count the time."""

    def receive(self, state: Calling, source: Address, message: Response | Receipt) -> Step[Calling] | None:
        if isinstance(message, Response):
            return Caller.receive(self, state, source, message)
        call = Invoke(source, message.operation)
        pending = state.get(call)
        return None if pending is None else step(state.put(call, Taken(pending.user, pending.left, sent=True)))

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        timed = Caller.ahead(self, call, pending)
        return timed if isinstance(pending, Taken) else tuple(each for each in timed if isinstance(each, SendOff))


@frozen
class GivesReceipts(Server):
    """Says when it has taken a request."""

    def receive(self, state: Serving, source: Address, message: Request) -> Step[Serving] | None:
        taken = Server.receive(self, state, source, message)
        return None if taken is None else step(taken.state, Send(source, Receipt(message.operation)), *taken.effects)


@frozen
class SaysItFailed(Caller):
    """Reports every call whose time runs out as one that came to nothing."""

    def give_up(self, state: Calling, call: Invoke, why: Rejected) -> Step[Calling]:
        return step(state.drop(call), Reply(state[call].user, why))


@frozen
class TakesItFromAnybody(Caller):
    """Looks at the operation of a response, and not at who sent it."""

    def receive(self, state: Calling, source: Address, message: Response) -> Step[Calling] | None:
        asked = next((call for call in state if call.operation == message.operation), Invoke(source, message.operation))
        return Caller.receive(self, state, asked.to, message)


@frozen
class RetriesWithAFreshKey(Caller):
    """Gives every copy of a request a key of its own."""

    def sent(self, state: Calling, call: Invoke, pending: Pending) -> Step[Calling]:
        after = Caller.sent(self, state, call, pending)
        fresh = evolve(call.operation, key=call.operation.key + 1)
        return step(after.state, Send(call.to, Request(fresh))) if pending.sent else after


@frozen
class KeepsNoRecord(Server):
    """Responds, and forgets that it has."""

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:
        after = Server.ended(self, state, ended)
        return step(evolve(after.state, record=state.record.drop(Asked(ended.client, ended.operation))), *after.effects)


@frozen
class HidesItsFailure(Server):
    """Has no way to say that it failed, and says nothing then."""

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:
        return step(state) if ended.outcome == Failed() else Server.ended(self, state, ended)

    def asked_again(self, state: Serving, asked: Asked) -> Step[Serving] | None:
        return None if state.record[asked] == Failed() else Server.asked_again(self, state, asked)


COPIES = Network(duplicating=True)
SUSPICIOUS = Faults(detector=True, mistakes=1)
CANCELLED = Faults(cancellations=1)

KEEPS_THE_UNREACHABLE = Pitfall(
    "RRQ-1",
    "The server cannot be reached: an error is raised before the future is waited for, and its entry stays for ever.",
    breaks=spec.pending_is_waiting,
    subject=system(caller=KeepsTheUnreachable, faults=SUSPICIOUS),
    length=2,
)
SENDS_WITHOUT_A_TIME = Pitfall(
    "RRQ-2",
    "The time begins once the server has taken the request: from one that hangs, or gets nothing, the call never comes back.",
    breaks=spec.every_call_ends,
    subject=system(caller=SendsWithoutATime, server=GivesReceipts),
    length=2,
)
KEEPS_THE_CANCELLED = Pitfall(
    "RRQ-3",
    "Only a timeout is caught: of a call that its user cancels the entry stays.",
    breaks=spec.pending_is_waiting,
    subject=system(caller=KeepsTheCancelled, faults=CANCELLED),
    length=2,
)
RESPONDS_TO_THE_CANCELLED = Pitfall(
    "RRQ-3/response",
    "A response finds the entry of a cancelled call, and resolves its future once more, which is an error in who responds.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(caller=KeepsTheCancelled, faults=CANCELLED),
    length=6,
)
SAYS_IT_FAILED = Pitfall(
    "RRQ-4",
    "When the time runs out the call is reported as one that failed, though its request is on its way, and may be carried out.",
    breaks=spec.an_answer_is_true,
    subject=system(caller=SaysItFailed),
    length=3,
)
RACES_WITH_THE_TIME = Pitfall(
    "RRQ-5",
    "The time runs out, and the entry stays until the task goes on: a response in between resolves a future that is cancelled.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(caller=AsWritten, server=RespondsAtOnce),
    length=4,
)
TAKES_IT_FROM_ANYBODY = Pitfall(
    "RRQ-6",
    "Whoever knows what was asked for may respond instead of the server.",
    breaks=spec.an_answer_is_true,
    subject=system(caller=TakesItFromAnybody, forged=True),
    length=2,
)
RETRIES_WITH_A_FRESH_KEY = Pitfall(
    "RRQ-7",
    "The second attempt is a new request: where only the response was late, the operation is carried out once more.",
    breaks=spec.nothing_unasked,
    subject=system(attempts=2, caller=RetriesWithAFreshKey),
    length=5,
)
KEEPS_NO_RECORD = Pitfall(
    "RRQ-8",
    "The network duplicates a request, and the server carries out both.",
    breaks=spec.at_most_once,
    subject=system(server=KeepsNoRecord, network=COPIES),
    length=6,
)
HIDES_ITS_FAILURE = Pitfall(
    "RRQ-9",
    "Only a value can be responded: an operation that fails is never responded to, and its request sent again for ever.",
    breaks=spec.every_call_is_answered,
    subject=system(attempts=None, server=HidesItsFailure),
    length=6,
)
WAKES_LATER = Pitfall(
    "RRQ-10",
    "The time runs out after the response was taken, and before the task goes on: the response is lost, and an error takes its place.",
    breaks=spec.an_answer_is_true,
    subject=system(caller=WakesLater),
    length=6,
)
