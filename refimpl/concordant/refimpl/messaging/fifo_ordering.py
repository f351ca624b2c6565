"""FIFO order: the layer of one process, which numbers what it sends and holds what comes early."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Layer, Process, Step, System, User, step
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging.fifo_ordering import Gap, Held, Missing, Numbered, Order, OrderingView
from concordant.spec.vocabulary import Address, Announce, Clause, Deliver, Faults, Map, Need, Network, Send, Transmit, addresses


@frozen
class Conversation:
    """Of one sender: its epoch, the number expected next, what came early, by number, and whether a gap has closed it."""

    epoch: int = 0
    expected: int = 0
    held: Map[int, object] = Map()
    closed: bool = False


@frozen
class Numbering:
    """The state of the layer. On the disk: its epoch, and the conversations in which it receives."""

    epoch: int = 0
    next: Map[Address, int] = Map()
    conversations: Map[Address, Conversation] = Map()


@frozen
class Ordering(Process[Numbering, Numbered, Transmit, Missing]):
    """Waits for what is missing, however long. `room`: how many messages of one sender it holds."""

    room: int = 2

    def start(self) -> Step[Numbering]:
        return step(Numbering())

    def request(self, state: Numbering, client: Address, request: Transmit) -> Step[Numbering] | None:  # noqa: ARG002  # whoever asks
        number = state.next.get(request.to, 0)
        numbered = evolve(state, next=state.next.put(request.to, number + 1))
        return step(numbered, Send(request.to, Numbered(state.epoch, number, request.message)))

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        known = state.conversations.get(source, Conversation())
        if message.epoch < known.epoch:
            return None
        if message.epoch > known.epoch:
            return self.begun_anew(state, source, known, message.epoch).then(lambda now: self.receive(now, source, message))
        if known.closed or message.number < known.expected or message.number in known.held:
            return None
        if message.number > known.expected and not self.has_room(known):
            return self.closed(state, source, known)
        held = evolve(known, held=known.held.put(message.number, message.message))
        return self.handed_up(state, source, held)

    def has_room(self, known: Conversation) -> bool:
        """Tell whether one more message can be held."""
        return len(known.held) < self.room

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        """Hand up what is next, and what follows it: each leaves the buffer and moves the number on, in one step."""
        messages = []
        while known.expected in known.held:
            messages.append(Deliver(source, known.held[known.expected]))
            known = evolve(known, expected=known.expected + 1, held=known.held.drop(known.expected))
        return step(self.put(state, source, known), *messages)

    def begun_anew(self, state: Numbering, source: Address, known: Conversation, epoch: int) -> Step[Numbering]:
        """Begin with a sender that has restarted; what is held of the epoch before is a gap."""
        gap = (self.gap(source, known),) if known.held else ()
        return step(self.put(state, source, Conversation(epoch)), *gap)

    def closed(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        """Report a gap, and take nothing more in this epoch."""
        # The hard step. What would come beyond the gap would be out of order, or skip something. So nothing more of this epoch is
        # taken, and a sender is heard again once it has restarted, and numbers anew.
        return step(self.put(state, source, evolve(known, held=Map(), closed=True)), self.gap(source, known))

    def gap(self, source: Address, known: Conversation) -> Announce:
        """Report that what is expected next is missing."""
        return Announce(Gap(source, known.epoch, known.expected))

    def put(self, state: Numbering, source: Address, known: Conversation) -> Numbering:
        """Return the state with one conversation as it is now."""
        return evolve(state, conversations=state.conversations.put(source, known))

    def survives(self, state: Numbering) -> tuple[Numbering, ...]:
        return (Numbering(epoch=state.epoch, conversations=state.conversations),)

    def recover(self, state: Numbering) -> Step[Numbering]:
        return step(evolve(state, epoch=state.epoch + 1))

    def view(self, state: Numbering) -> OrderingView:
        held = [
            Held(source, known.epoch, number, message)
            for source, known in state.conversations.items()
            for number, message in known.held.items()
        ]
        return OrderingView(self.room, frozenset(held))


@frozen
class Impatient(Ordering):
    """Reports a gap also where something stays away until a deadline: over a link that may give up, or none."""

    def armed(self, state: Numbering) -> tuple[Missing, ...]:
        return tuple(Missing(source) for source, known in state.conversations.items() if known.held)

    def fire(self, state: Numbering, trigger: Missing) -> Step[Numbering]:
        return self.closed(state, trigger.source, state.conversations[trigger.source])


SAFE = (
    spec.is_numbered,
    spec.in_order,
    spec.nothing_is_skipped,
    spec.what_is_held_has_room,
    spec.what_is_held_came_early,
    spec.what_is_held_is_not_replaced,
)
PATIENT = (*SAFE, spec.nothing_is_held_for_ever, spec.is_delivered, spec.comes_early)
"""What is promised where nothing is lost, or a link makes it good."""
REPORTING = (
    spec.a_gap_names_what_is_missing,
    spec.a_gap_has_something_behind_it,
    spec.a_gap_is_reported_once,
    spec.nothing_comes_after_a_gap,
    spec.a_gap_is_reported,
)
BOUNDED = (*PATIENT, *REPORTING, spec.a_gap_is_not_reported_lightly)
"""What is promised where more may come early than there is room for."""
IMPATIENT = (*SAFE, *REPORTING, spec.nothing_is_held_for_ever, spec.comes_early)
A, B, C = addresses("node", 3)
LIAR = Address("liar")


def system(
    asked: tuple[tuple[Address, Transmit], ...] = ((A, Transmit(B, "a")), (A, Transmit(B, "b"))),
    *,
    room: int = 2,
    ordering: type[Ordering] = Ordering,
    network: Network = Network(),
    faults: Faults = Faults(),
    lies: tuple[Send, ...] = (),
    promises: tuple[Clause, ...] = PATIENT,
) -> System[Order]:
    """Put layers together, and for each that is asked something a user who asks it, in this order. `lies`: what a liar may send."""
    names = tuple(dict.fromkeys(name for at, transmit in asked for name in (at, transmit.to)))
    users = tuple(
        User(Address("user", name.number), (name,), tuple((transmit,) for at, transmit in asked if at == name))
        for name in names
        if any(at == name for at, _ in asked)
    )
    byzantine = (Byzantine[Order](LIAR, lambda _: lies),) if lies else ()
    return System({name: ordering(room) for name in names}, Order(), promises, network, faults, users, byzantine)


def layer(ordering: type[Ordering] = Ordering, room: int = 2, promises: tuple[Clause, ...] = PATIENT) -> Layer:
    """Return it as a layer, over a network that loses nothing or a link that makes losses good: what is above it has a FIFO network."""
    return Layer(lambda _: ordering(room), Order(), promises, gives=Need.FIFO)
