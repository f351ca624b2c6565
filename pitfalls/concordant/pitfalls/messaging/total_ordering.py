"""What goes wrong with a sequencer: places that are given twice, come in the wrong order, or reach not all."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Crash, KnownViolation, Pitfall, Receive, Step, over, step
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.refimpl.messaging.total_ordering import A, B, C, Ordering, system
from concordant.spec.messaging import causal_ordering as causal
from concordant.spec.messaging import total_ordering as spec
from concordant.spec.messaging.shared import broadcasts, sequencing
from concordant.spec.messaging.shared.broadcasts import Broadcast, Name
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Deliver, Effect, Faults, Network, Send


@frozen
class HandsItsOwnUpAtOnce(Ordering):
    """Hands up what it sends, as a causal order does, and drops it when it comes back with its place."""

    def request(self, state: Sequencing, client: Address, request: Broadcast) -> Step[Sequencing]:
        sent = Ordering.request(self, state, client, request)
        if self.me == self.sequencer:
            return sent
        known = evolve(sent.state, delivered=sent.state.delivered | {Name(self.me, state.sent)})
        return step(known, *sent.effects, Deliver(self.me, request.message))

    def receive(self, state: Sequencing, source: Address, message: Carried) -> Step[Sequencing] | None:
        taken = Ordering.receive(self, state, source, message)
        if taken is not None or message.place is None or message.conflict is None:
            return taken
        return step(evolve(state, places=state.places.put(message.conflict, message.place + 1)))


@frozen
class GivesPlacesItself(Ordering):
    """Gives its messages the next places that it knows of, each process for itself."""

    def gives_places(self, carried: Carried) -> bool:
        return self.me in (carried.name.origin, self.sequencer)


@frozen
class IgnoresPlaces(Ordering):
    """Hands up what comes from the sequencer as it comes."""

    def is_in_turn(self, state: Sequencing, carried: Carried) -> bool:  # noqa: ARG002
        return True


@frozen
class ForgetsTheLast(Ordering):
    """Lets the sequencer take the messages of one sender as they come."""

    def last(self, state: Sequencing) -> frozenset[Name]:  # noqa: ARG002
        return frozenset()


@frozen
class KnowsNoCopies(Ordering):
    """Gives a place to a copy too."""

    def was_handed_up(self, state: Sequencing, name: Name) -> bool:  # noqa: ARG002
        return False


@frozen
class SignsForAll(Ordering):
    """Hands a message up as one of the sequencer, from whom it came."""

    def delivery(self, carried: Carried) -> Effect:
        return Deliver(self.sequencer, carried.message)


@frozen
class LooksOnce(Ordering):
    """Hands up what came, and not what waited for it."""

    def taken(self, state: Sequencing, carried: Carried) -> Step[Sequencing]:
        if self.gives_places(carried) or not self.is_next(state, carried):
            return Ordering.taken(self, state, carried)
        alone = Ordering.taken(self, evolve(state, held=state.held.drop(carried.name)), carried)
        return step(evolve(alone.state, held=state.held.drop(carried.name)), *alone.effects[:1])


@frozen
class LeavesTheSenderOut(Ordering):
    """Tells the places of a message to all but its sender, who has it."""

    def announced(self, carried: Carried, place: int) -> tuple[Send, ...]:
        return tuple(each for each in Ordering.announced(self, carried, place) if each.to != carried.name.origin)


@frozen
class CountsFromOne(Ordering):
    """Gives the places from 1 on, and expects them from 0; who lacks one asks for it, and is sent the next that there is."""

    def announced(self, carried: Carried, place: int) -> tuple[Send, ...]:
        return Ordering.announced(self, carried, place + 1)

    def receive(self, state: Sequencing, source: Address, message: Carried) -> Step[Sequencing] | None:
        if self.me == self.sequencer:
            asked = message.place is not None
            return step(state, Send(source, message)) if asked else Ordering.receive(self, state, source, message)
        return step(state, Send(self.sequencer, message))


COPIES = Network(duplicating=True)
ONE = ((A, "a"),)
TWICE = ((A, "a"), (A, "b"))

OWN_AT_ONCE = Pitfall(
    "total_ordering.HandsItsOwnUpAtOnce",
    "A process hands up what it sends before that has its place.",
    breaks=spec.total_order,
    subject=system(ordering=HandsItsOwnUpAtOnce),
    length=2,
)
EACH_FOR_ITSELF = Pitfall(
    "total_ordering.GivesPlacesItself",
    "Each process gives its messages places: two have the same.",
    breaks=spec.total_order,
    subject=system(ordering=GivesPlacesItself),
    length=5,
)
SEVERAL_SEQUENCERS = Pitfall(
    "total_ordering.Several",
    "Each process takes itself for the sequencer.",
    breaks=sequencing.all_know_the_sequencer,
    subject=evolve(system(), processes={A: Ordering(A, (B,), A), B: Ordering(B, (A,), B)}),
    length=0,
)
PLACES_IGNORED = Pitfall(
    "total_ordering.IgnoresPlaces",
    "Messages have places, and are handed up as they come.",
    breaks=spec.total_order,
    subject=system(ordering=IgnoresPlaces),
    length=5,
)
NO_ORDER_OF_A_SENDER = Pitfall(
    "total_ordering.ForgetsTheLast",
    "The sequencer takes what comes: of two messages of one sender the second has the first place.",
    breaks=causal.causal_order,
    subject=system(TWICE, ordering=ForgetsTheLast),
    length=3,
)
KNOWS_NO_COPIES = Pitfall(
    "total_ordering.KnowsNoCopies",
    "A copy of a message gets a place of its own.",
    breaks=broadcasts.no_duplication,
    subject=system(ONE, ordering=KnowsNoCopies, network=COPIES),
    length=3,
)
SIGNS_FOR_ALL = Pitfall(
    "total_ordering.SignsForAll",
    "What the sequencer sends on is handed up as its own.",
    breaks=broadcasts.no_creation,
    subject=system(ONE, ordering=SignsForAll),
    length=2,
)
LOOKS_ONCE = Pitfall(
    "total_ordering.LooksOnce",
    "The buffer is not looked into when the message in an earlier place comes.",
    breaks=spec.nothing_waits_needlessly,
    subject=system(ordering=LooksOnce),
    length=6,
)
LEAVES_THE_SENDER_OUT = Pitfall(
    "total_ordering.LeavesTheSenderOut",
    "A sender is not told the place of what it sent, and waits for that.",
    breaks=spec.is_delivered,
    subject=system(ONE, ordering=LeavesTheSenderOut),
    length=3,
)
COUNTS_FROM_ONE = Pitfall(
    "total_ordering.CountsFromOne",
    "The first place is 0 to some and 1 to others: who lacks it asks for it, is sent what there is, and asks again, for ever.",
    breaks=spec.is_delivered,
    subject=system(ONE, ordering=CountsFromOne),
    length=6,
)
OVER_A_LINK = Pitfall(
    "total_ordering.IgnoresPlaces/link",
    "A link that repeats what is lost is trusted to keep the order in which the sequencer sends.",
    breaks=spec.total_order,
    subject=over(system(((A, "a"), (B, "b")), (A, B), ordering=IgnoresPlaces), delivery.layer(), network=delivery.LOSSY),
    length=4,
)
NO_SEQUENCER = KnownViolation(
    spec.outlives_the_sequencer,
    "Places are given by one process. When it crashes, who waits for one waits for ever; whom to ask instead is a matter of consensus.",
    system(ONE, faults=Faults(crashes=1, who=(C,)), promises=(spec.outlives_the_sequencer,)),
    (Ask(A, Address("user"), Broadcast("a")), Crash(C, Sequencing()), Receive(C, A, Carried(Name(A, 0), "a", conflict="all"))),
)
