"""What goes wrong with causal order: numbers of each sender alone, one number for all, a buffer that is missing or not looked into."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Crash, KnownViolation, Pitfall, Reason, Receive, Step, Unmodelled, over, step
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.causal_ordering import A, B, Clocked, Ordering, system
from concordant.spec.messaging import causal_ordering as spec
from concordant.spec.messaging.causal_ordering import Stamped
from concordant.spec.messaging.shared import broadcasts
from concordant.spec.messaging.shared.broadcasts import Broadcast, Name
from concordant.spec.vocabulary import Address, Deliver, Faults, Map, Network, Send


@frozen
class PerSender(Ordering):
    """Asks whether a message is the next of its sender."""

    def is_next(self, clock: Map[Address, int], name: Name, stamped: Stamped) -> bool:  # noqa: ARG002
        return name.number == clock.get(name.origin, 0)


@frozen
class HandsUpAtOnce(Ordering):
    """Has no buffer: hands up whatever comes."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked]:
        return step(evolve(state, clock=self.counted(state.clock, source)), Deliver(source, message.message))


@frozen
class HoldsNothing(Ordering):
    """Has no buffer: drops what comes early."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        taken = Ordering.receive(self, state, source, message)
        return None if taken is None or taken.state.held else taken


@frozen
class Ticking(Clocked):
    """A clock of one number, and the last number that was handed up."""

    ticks: int = 0
    last: int = 0


@frozen
class OneNumber(Ordering):
    """Numbers messages by Lamport's clock, which counts what is received too, and hands them up without a gap in these numbers."""

    def start(self) -> Step[Clocked]:
        return step(Ticking())

    def request(self, state: Ticking, client: Address, request: Broadcast) -> Step[Clocked]:  # type: ignore[override]  # its own state
        now = Ordering.request(self, evolve(state, clock=Map()), client, request).effects
        ticks = state.ticks + 1
        sent = (Send(each.to, self.numbered(each.message, ticks)) if isinstance(each, Send) else each for each in now)
        return step(evolve(state, ticks=ticks, last=max(state.last, ticks)), *sent)

    def numbered(self, message: object, ticks: int) -> Stamped:
        return Stamped(Map.of({self.me: ticks}), message.message if isinstance(message, Stamped) else message)

    def was_handed_up(self, state: Clocked, name: Name) -> bool:  # noqa: ARG002
        return False

    def handed_up(self, state: Ticking) -> Step[Clocked]:  # type: ignore[override]
        ready = next((name for name in state.held if name.number <= state.last), None)
        if ready is None:
            return step(state)
        number = ready.number + 1
        after = evolve(state, held=state.held.drop(ready), ticks=max(state.ticks, number) + 1, last=max(state.last, number))
        return step(after, Deliver(ready.origin, state.held[ready].message)).then(self.handed_up)  # type: ignore[arg-type]


@frozen
class AsksForNumbers(OneNumber):
    """Asks its sender, where a message comes early, for the number before it. Who has none of that number says so, and is asked again."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        if message.message is None:
            return step(state, Send(source, message))
        taken = OneNumber.receive(self, state, source, message)
        if taken is None or not taken.state.held:
            return taken
        return step(taken.state, *taken.effects, Send(source, Stamped(message.clock, None)))


@frozen
class LooksOnce(Ordering):
    """Hands up the message that came, and does not look what waited for it."""

    def handed_up(self, state: Clocked) -> Step[Clocked]:
        first = Ordering.handed_up(self, state)
        if len(first.effects) < 2:
            return first
        name = next(name for name, stamped in state.held.items() if self.is_next(state.clock, name, stamped))
        return step(Clocked(self.counted(state.clock, name.origin), state.held.drop(name)), first.effects[0])


@frozen
class LooksInTheBuffer(Ordering):
    """Looks for copies among what it holds: one of what was handed up lacks nothing, and is handed up too."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        copy = self.was_handed_up(state, Name(source, message.clock[source] - 1))
        return step(state, Deliver(source, message.message)) if copy else Ordering.receive(self, state, source, message)


