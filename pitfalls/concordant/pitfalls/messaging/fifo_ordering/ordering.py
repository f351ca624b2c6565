"""What goes wrong with numbers and with the order, at the sender or at the receiver."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.refimpl.messaging.fifo_ordering import (
    A,
    B,
    C,
    Conversation,
    Numbering,
    Ordering,
    system,
)
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging.fifo_ordering import Numbered
from concordant.spec.vocabulary import Address, Deliver, Faults, Internal, Network, Send, Transmit


@frozen
class KeepsTheBuffer(Ordering):
    """Hands up what is contiguous in the buffer, and neither takes it out nor counts it."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        handed = Ordering.handed_up(self, state, source, known)
        if known.expected not in known.held:
            return handed
        later = known.held.drop(known.expected)
        kept = evolve(known, expected=known.expected + 1, held=later)
        return step(self.put(handed.state, source, kept), *handed.effects)

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        known = state.conversations.get(source, Conversation(message.epoch))
        if message.number == known.expected and message.number in known.held:
            return step(self.put(state, source, evolve(known, expected=known.expected + 1)), Deliver(source, message.message))
        return Ordering.receive(self, state, source, message)


@frozen
class CountsOne(Ordering):
    """Hands up what is contiguous in the buffer, and counts the message that came."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        handed = Ordering.handed_up(self, state, source, known)
        if known.expected not in known.held:
            return handed
        counted = evolve(handed.state.conversations[source], expected=known.expected + 1)
        return step(self.put(handed.state, source, counted), *handed.effects)


@frozen
class NeverEmpties(Ordering):
    """Hands up what is contiguous in the buffer, counts it, and leaves it there."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        handed = Ordering.handed_up(self, state, source, known)
        kept = evolve(handed.state.conversations[source], held=known.held)
        return step(self.put(handed.state, source, kept), *handed.effects)


@frozen
class OneCounter(Ordering):
    """Numbers what it sends, to whomever it goes."""

    def request(self, state: Numbering, client: Address, request: Transmit) -> Step[Numbering] | None:  # noqa: ARG002
        number = sum(state.next.values())
        numbered = evolve(state, next=state.next.put(request.to, state.next.get(request.to, 0) + 1))
        return step(numbered, Send(request.to, Numbered(state.epoch, number, request.message)))


@frozen
class StaysInItsEpoch(Ordering):
    """Begins with number 0 after a crash, in the epoch in which there was one."""

    def recover(self, state: Numbering) -> Step[Numbering]:
        return step(state)


@frozen
class TakesWhatIsLater(Ordering):
    """Waits for the first message of a sender, and then takes whatever is later than the last."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        known = state.conversations.get(source)
        if known is None or not 0 < known.expected < message.number:
            return Ordering.receive(self, state, source, message)
        return step(self.put(state, source, Conversation(message.epoch, message.number + 1)), Deliver(source, message.message))


@frozen
class OneConversation(Ordering):
    """Counts one conversation for all senders."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        taken = Ordering.receive(self, state, A, message)
        if taken is None:
            return None
        return step(taken.state, *(evolve(each, source=source) if isinstance(each, Deliver) else each for each in taken.effects))


@frozen
class Overwrites(Ordering):
    """Puts a message into its place whatever is there."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        known = state.conversations.get(source, Conversation(message.epoch))
        emptied = evolve(known, held=known.held.drop(message.number))
        return Ordering.receive(self, self.put(state, source, emptied), source, message)


@frozen
class Decided(Internal):
    """A message goes on to be handed up, after it was decided that it may."""

    source: Address
    message: object


@frozen
class Deciding(Numbering):
    """What was decided to hand up, and is on its way up."""

    decided: tuple[Decided, ...] = ()


@frozen
class DecidesFirst(Ordering):
    """Decides that a message is next, and hands it up later, in a task of its own."""

    def start(self) -> Step[Numbering]:
        return step(Deciding())

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        taken = Ordering.receive(self, state, source, message)
        if taken is None or not isinstance(taken.state, Deciding):
            return taken
        decided = tuple(Decided(effect.source, effect.message) for effect in taken.effects if isinstance(effect, Deliver))
        return step(evolve(taken.state, decided=(*taken.state.decided, *decided)))

    def armed(self, state: Deciding) -> tuple[Decided, ...]:  # type: ignore[override]  # its own state and step
        return state.decided

    def fire(self, state: Deciding, trigger: Decided) -> Step[Numbering]:  # type: ignore[override]
        return step(
            evolve(state, decided=tuple(each for each in state.decided if each != trigger)), Deliver(trigger.source, trigger.message)
        )


@frozen
class HandsUpAtOnce(Ordering):
    """Numbers messages, and never asks for the order."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        return step(state, Deliver(source, message.message))


