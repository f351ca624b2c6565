"""A protocol of a user's, in one module: a sender asks, and asks again, until a receiver has answered."""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen

from concordant.checks.exploration.scope import Scope
from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Deadline,
    Fault,
    Network,
    Rejected,
    Reply,
    Seen,
    Send,
    at_rest,
    case,
    on_event,
    sometimes,
)

# ---- what is said


@frozen
class Ping:
    number: int


@frozen
class Pong:
    number: int


@frozen
class Go:
    number: int


@frozen
class Done:
    number: int


@frozen
class Heard:
    number: int


@frozen
class Again(Deadline):
    pass


class Phase(Enum):
    IDLE = "idle"
    WAITING = "waiting"
    BROKEN = "broken"


@frozen
class View:
    phase: Phase


@frozen
class Record:
    heard: frozenset[int] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Record:  # noqa: ARG002
        return evolve(self, heard=self.heard | {happening.number}) if isinstance(happening, Heard) else self


# ---- what is promised


@on_event(Done, under=Fault.LOSS)
def done_is_heard(before: Record, by: Address, event: Done) -> Cases:  # noqa: ARG001
    """What is done was heard."""
    yield case(event.number in before.heard and event.number > 0, number=event.number)


@at_rest(under=Fault.LOSS)
def nobody_waits(seen: Seen[Record]) -> Cases:
    """In the end nobody waits."""
    for address, view in seen.views(View).items():
        yield case(view.phase is not Phase.WAITING, waits=address)


@on_event(Done, under=Fault.LOSS)
def nothing_large_is_heard(before: Record, by: Address, event: Done) -> Cases:  # noqa: ARG001
    """Before anything is done, nothing above five is heard besides."""
    if any(number > 5 for number in before.heard - {event.number}):
        yield case(False, heard=before.heard)
    yield case(event.number <= 5, number=event.number)


@sometimes
def is_heard(seen: Seen[Record]) -> Cases:
    """Something is heard."""
    yield case(bool(seen.history.heard))


# ---- the machine


@frozen
class Idle:
    pass


@frozen
class Waiting:
    client: Address
    number: int


@frozen
class Sender(Process[Idle | Waiting, Pong, Go, Again]):
    peer: Address

    def start(self) -> Step[Idle | Waiting]:
        return step(Idle())

    def request(self, state: Idle | Waiting, client: Address, request: Go) -> Step[Idle | Waiting]:
        if isinstance(state, Waiting):
            return step(state, Reply(client, Rejected("busy")))
        return step(Waiting(client, request.number), Send(self.peer, Ping(request.number)))

    def receive(self, state: Idle | Waiting, source: Address, message: Pong) -> Step[Idle | Waiting] | None:  # noqa: ARG002
        if isinstance(state, Idle) or state.number != message.number:
            return None
        return step(Idle(), Announce(Done(message.number)), Reply(state.client, Done(message.number)))

    def armed(self, state: Idle | Waiting) -> tuple[Again, ...]:
        return (Again(),) if isinstance(state, Waiting) else ()

    def fire(self, state: Idle | Waiting, trigger: Again) -> Step[Idle | Waiting]:  # noqa: ARG002
        return step(state, Send(self.peer, Ping(state.number))) if isinstance(state, Waiting) else step(state)

    def view(self, state: Idle | Waiting) -> View:
        return View(Phase.WAITING if isinstance(state, Waiting) else Phase.IDLE)


@frozen
class Receiver(Process[None, Ping]):
    def start(self) -> Step[None]:
        return step(None)

    def receive(self, state: None, source: Address, message: Ping) -> Step[None]:
        return step(state, Announce(Heard(message.number)), Send(source, Pong(message.number)))

    def view(self, state: None) -> View:  # noqa: ARG002
        return View(Phase.IDLE)


@frozen
class Twice(Receiver):
    """Answers twice, and the second answer is wrong."""

    def receive(self, state: None, source: Address, message: Ping) -> Step[None]:
        return step(state, Send(source, Pong(message.number)), Send(source, Pong(message.number + 1)), Announce(Heard(message.number)))


@frozen
class Orderly(Record):
    """Remembers also what happened last."""

    last: str = ""

    def after(self, at: Address, by: Address, happening: object) -> Orderly:  # noqa: ARG002
        heard = self.heard | {happening.number} if isinstance(happening, Heard) else self.heard
        return Orderly(heard, type(happening).__name__)


def system(sender: type[Sender] = Sender, receiver: type[Receiver] = Receiver) -> System[Record]:
    here, there = Address("sender"), Address("receiver")
    return System(
        {here: sender(there), there: receiver()},
        Record(),
        (done_is_heard, nobody_waits, nothing_large_is_heard, is_heard),
        Network(losses=None, copies=1),
        users=(User(Address("user"), (here,), ((Go(1),),)),),
    )


SCOPES = (Scope("one", "one request; any message is lost", system()),)


class TooSoon(Sender):
    def request(self, state: Idle | Waiting, client: Address, request: Go) -> Step[Idle | Waiting]:
        return step(state, Announce(Done(request.number)), Reply(client, Done(request.number)))


class Large(Receiver):
    def receive(self, state: None, source: Address, message: Ping) -> Step[None]:
        return step(state, Announce(Heard(6)), Send(source, Pong(message.number)))


class Tired(Sender):
    def armed(self, state: Idle | Waiting) -> tuple[Again, ...]:  # noqa: ARG002
        return ()


TOO_SOON = Pitfall("TOY-1", "It does not wait for the receiver.", breaks=done_is_heard, subject=system(TooSoon), length=1)
TIRED = Pitfall("TOY-2", "It does not ask again.", breaks=nobody_waits, subject=system(Tired), length=2)
LARGE = Pitfall("TOY-3", "It hears another number than was said.", breaks=nothing_large_is_heard, subject=system(receiver=Large), length=3)