@frozen
class HandsUpTheStamp(Ordering):
    """Hands up the message as it came."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        return Ordering.receive(self, state, source, evolve(message, message=message))


@frozen
class LeavesItselfOut(Ordering):
    """Hands its own messages to all others."""

    def request(self, state: Clocked, client: Address, request: Broadcast) -> Step[Clocked]:
        sent = Ordering.request(self, state, client, request)
        return step(sent.state, *(effect for effect in sent.effects if isinstance(effect, Send)))


@frozen
class DoesNotCountItself(Ordering):
    """Stamps a message, and does not keep the clock."""

    def request(self, state: Clocked, client: Address, request: Broadcast) -> Step[Clocked]:
        return step(state, *Ordering.request(self, state, client, request).effects)


CRASH = Faults(crashes=1, who=(A,), mid_step=True)
MESSAGE = Stamped(Map.of({A: 1}), "a")

NO_HANDLER = Unmodelled("CAU-1", Reason.NO_CODE, "`_handle_causal_ordering` is called, and defined nowhere.")
NUMBERS_OF_EACH_SENDER = Pitfall(
    "CAU-2",
    "Messages are numbered by sender, as strict order does it: an answer is handed up before what it answers.",
    breaks=spec.causal_order,
    subject=system(ordering=PerSender),
    length=4,
)
ONE_NUMBER = Pitfall(
    "CAU-3",
    "One number orders all messages: a number that no message has is waited for, as if it were of one that is missing.",
    breaks=spec.is_delivered,
    subject=system(ordering=OneNumber),
    length=6,
)
WAITS_FOR_THE_CONCURRENT = Pitfall(
    "CAU-3/needlessly",
    "One number orders all messages: a message waits, though all that happened before it was handed up.",
    breaks=spec.nothing_waits_needlessly,
    subject=system(ordering=OneNumber),
    length=4,
)
ASKS_FOR_NUMBERS = Pitfall(
    "CAU-3/asks",
    "The same, and whoever waits asks for that number: who has none says so, and is asked again, for ever.",
    breaks=spec.is_delivered,
    subject=system(ordering=AsksForNumbers),
    length=10,
)
NO_BUFFER = Pitfall(
    "causal_ordering.HandsUpAtOnce",
    "Messages have clocks, and are handed up as they come.",
    breaks=spec.causal_order,
    subject=system(ordering=HandsUpAtOnce),
    length=4,
)
HOLDS_NOTHING = Pitfall(
    "causal_ordering.HoldsNothing",
    "What comes early is dropped, as if it were to come again.",
    breaks=spec.is_delivered,
    subject=system(ordering=HoldsNothing),
    length=6,
)
LOOKS_ONCE = Pitfall(
    "causal_ordering.LooksOnce",
    "The buffer is not looked into when a message comes for which others wait.",
    breaks=spec.nothing_waits_needlessly,
    subject=system(ordering=LooksOnce),
    length=5,
)
LOOKS_IN_THE_BUFFER = Pitfall(
    "causal_ordering.LooksInTheBuffer",
    "A copy of a message that was handed up is not known any more.",
    breaks=broadcasts.no_duplication,
    subject=system(ordering=LooksInTheBuffer, network=Network(duplicating=True)),
    length=3,
)
HANDS_UP_THE_STAMP = Pitfall(
    "causal_ordering.HandsUpTheStamp",
    "A message is handed up with its clock around it.",
    breaks=broadcasts.no_creation,
    subject=system(ordering=HandsUpTheStamp),
    length=2,
)
LEAVES_ITSELF_OUT = Pitfall(
    "causal_ordering.LeavesItselfOut",
    "A process hands its messages up to all but itself.",
    breaks=spec.own_at_once,
    subject=system(ordering=LeavesItselfOut),
    length=1,
)
DOES_NOT_COUNT_ITSELF = Pitfall(
    "causal_ordering.DoesNotCountItself",
    "The clock in a message counts it, that of its sender does not: the next has the same number.",
    breaks=spec.the_clock_counts,
    subject=system(ordering=DoesNotCountItself),
    length=1,
)
OUT_OF_ORDER_LINK = Pitfall(
    "causal_ordering.HandsUpAtOnce/link",
    "A link that repeats what is lost is trusted to keep the order: what is sent again comes after what was sent later.",
    breaks=spec.causal_order,
    subject=over(system(((A, "a"), (A, "b")), (A, B), ordering=HandsUpAtOnce), delivery.layer(), network=delivery.LOSSY),
    length=3,
)
SOME_GET_IT = KnownViolation(
    spec.what_one_has_all_get,
    "Whoever crashes in the middle of a broadcast has told some, who do not pass it on: the others wait for what they are never sent.",
    system(faults=CRASH, promises=(spec.what_one_has_all_get,)),
    (Crash(A, Clocked(Map.of({A: 1})), Ask(A, Address("user"), Broadcast("a")), 1), Receive(B, A, MESSAGE)),
)
