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

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Internal,
    Map,
    Rejected,
    Reply,
    Send,
    Suspected,
    Unknown,
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
