"""Requests and responses: callers, each asked by its users, and servers."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Process, Step, System, User, step
from concordant.spec.messaging.request_response import (
    CANCELLED,
    IN_PROGRESS,
    SUSPECTED,
    TIMED_OUT,
    CallerView,
    Done,
    Ended,
    Failed,
    History,
    Invoke,
    Job,
    Operation,
    Outcome,
    Request,
    Response,
    Retry,
    SendOff,
    Sent,
    ServerView,
    TimeOut,
)
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Rejected, Reply, Send, Unknown, addresses

# ---- callers


@frozen
class Pending:
    """A call that is open. `left`: how often its request may still be sent, None for ever."""

    user: Address
    left: int | None
    sent: bool = False


Calling: TypeAlias = Map[Invoke, Pending]
"""The state of a caller: the calls that are open."""
Trigger: TypeAlias = SendOff | Retry | TimeOut


@frozen
class Caller(Process[Calling, Response, Invoke, Trigger]):
    """Sends requests for its users. `attempts`: how often each is sent at most; None: as long as it takes, and never gives up."""

    attempts: int | None

    def start(self) -> Step[Calling]:
        return step(Map())

    def request(self, state: Calling, client: Address, request: Invoke) -> Step[Calling]:
        if request in state:
            return step(state, Reply(client, IN_PROGRESS))
        return step(state.put(request, Pending(client, self.attempts)))

    def armed(self, state: Calling) -> tuple[Trigger, ...]:
        return tuple(trigger for call, pending in state.items() for trigger in self.ahead(call, pending))

    def ahead(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        """List what may happen to an open call. Its time may run out from the beginning, also before its request is sent."""
        out = () if self.attempts is None else (TimeOut(call),)
        return (*self.sends(call, pending), *out)

    def sends(self, call: Invoke, pending: Pending) -> tuple[Trigger, ...]:
        """List how the request of an open call may be sent."""
        if not pending.sent:
            return (SendOff(call),)
        return () if pending.left == 0 else (Retry(call),)

    def fire(self, state: Calling, trigger: Trigger) -> Step[Calling]:
        match trigger:
            case SendOff(call) | Retry(call):
                return self.sent(state, call, state[call])
            case TimeOut(call):
                return self.give_up(state, call, TIMED_OUT)
            case _:
                assert_never(trigger)

    def sent(self, state: Calling, call: Invoke, pending: Pending) -> Step[Calling]:
        """Send a request, the same each time, so that the server knows it again."""
        left = None if pending.left is None else pending.left - 1
        first = () if pending.sent else (Announce(Sent(call)),)
        return step(state.put(call, Pending(pending.user, left, sent=True)), Send(call.to, Request(call.operation)), *first)

    def receive(self, state: Calling, source: Address, message: Response) -> Step[Calling] | None:
        """Answer who waits for a response: from the server that it has asked, of its operation. Where nobody waits any more it is ignored."""
        call = Invoke(source, message.operation)
        pending = state.get(call)
        return None if pending is None else step(state.drop(call), Reply(pending.user, message.outcome))

    def cancel(self, state: Calling, client: Address) -> Step[Calling]:
        call = next(call for call, pending in state.items() if pending.user == client)
        return self.give_up(state, call, CANCELLED)

    def suspect(self, state: Calling, peer: Address) -> Step[Calling] | None:
        """Give up the calls of a server that seems to be down. Who never gives up does not mind."""
        hopeless = () if self.attempts is None else tuple(call for call in state if call.to == peer)
        ends = tuple(effect for call in hopeless for effect in self.give_up(state, call, SUSPECTED).effects)
        return step(Map(tuple(pair for pair in state.items() if pair[0] not in hopeless)), *ends) if ends else None

    def give_up(self, state: Calling, call: Invoke, why: Rejected) -> Step[Calling]:
        # The hard step: what was sent may be carried out now or later, whatever ends the call. Only of what was not is anything known.
        pending = state[call]
        return step(state.drop(call), Reply(pending.user, Unknown() if pending.sent else why))

    def recover(self, state: Calling) -> Step[Calling]:
        return step(state)

    def view(self, state: Calling) -> CallerView:
        return CallerView(frozenset(state))


# ---- servers


@frozen(order=True)
class Asked:
    """An operation, and which caller wants it."""

    client: Address
    operation: Operation


@frozen
class Serving:
    """What a server is carrying out, and on its disk what became of what it has."""

    running: frozenset[Asked] = frozenset()
    record: Map[Asked, Outcome] = Map()


@frozen
class Server(Process[Serving, Request, Never, Ended]):
    """Carries out each operation once, whatever comes of the response."""

    me: Address

    def start(self) -> Step[Serving]:
        return step(Serving())

    def receive(self, state: Serving, source: Address, message: Request) -> Step[Serving] | None:
        asked = Asked(source, message.operation)
        if asked in state.record:
            return self.asked_again(state, asked)
        return step(evolve(state, running=state.running | {asked}))

    def asked_again(self, state: Serving, asked: Asked) -> Step[Serving] | None:
        """Respond as before."""
        return step(state, Send(asked.client, Response(asked.operation, state.record[asked])))

    def armed(self, state: Serving) -> tuple[Ended, ...]:
        return tuple(
            Ended(asked.client, asked.operation, outcome)
            for asked in sorted(state.running)
            for outcome in (Done(asked.operation.name), Failed())
        )

    def fire(self, state: Serving, trigger: Ended) -> Step[Serving]:
        asked = Asked(trigger.client, trigger.operation)
        return self.ended(Serving(state.running - {asked}, state.record.put(asked, trigger.outcome)), trigger)

    def ended(self, state: Serving, ended: Ended) -> Step[Serving]:
        """Respond."""
        return step(state, Send(ended.client, Response(ended.operation, ended.outcome)))

    def survives(self, state: Serving) -> tuple[Serving, ...]:
        return (Serving(record=state.record),)

    def recover(self, state: Serving) -> Step[Serving]:
        return step(state)

    def view(self, state: Serving) -> ServerView:
        return ServerView(Map.of((Job(asked.client, self.me, asked.operation), outcome) for asked, outcome in state.record.items()))


# ---- systems

SAFE: tuple[Clause, ...] = (
    spec.is_sent_for_who_waits,
    spec.is_announced_first,
    spec.who_leaves_goes_at_once,
    spec.the_outcome_is_sent_at_once,
    spec.at_most_once,
    spec.nothing_unasked,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.pending_is_waiting,
    spec.the_record_is_true,
    spec.nobody_waits,
    spec.what_is_sent_ends,
    spec.is_carried_out,
)
BOUNDED: tuple[Clause, ...] = (*SAFE, spec.every_call_ends, spec.is_done_and_not_known)
"""What is promised of callers that give up."""
PATIENT: tuple[Clause, ...] = (*SAFE, spec.every_call_is_answered)
"""What is promised of callers that do not."""

LOSSY = Network(losses=None, copies=1)
SERVER, OTHER = addresses("server", 2)
CLIENT = Address("client")
MALLORY = Address("mallory")
PAY = Invoke(SERVER, Operation("pay"))
SHIP = Invoke(SERVER, Operation("ship"))


def forger(*calls: Invoke) -> Byzantine[History]:
    """Return one who has learned what is asked for, asks for it too, and responds instead of the server."""
    requests = tuple(Send(call.to, Request(call.operation)) for call in calls)
    responses = tuple(Send(CLIENT, Response(call.operation, Done(call.operation.name))) for call in calls)
    return Byzantine(MALLORY, lambda _: requests + responses)


def system(
    *scripts: tuple[Invoke, ...],
    attempts: int | None = 1,
    clients: int = 1,
    network: Network = LOSSY,
    faults: Faults = Faults(),
    forged: bool = False,
    caller: type[Caller] = Caller,
    server: type[Server] = Server,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put callers and servers together, and one user for each script, of whom each asks a caller in turn; by default one who pays."""
    asked = scripts or ((PAY,),)
    callers = addresses("client", clients)
    more: tuple[Clause, ...] = (
        *((spec.is_sent_again,) if attempts is not None and attempts > 1 else ()),
        *((spec.a_server_is_suspected,) if attempts is not None and faults.detector else ()),
    )
    servers = sorted({call.to for script in asked for call in script})
    return System(
        {**{me: caller(attempts) for me in callers}, **{me: server(me) for me in servers}},
        History(frozenset(callers), attempts),
        (PATIENT if attempts is None else (*BOUNDED, *more)) if promises is None else promises,
        network,
        faults,
        tuple(
            User(user, (callers[user.number % clients],), tuple((call,) for call in script))
            for user, script in zip(addresses("user", len(asked)), asked, strict=True)
        ),
        (forger(*dict.fromkeys(call for script in asked for call in script)),) if forged else (),
    )