@frozen
class OneSender(HandsUpAtOnce):
    """Has a place for one conversation, of whoever comes first."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        first = not state.conversations or source in state.conversations
        return Ordering.receive(self, state, source, message) if first else HandsUpAtOnce.receive(self, state, source, message)


@frozen
class WithoutANumber(Ordering):
    """Sends messages that are not numbered, for which -1 is read."""

    def request(self, state: Numbering, client: Address, request: Transmit) -> Step[Numbering] | None:  # noqa: ARG002
        return step(state, Send(request.to, Numbered(state.epoch, -1, request.message)))


@frozen
class BypassesZero(HandsUpAtOnce):
    """Orders the messages of a conversation, if it has a name that is true."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        return Ordering.receive(self, state, source, message) if source.number else HandsUpAtOnce.receive(self, state, source, message)


@frozen
class FailsOpen(HandsUpAtOnce):
    """Orders messages, if it is told so in the right letters."""

    kind: str = "Strict"

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        strict = self.kind == "strict"
        return Ordering.receive(self, state, source, message) if strict else HandsUpAtOnce.receive(self, state, source, message)


@frozen
class NumbersAsText(Ordering):
    """Sends numbers as text; at the receiver the comparison raises, and whoever catches it drops the message."""

    def request(self, state: Numbering, client: Address, request: Transmit) -> Step[Numbering] | None:  # noqa: ARG002
        return step(state, Send(request.to, Numbered(state.epoch, "0", request.message)))  # type: ignore[arg-type]  # the mistake

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        try:
            return Ordering.receive(self, state, source, message)
        except TypeError:
            return None


@frozen
class ChecksNothing(Ordering):
    """Calls what is not there as soon as a message comes in order; whoever catches the exception drops the message."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        return step(state) if known.expected in known.held else Ordering.handed_up(self, state, source, known)


@frozen
class SendsItBack(Ordering):
    """Sends a message back, to have it confirmed before it is handed up; and so does the other."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        return step(state, Send(source, message))


def to_b(*messages: str) -> tuple[tuple[Address, Transmit], ...]:
    """Return requests of one process to carry messages to another."""
    return tuple((A, Transmit(B, message)) for message in messages)


A_AND_TWO_OF_C = ((A, Transmit(B, "a")), (C, Transmit(B, "c")), (C, Transmit(B, "d")))
COPIES = Network(duplicating=True)

