"""What goes wrong with FIFO order: the documents' manager, whose check of what is pending is not written, in its natural readings."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Over, Pitfall, Reason, Step, Unmodelled, over, step
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.fifo_ordering import (
    IMPATIENT,
    A,
    B,
    C,
    Conversation,
    Impatient,
    Numbering,
    Ordering,
    system,
)
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging import guaranteed_delivery as link
from concordant.spec.messaging.fifo_ordering import Gap, Missing, Numbered
from concordant.spec.vocabulary import Address, Announce, Below, Deliver, Faults, Internal, Layers, Network, Send, Transmit


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
class OneConversation(Ordering):
    """Counts one conversation for all senders."""

    def key(self, source: Address) -> Address:  # noqa: ARG002  # that is the mistake
        return A


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
class HasRoom(Ordering):
    """Holds whatever comes early."""

    def has_room(self, known: Conversation) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ForgetsTheCount(Ordering):
    """Keeps nothing on its disk of what it expects."""

    def survives(self, state: Numbering) -> tuple[Numbering, ...]:
        return (Numbering(epoch=state.epoch),)


@frozen
class HandsUpAtOnce(Ordering):
    """Numbers messages, and never asks for the order."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        return step(state, Deliver(source, message.message))


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
class Skips(Impatient):
    """Goes on with what it has, when something stays away."""

    def closed(self, state: Numbering, key: Address, known: Conversation) -> Step[Numbering]:
        first = min(known.held, default=known.expected)
        return self.handed_up(state, key, evolve(known, expected=first))


@frozen
class NamesWhatCame(Impatient):
    """Reports the number of what it holds."""

    def closed(self, state: Numbering, key: Address, known: Conversation) -> Step[Numbering]:
        shut = Ordering.closed(self, state, key, known)
        return step(shut.state, Announce(Gap(key, known.epoch, min(known.held))))


@frozen
class LooksAgain(Impatient):
    """Looks again later, when something stays away."""

    def fire(self, state: Numbering, trigger: Missing) -> Step[Numbering]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class SendsItBack(Ordering):
    """Sends a message back, to have it confirmed before it is handed up; and so does the other."""

    def receive(self, state: Numbering, source: Address, message: Numbered) -> Step[Numbering] | None:
        return step(state, Send(source, message))


@frozen
class AcknowledgesWhatIsWanted(Over):
    """Lets the link acknowledge a message only where the layer above takes it; a copy it does not want is refused, without a word."""

    def receive(self, state: Layers, source: Address, message: object) -> Step[Layers] | None:
        taken = Over.receive(self, state, source, message)
        if taken is None or taken.state.above != state.above:
            return taken
        refused = any(
            isinstance(effect, Announce) and isinstance(effect.event, Below) and _is_delivery(effect.event) for effect in taken.effects
        )
        return None if refused else taken


def _is_delivery(below: Below) -> bool:
    return isinstance(below.what, Deliver)


def to_b(*messages: str) -> tuple[tuple[Address, Transmit], ...]:
    """Return requests of one process to carry messages to another."""
    return tuple((A, Transmit(B, message)) for message in messages)


COPIES = Network(duplicating=True)
LOSSES = Network(losses=1)

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
    subject=system(to_b("a", "b", "c"), ordering=KeepsTheBuffer),
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
NO_BOUND = Pitfall(
    "FIF-9",
    "After one message that is lost nothing is handed up, and the buffer grows without bound.",
    breaks=spec.what_is_held_has_room,
    subject=system(to_b("a", "b", "c"), room=1, ordering=HasRoom, network=LOSSES),
    length=5,
)
WAITS_FOR_THE_LOST = Pitfall(
    "FIF-9/waits",
    "Nothing ends the wait for a message that is lost.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), network=LOSSES, promises=IMPATIENT),
    length=4,
)
BENIGN_COPIES = Unmodelled("FIF-10", Reason.SAME, "what it does alone is right, a copy is dropped; over a link it is this", same="X-1")
RESTARTS_AT_0 = Pitfall(
    "FIF-11",
    "A receiver that restarts waits for number 0, which has been.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), ordering=ForgetsTheCount, faults=Faults(crashes=1, recoveries=1, who=(B,))),
    length=6,
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
NEVER_CALLED = Pitfall(
    "GDL-4",
    "The ordering manager is constructed and never called: what is sent again comes after what was sent later.",
    breaks=spec.nothing_is_skipped,
    subject=over(system(to_b("a", "b"), ordering=HandsUpAtOnce), delivery.layer(), network=delivery.LOSSY),
    length=3,
)
SKIPS = Pitfall(
    "fifo_ordering.Skips",
    "What stays away until a deadline is passed over, and nobody hears of it.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b"), ordering=Skips, network=LOSSES, promises=IMPATIENT),
    length=4,
)
NAMES_WHAT_CAME = Pitfall(
    "fifo_ordering.NamesWhatCame",
    "A gap is reported by the number of the message behind it.",
    breaks=spec.a_gap_names_what_is_missing,
    subject=system(to_b("a", "b"), ordering=NamesWhatCame, network=LOSSES, promises=IMPATIENT),
    length=4,
)
LOOKS_AGAIN = Pitfall(
    "fifo_ordering.LooksAgain",
    "When a message stays away the layer looks again later, for ever.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), ordering=LooksAgain, network=LOSSES, promises=IMPATIENT),
    length=5,
)
SENDS_IT_BACK = Pitfall(
    "fifo_ordering.SendsItBack",
    "A message goes to and fro to be confirmed, and is handed up by nobody.",
    breaks=spec.is_delivered,
    subject=system(to_b("a"), ordering=SendsItBack),
    length=3,
)
NO_ACKNOWLEDGEMENT_OF_WHAT_IS_UNWANTED = Pitfall(
    "X-1",
    "An acknowledgement is lost, the message is sent again, and as it was handed up before it is refused, not acknowledged: the sender goes on for ever.",
    breaks=link.every_sender_is_told,
    subject=over(
        system(to_b("a")),
        delivery.layer(delivery.AtLeastOnce, delivery.ONCE_OR_MORE),
        network=delivery.LOSSY,
        combine=AcknowledgesWhatIsWanted,
    ),
    length=5,
)
