"""Guaranteed delivery: both ends of the link in one process, which may carry a layer above or be asked by users."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Layer, Process, Step, System, User, step
from concordant.spec.messaging import guaranteed_delivery as spec
from concordant.spec.messaging.guaranteed_delivery import (
    FAIRLY,
    Ack,
    Confirmed,
    Data,
    Deliveries,
    GivenUp,
    GiveUp,
    LinkView,
    Resend,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Bag,
    Clause,
    Deliver,
    Effect,
    Fault,
    Faults,
    Map,
    Network,
    Send,
    Transmit,
    addresses,
)


@frozen(order=True)
class Label:
    """A message of this epoch, by its receiver and number."""

    to: Address
    number: int


@frozen
class Pending:
    """A message that is neither confirmed nor given up. `left`: how often it may still be sent, None for ever."""

    message: object
    left: int | None


@frozen
class Received:
    """Of one sender, the numbers that were handed up in the last epoch heard of, each once."""

    epoch: int = 0
    numbers: Bag[int] = Bag()


@frozen
class Linking:
    """The state of one end. On the disk: its epoch, and what was received."""

    epoch: int = 0
    next: Map[Address, int] = Map()
    outbox: Map[Label, Pending] = Map()
    received: Map[Address, Received] = Map()


Trigger: TypeAlias = Resend | GiveUp


@frozen
class Link(Process[Linking, Data | Ack, Transmit, Trigger]):
    """Exactly once. `attempts`: how often a message is sent at most, None for ever."""

    attempts: int | None = None

    def start(self) -> Step[Linking]:
        return step(Linking())

    # ---- the sender

    def request(self, state: Linking, client: Address, request: Transmit) -> Step[Linking] | None:  # noqa: ARG002  # whoever asks
        number = state.next.get(request.to, 0)
        label = Label(request.to, number)
        numbered = evolve(state, next=state.next.put(request.to, number + 1))
        return self.sent(numbered, label, Pending(request.message, self.attempts))

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        """Send a message. It is in the outbox before it is on its way, or an acknowledgement that is quick would find nothing."""
        left = None if pending.left is None else pending.left - 1
        outbox = state.outbox.put(label, evolve(pending, left=left))
        return step(evolve(state, outbox=outbox), Send(label.to, Data(state.epoch, label.number, pending.message)))

    def armed(self, state: Linking) -> tuple[Trigger, ...]:
        return tuple((GiveUp if pending.left == 0 else Resend)(label.to, label.number) for label, pending in state.outbox.items())

    def fire(self, state: Linking, trigger: Trigger) -> Step[Linking]:
        label = Label(trigger.to, trigger.number)
        pending = state.outbox[label]
        match trigger:
            case Resend():
                return self.sent(state, label, pending)
            case GiveUp():
                return step(evolve(state, outbox=state.outbox.drop(label)), Announce(GivenUp(label.to, pending.message)))
            case _:
                assert_never(trigger)

    def acknowledged(self, state: Linking, label: Label) -> Step[Linking] | None:
        """Take an acknowledgement of this epoch; one of what is no longer pending says nothing new."""
        pending = state.outbox.get(label)
        if pending is None:
            return None
        return step(evolve(state, outbox=state.outbox.drop(label)), Announce(Confirmed(label.to, pending.message)))

    # ---- the receiver

    def receive(self, state: Linking, source: Address, message: Data | Ack) -> Step[Linking] | None:
        match message:
            case Data():
                return self.arrived(state, source, message)
            case Ack(epoch, number):
                return self.acknowledged(state, Label(source, number)) if epoch == state.epoch else None
            case _:
                assert_never(message)

    def arrived(self, state: Linking, source: Address, data: Data) -> Step[Linking] | None:
        """Hand a message up, once, and acknowledge it each time."""
        # The hard step. That a message was handed up is noted in the same step, and on the disk, so that no copy is handed up
        # again; and each copy is acknowledged, since the acknowledgement before may be lost. A sender that is in a new epoch has
        # forgotten what it sent before, so that nobody waits for an acknowledgement of that; and as its numbers begin anew, those
        # that were received are forgotten too.
        known = state.received.get(source, Received())
        if self.is_outdated(known, data):
            return None
        if data.epoch > known.epoch:
            known = Received(data.epoch)
        if data.number in known.numbers:
            after, handed = known, self.handed_again(source, data)
        else:
            after, handed = evolve(known, numbers=known.numbers.add(data.number)), (Deliver(source, data.message),)
        return step(evolve(state, received=state.received.put(source, after)), *handed, *self.acknowledgements(source, data))

    def is_outdated(self, known: Received, data: Data) -> bool:
        """Tell whether a message is of an epoch that has ended."""
        return data.epoch < known.epoch

    def acknowledgements(self, source: Address, data: Data) -> tuple[Effect, ...]:
        """Acknowledge a message, or a copy of one."""
        return (Send(source, Ack(data.epoch, data.number)),)

    def handed_again(self, source: Address, data: Data) -> tuple[Effect, ...]:  # noqa: ARG002
        """Hand up nothing of a copy."""
        return ()

    # ---- crashes

    def survives(self, state: Linking) -> tuple[Linking, ...]:
        return (Linking(epoch=state.epoch, received=state.received),)

    def recover(self, state: Linking) -> Step[Linking]:
        return step(evolve(state, epoch=state.epoch + 1))

    def view(self, state: Linking) -> LinkView:
        return LinkView(len(state.outbox))


@frozen
class AtMostOnce(Link):
    """Sends every message once, and gives it up at once: nobody is told what becomes of it. A copy that the network makes is dropped."""

    def sent(self, state: Linking, label: Label, pending: Pending) -> Step[Linking]:
        return step(state, Send(label.to, Data(state.epoch, label.number, pending.message)), Announce(GivenUp(label.to, pending.message)))

    def acknowledgements(self, source: Address, data: Data) -> tuple[Effect, ...]:  # noqa: ARG002
        return ()


@frozen
class AtLeastOnce(Link):
    """Hands up every copy."""

    def handed_again(self, source: Address, data: Data) -> tuple[Effect, ...]:
        return (Deliver(source, data.message),)


@frozen
class Durable(Link):
    """Exactly once, and a crash loses nothing: all is on the disk before it is sent. Its numbers go on, and so does its epoch."""

    def survives(self, state: Linking) -> tuple[Linking, ...]:
        return (state,)

    def recover(self, state: Linking) -> Step[Linking]:
        return step(state)


SAFE = (
    spec.is_numbered,
    spec.what_is_acknowledged_was_handed_up,
    spec.is_sent_until_told,
    spec.the_view_is_true,
    spec.no_creation,
    spec.no_duplication,
    spec.confirmed_is_delivered,
    spec.one_outcome,
)
TOLD = (spec.nothing_is_left_pending, spec.every_sender_is_told)
FOREVER = (*SAFE, *TOLD, spec.is_delivered, spec.is_confirmed)
"""What is promised of a link that never gives up."""
BOUNDED = (*SAFE, *TOLD, spec.is_given_up_last, spec.nobody_waits_for_the_dead, spec.is_confirmed, spec.is_given_up)
"""What is promised of one that gives up; it may have to, before a message arrives."""
ON_DISK = (*FOREVER, spec.a_restart_loses_nothing)
"""What is promised of one that never gives up, and keeps everything on its disk."""
ONCE_OR_MORE = (*(clause for clause in FOREVER if clause is not spec.no_duplication), spec.comes_twice)
ONCE_OR_NEVER = (*SAFE, *TOLD, spec.is_given_up_last)
LOSSY = Network(losses=None, copies=1)
A, B, C = addresses("node", 3)


def system(
    asked: tuple[Transmit, ...] = (Transmit(B, "a"),),
    *,
    attempts: int | None = None,
    link: type[Link] = Link,
    network: Network = LOSSY,
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = FOREVER,
) -> System[Deliveries]:
    """Put the ends of a link together, and a user who asks one of them to carry messages to the others."""
    user = User(Address("user"), (A,), tuple((each,) for each in asked))
    ends = dict.fromkeys([A, *(each.to for each in asked)])
    return System({end: link(attempts) for end in ends}, history(link, attempts), promises, network, faults, (user,))


def history(link: type[Link], attempts: int | None) -> Deliveries:
    """Return what is remembered of such links."""
    return Deliveries(lasting=issubclass(link, Durable), attempts=attempts)


def layer(link: type[Link] = Link, promises: tuple[Clause, ...] = FOREVER, *, attempts: int | None = None) -> Layer:
    """Return the link as a layer: over it duplications are made good and, if it never gives up, losses; though not the order."""
    good = Fault.DUPLICATION if attempts else Fault.DUPLICATION | Fault.LOSS
    return Layer(lambda _: link(attempts), history(link, attempts), promises, makes_good=good, relies_on=FAIRLY)