HANDED_UP_TWICE = Pitfall(
    "FIF-1",
    "What is contiguous is listed and stays in the buffer: a copy of it is handed up again.",
    breaks=spec.in_order,
    subject=system(to_b("a", "b"), ordering=KeepsTheBuffer, network=COPIES),
    length=5,
)
STUCK = Pitfall(
    "FIF-2",
    "What is handed up from the buffer is not counted: the message after it waits for ever.",
    breaks=spec.is_delivered,
    subject=system(to_b("a", "b", "c"), ordering=CountsOne),
    length=6,
)
NEVER_EMPTIED = Pitfall(
    "fifo_ordering.NeverEmpties",
    "What was handed up is left in the buffer, and takes the room of what comes early.",
    breaks=spec.what_is_held_came_early,
    subject=system(to_b("a"), ordering=NeverEmpties),
    length=2,
)
ONE_COUNTER = Pitfall(
    "fifo_ordering.OneCounter",
    "One counter numbers the messages to all receivers: each of them waits for what the others got.",
    breaks=spec.is_numbered,
    subject=system(((A, Transmit(B, "a")), (A, Transmit(C, "c"))), ordering=OneCounter),
    length=2,
)
STAYS_IN_ITS_EPOCH = Pitfall(
    "fifo_ordering.StaysInItsEpoch",
    "A sender that restarts begins with 0 in the same epoch: its messages are taken for copies.",
    breaks=spec.is_delivered,
    subject=system(to_b("a", "b"), ordering=StaysInItsEpoch, faults=Faults(crashes=1, recoveries=1, who=(A,))),
    length=6,
)
WITHOUT_A_NUMBER = Pitfall(
    "FIF-3",
    "A message that nobody numbered gets -1, which is less than what is expected: it is never handed up.",
    breaks=spec.is_delivered,
    subject=system(to_b("a"), ordering=WithoutANumber),
    length=2,
)
TWO_SENDERS = Pitfall(
    "FIF-4",
    "Two senders of one conversation both begin with 0: the second is dropped as a regression.",
    breaks=spec.is_delivered,
    subject=system(((A, Transmit(B, "a")), (C, Transmit(B, "c"))), ordering=OneConversation),
    length=4,
)
ONE_SENDER = Pitfall(
    "fifo_ordering.OneSender",
    "One conversation is ordered, that of the first sender; what others send is handed up at once.",
    breaks=spec.nothing_is_skipped,
    subject=system(A_AND_TWO_OF_C, ordering=OneSender),
    length=5,
)
ONE_SENDER_TURNED = Pitfall(
    "fifo_ordering.OneSender/turned",
    "So a message of another may come after one that was sent after it.",
    breaks=spec.in_order,
    subject=system(A_AND_TWO_OF_C, ordering=OneSender),
    length=6,
)
TAKES_WHAT_IS_LATER = Pitfall(
    "fifo_ordering.TakesWhatIsLater",
    "After the first message whatever is later than the last is taken, so that only what is old is turned away.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b", "c"), ordering=TakesWhatIsLater),
    length=5,
)
OVERWRITTEN = Pitfall(
    "FIF-5",
    "A message that is held is replaced by a later one with its number.",
    breaks=spec.what_is_held_is_not_replaced,
    subject=system(ordering=Overwrites, lies=tuple(Send(B, Numbered(0, 1, message)) for message in "xy")),
    length=2,
)
FALSE_CONVERSATION = Pitfall(
    "FIF-6",
    "`if not conversation_id` is to find messages without a conversation, and finds conversation 0.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b"), ordering=BypassesZero),
    length=3,
)
FAILS_OPEN = Pitfall(
    "FIF-7",
    "A type of ordering that is unknown, such as `Strict`, is none: messages are handed up at once.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b"), ordering=FailsOpen),
    length=3,
)
DECIDES_FIRST = Pitfall(
    "FIF-8",
    "That a message is next is decided before an await, and it is handed up after it: the one behind it may be first.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b"), ordering=DecidesFirst),
    length=5,
)
NUMBER_AS_TEXT = Pitfall(
    "FIF-12",
    "A number that comes as text cannot be compared, and the message is lost with the exception.",
    breaks=spec.is_delivered,
    subject=system(to_b("a"), ordering=NumbersAsText),
    length=2,
)
NOTHING_IS_CHECKED = Pitfall(
    "FIF-13",
    "`_check_pending_messages` is called for every message that comes in order, and defined nowhere: the message is lost with the exception.",
    breaks=spec.is_delivered,
    subject=system(to_b("a"), ordering=ChecksNothing),
    length=2,
)
MIXED_TYPES = Unmodelled(
    "FIF-14", Reason.IMPOSSIBLE, "A message has no type of ordering of its own: the layer orders all of a conversation."
)
SENDS_IT_BACK = Pitfall(
    "fifo_ordering.SendsItBack",
    "A message goes to and fro to be confirmed, and is handed up by nobody.",
    breaks=spec.is_delivered,
    subject=system(to_b("a"), ordering=SendsItBack),
    length=3,
)
