"""Slips of callers and servers."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.request_response.as_written import CANCELLED, COPIES, SUSPICIOUS, KeepsTheCancelled, RetriesWithAFreshKey
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.messaging.request_response import (
    PAY,
    SERVER,
    SHIP,
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
    History,
    Invoke,
    Job,
    Outcome,
    Response,
    ServerView,
    TimeOut,
)
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Network, Rejected


@frozen
class TakesTheFirst(Caller):
    """Gives a response to whoever has waited longest, as on a connection where responses come in the order of requests."""

    def receive(self, state: Calling, source: Address, message: Response) -> Step[Calling] | None:
        first = next(iter(state), Invoke(source, message.operation))
        return Caller.receive(self, state, source, evolve(message, operation=first.operation))


@frozen
class HasNoTimeOut(Caller):
    """Lets a call wait as long as it takes."""

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        return tuple(each for each in Caller.ahead(self, call, pending) if not isinstance(each, TimeOut))


@frozen
class WaitsABitLonger(Caller):
    """Begins to count anew when the time has run out."""

    def give_up(self, state: Calling, call: Invoke, why: Rejected) -> Step[Calling]:
        return step(state) if why == TIMED_OUT else Caller.give_up(self, state, call, why)


@frozen
class SendsOnce(Caller):
    """Waits for the response to the first copy."""

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        return Caller.ahead(self, call, pending) if not pending.sent else ()


@frozen
class SilentOnCopies(Server):
    """Ignores a copy of what it has responded to."""

    def asked_again(self, state: Serving, asked: Asked) -> Step[Serving] | None:  # noqa: ARG002
        return None


@frozen
class RecordsInMemory(Server):
    """Keeps nothing on its disk."""

    def survives(self, state: Serving) -> tuple[Serving, ...]:  # noqa: ARG002  # that is the mistake
        return (Serving(),)


@frozen
class RecordsWhatIsDone(Server):
    """Shows in its record what was done, and not what failed."""

    def view(self, state: Serving) -> ServerView:
        shown: Map[Job, Outcome] = Server.view(self, state).record
        return ServerView(Map.of((job, outcome) for job, outcome in shown.items() if outcome != Failed()))


@frozen
class SendsOnAndOn(Caller):
    """Sends a request again whenever no response has come for a while."""

    def sends(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        return Caller.sends(self, call, evolve(pending, left=None))


@frozen
class SaysSoEachTime(Caller):
    """Announces a request each time that it is sent."""

    def sent(self, state: Calling, call: Invoke, pending: Pending) -> Step[Calling]:
        return Caller.sent(self, state, call, evolve(pending, sent=False))


@frozen
class WaitsAllTheSame(Caller):
    """Takes notice of who cancels, and goes on waiting for the response."""

    def cancel(self, state: Calling, client: Address) -> Step[Calling]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class NeverSuspects(Caller):
    """Takes notice of who seems down, and goes on waiting for its responses."""

    def suspect(self, state: Calling, peer: Address) -> Step[Calling] | None:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class WaitsToBeAsked(Server):
    """Responds to who asks what became of an operation, and not when that has ended."""

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class DropsTheRest(Server):
    """Does one operation at a time, and forgets the others that it was asked for when one ends."""

    def fire(self, state: Serving, trigger: Ended) -> Step[Serving]:
        after = Server.fire(self, state, trigger)
        return step(evolve(after.state, running=frozenset()), *after.effects)


@frozen
class SaysDone(Server):
    """Responds that it is done, whatever became of it."""

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:
        return Server.ended(self, state, evolve(ended, outcome=Done(ended.operation.name)))


@frozen
class SaysFailed(Server):
    """Responds that it could not, whatever became of it."""

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:
        return Server.ended(self, state, evolve(ended, outcome=Failed()))


@frozen
class ForgetsWhatItSent(Caller):
    """Takes a call for over once its request is sent."""

    def sent(self, state: Calling, call: Invoke, pending: Pending) -> Step[Calling]:
        after = Caller.sent(self, state, call, pending)
        return step(state.drop(call), *after.effects)


def _slip(mistake: str, breaks: Clause, length: int, subject: System[History], part: type[Caller | Server]) -> Pitfall:
    return Pitfall(f"request_response.{part.__name__}", mistake, breaks=breaks, subject=subject, length=length)


TAKES_THE_FIRST = _slip(
    "A response goes to the first call, whichever operation it is of.",
    spec.an_answer_is_true,
    6,
    system((PAY,), (SHIP,), caller=TakesTheFirst),
    TakesTheFirst,
)
HAS_NO_TIME_OUT = _slip(
    "A response is lost, and nobody tells who waits for it.", spec.nobody_waits, 3, system(caller=HasNoTimeOut), HasNoTimeOut
)
WAITS_A_BIT_LONGER = _slip(
    "Whenever the time runs out, it begins anew: from a server that is down the call never comes back.",
    spec.every_call_ends,
    3,
    system(caller=WaitsABitLonger),
    WaitsABitLonger,
)
SENDS_ONCE = _slip(
    "A request is lost, and never sent again.", spec.every_call_is_answered, 3, system(attempts=None, caller=SendsOnce), SendsOnce
)
SILENT = _slip(
    "A copy is not responded to: where the first response was lost the caller goes on for ever.",
    spec.every_call_is_answered,
    7,
    system(attempts=None, server=SilentOnCopies),
    SilentOnCopies,
)
RECORDS_IN_MEMORY = _slip(
    "The record is lost in a crash: what comes again is carried out again.",
    spec.at_most_once,
    8,
    system(server=RecordsInMemory, network=COPIES, faults=Faults(crashes=1, recoveries=1, who=(SERVER,))),
    RecordsInMemory,
)
RECORDS_WHAT_IS_DONE = _slip(
    "What has failed is not in the record.", spec.the_record_is_true, 4, system(server=RecordsWhatIsDone), RecordsWhatIsDone
)
SENDS_ON_AND_ON = _slip(
    "A request is sent again and again, however often it may be.",
    spec.is_sent_for_who_waits,
    3,
    system(caller=SendsOnAndOn),
    SendsOnAndOn,
)

SENDS_AFTERWARDS = Pitfall(
    "request_response.KeepsTheCancelled/sends",
    "The request of a call that was cancelled before it was sent is sent all the same.",
    breaks=spec.is_sent_for_who_waits,
    subject=system(caller=KeepsTheCancelled, faults=CANCELLED),
    length=3,
)

SAYS_SO_EACH_TIME = _slip(
    "Every copy of a request is announced as the first.",
    spec.is_announced_first,
    3,
    system(attempts=2, caller=SaysSoEachTime),
    SaysSoEachTime,
)
WAITS_ALL_THE_SAME = _slip(
    "Who cancels a call waits until its time runs out.",
    spec.who_leaves_goes_at_once,
    2,
    system(caller=WaitsAllTheSame, faults=CANCELLED),
    WaitsAllTheSame,
)
NEVER_SUSPECTS = _slip(
    "Who has called a server that is down waits until its time runs out.",
    spec.who_leaves_goes_at_once,
    2,
    system(caller=NeverSuspects, faults=SUSPICIOUS),
    NeverSuspects,
)
WAITS_TO_BE_ASKED = _slip(
    "An operation ends, and nobody is told before it is asked for again.",
    spec.the_outcome_is_sent_at_once,
    4,
    system(server=WaitsToBeAsked),
    WaitsToBeAsked,
)
DROPS_THE_REST = _slip(
    "Of two operations the second is forgotten when the first has ended.",
    spec.what_is_sent_ends,
    9,
    system((PAY,), (SHIP,), server=DropsTheRest, network=Network()),
    DropsTheRest,
)
SAYS_DONE = _slip("What has failed is reported as done.", spec.an_answer_is_true, 5, system(server=SaysDone), SaysDone)
SAYS_FAILED = _slip("What was done is reported as failed.", spec.an_answer_is_true, 5, system(server=SaysFailed), SaysFailed)
FRESH_KEY = Pitfall(
    "request_response.RetriesWithAFreshKey",
    "The second attempt is a request for which nobody waits.",
    breaks=spec.is_sent_for_who_waits,
    subject=system(attempts=2, caller=RetriesWithAFreshKey),
    length=3,
)
FORGETS_WHAT_IT_SENT = _slip(
    "Nobody expects the response to a request that was sent.",
    spec.pending_is_waiting,
    2,
    system(caller=ForgetsWhatItSent),
    ForgetsWhatItSent,
)
