"""A toy protocol, two toy links, and what they promise: small enough to count by hand, and to see each rule of stacks broken."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve, frozen

from concordant.refimpl.machine import Layer, Process, Step, System, User, over, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Deadline,
    Deliver,
    Fair,
    Fault,
    Faults,
    Histories,
    Map,
    Network,
    Seen,
    Send,
    Transmit,
    addresses,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

A, B = addresses("node", 2)
ANN = Address("user")
LOSSY = Network(losses=None, copies=1)

# ---- above: what is said is heard


@frozen
class Say:
    """The request. It opens no call."""

    answered: ClassVar[bool] = False
    number: int


@frozen
class Said:
    """The message."""

    number: int


@frozen
class Heard:
    """The event."""

    number: int


@frozen
class Ear:
    """The state of a talker, and its view: what it has heard, at most twice each."""

    heard: tuple[int, ...] = ()


@frozen
class Talk:
    """What was said, and what was heard."""

    said: frozenset[int] = frozenset()
    heard: frozenset[int] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Talk:  # noqa: ARG002  # whoever it was
        match happening:
            case Say(number):
                return evolve(self, said=self.said | {number})
            case Heard(number):
                return evolve(self, heard=self.heard | {number})
            case _:
                return self


@frozen
class Talker(Process[Ear, Said, Say]):
    """Says to its peer what it is asked to, and hears."""

    peer: Address

    def start(self) -> Step[Ear]:
        return step(Ear())

    def request(self, state: Ear, client: Address, request: Say) -> Step[Ear] | None:  # noqa: ARG002  # whoever asks
        return step(state, Send(self.peer, Said(request.number)))

    def receive(self, state: Ear, source: Address, message: Said) -> Step[Ear] | None:  # noqa: ARG002  # whoever said it
        if state.heard.count(message.number) == 2:
            return None
        return step(Ear((*state.heard, message.number)), Announce(Heard(message.number)))

    def recover(self, state: Ear) -> Step[Ear]:
        return step(state)

    def view(self, state: Ear) -> Ear:
        return state


@always(under=Fault.LOSS)
def heard_was_said(seen: Seen[Talk]) -> Cases:
    """Whatever is heard was said."""
    for number in sorted(seen.history.heard):
        yield case(number in seen.history.said, number=number)


@always_each(Ear)
def heard_once(view: Ear, who: Address, history: Talk) -> Cases:
    """Nobody hears anything twice."""
    for number in sorted(history.said):
        yield case(view.heard.count(number) < 2, who=who, number=number)


@every_step(Ear, under=Fault.LOSS)
def nothing_is_unheard(before: Ear, after: Ear) -> Cases:
    """What was heard stays heard."""
    yield case(after.heard[: len(before.heard)] == before.heard)


@on_event(Heard, under=Fault.LOSS)
def said_before_heard(before: Talk, who: Address, event: Heard) -> Cases:
    """Nothing is heard before it is said."""
    yield case(event.number in before.said, who=who)


@eventually(Fair.DELIVERY | Fair.TRIGGERS)
def all_is_heard(seen: Seen[Talk]) -> Cases:
    """In the end all that was said is heard."""
    for number in sorted(seen.history.said):
        yield case(number in seen.history.heard, number=number)


@sometimes
def something_is_heard(seen: Seen[Talk]) -> Cases:
    """Something is heard."""
    yield case(bool(seen.history.heard))


PROMISES = (heard_was_said, heard_once, nothing_is_unheard, said_before_heard, all_is_heard, something_is_heard)


def talk(numbers: tuple[int, ...] = (1,), faults: Faults | None = None) -> System[Talk]:
    """Two talkers, one of whom says these numbers."""
    user = User(ANN, (A,), tuple((Say(number),) for number in numbers))
    return System({A: Talker(B), B: Talker(A)}, Talk(), PROMISES, faults=faults or Faults(), users=(user,))


# ---- below: a stubborn link, which repeats every message until it is acknowledged


@frozen
class Data:
    id: int
    message: object


@frozen
class Ack:
    id: int


@frozen
class Acknowledged:
    """The event."""

    id: int


@frozen
class Repeat(Deadline):
    """It is time to send a message again."""

    id: int


@frozen
class Outbox:
    """The state of a link: messages sent, by number, and the numbers received."""

    sent: Map[int, Send] = Map()
    acknowledged: frozenset[int] = frozenset()
    received: frozenset[tuple[Address, int]] = frozenset()


@frozen
class Open:
    """The view: the messages that are not acknowledged."""

    count: int


@frozen
class Delivered:
    """How often anything was delivered, at most twice, and who carries messages."""

    times: int = 0
    carrying: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Delivered:  # noqa: ARG002
        match happening:
            case Deliver():
                return evolve(self, times=min(self.times + 1, 2))
            case Transmit():
                return evolve(self, carrying=self.carrying | {at})
            case _:
                return self


@frozen
class Stubborn(Process[Outbox, Data | Ack, Transmit, Repeat]):
    """Repeats every message until it is acknowledged, and hands up each once."""

    def start(self) -> Step[Outbox]:
        return step(Outbox())

    def request(self, state: Outbox, client: Address, request: Transmit) -> Step[Outbox] | None:  # noqa: ARG002
        send = Send(request.to, Data(len(state.sent), request.message))
        return step(evolve(state, sent=state.sent.put(len(state.sent), send)), send)

    def receive(self, state: Outbox, source: Address, message: Data | Ack) -> Step[Outbox] | None:
        match message:
            case Data(id, payload):
                fresh = () if (source, id) in state.received else (Deliver(source, payload),)
                return step(evolve(state, received=state.received | {(source, id)}), Send(source, Ack(id)), *fresh)
            case Ack(id):
                if id in state.acknowledged:
                    return None
                return step(evolve(state, acknowledged=state.acknowledged | {id}), Announce(Acknowledged(id)))

    def armed(self, state: Outbox) -> tuple[Repeat, ...]:
        return tuple(Repeat(id) for id in state.sent if id not in state.acknowledged)

    def fire(self, state: Outbox, trigger: Repeat) -> Step[Outbox]:
        return step(state, state.sent[trigger.id])

    def recover(self, state: Outbox) -> Step[Outbox]:
        return step(state)

    def view(self, state: Outbox) -> Open:
        return Open(len(state.sent) - len(state.acknowledged))


@always_each(Open, under=Fault.LOSS)
def whoever_waits_carries(view: Open, who: Address, history: Delivered) -> Cases:
    """Whoever has a message open was asked to carry one."""
    if view.count:
        yield case(who in history.carrying, who=who)


@on_event(Acknowledged, under=Fault.LOSS)
def acknowledged_is_delivered(before: Delivered, who: Address, event: Acknowledged) -> Cases:
    """Nothing is acknowledged before anything is delivered."""
    yield case(before.times > 0, who=who, id=event.id)


@sometimes
def something_is_delivered(seen: Seen[Delivered]) -> Cases:
    """Something is delivered."""
    yield case(seen.history.times > 0)


LINK = (whoever_waits_carries, acknowledged_is_delivered, something_is_delivered)
STUBBORN = Layer(lambda _: Stubborn(), Delivered(), LINK, makes_good=Fault.LOSS)


def link(numbers: tuple[int, ...] = (1,)) -> System[Delivered]:
    """The link alone, asked by a user."""
    user = User(ANN, (A,), tuple((Transmit(B, Said(number)),) for number in numbers))
    return System({A: Stubborn(), B: Stubborn()}, Delivered(), LINK, LOSSY, users=(user,))


# ---- between: a link that does nothing but count


@frozen
class Counted:
    """The message."""

    number: int
    message: object


@frozen
class Count:
    """The state of a counting link, and its view."""

    sent: int = 0


@frozen
class Counting(Process[Count, Counted, Transmit]):
    """Numbers what it carries."""

    def start(self) -> Step[Count]:
        return step(Count())

    def request(self, state: Count, client: Address, request: Transmit) -> Step[Count] | None:  # noqa: ARG002
        return step(Count(state.sent + 1), Send(request.to, Counted(state.sent, request.message)))

    def receive(self, state: Count, source: Address, message: Counted) -> Step[Count] | None:
        return step(state, Deliver(source, message.message))

    def recover(self, state: Count) -> Step[Count]:
        return step(state)

    def view(self, state: Count) -> Count:
        return state


@on_event(Deliver)
def delivered_was_carried(before: Delivered, who: Address, event: Deliver) -> Cases:
    """What is delivered, its source was asked to carry."""
    yield case(event.source in before.carrying, who=who)


COUNTING = Layer(lambda _: Counting(), Delivered(), (delivered_was_carried,))


def whole(numbers: tuple[int, ...] = (1,), *layers: Layer, network: Network = LOSSY) -> System[Histories]:
    """Talkers over layers: by default over the stubborn link."""
    return over(talk(numbers), *(layers or (STUBBORN,)), network=network)
