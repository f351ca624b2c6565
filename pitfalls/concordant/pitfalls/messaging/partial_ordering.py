"""What goes wrong with partial order: relations to what is not there, places against them, more order than was asked for, or less."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, over, step
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.partial_ordering import A, B, Ordering, system
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.spec.messaging import partial_ordering as spec
from concordant.spec.messaging.partial_ordering import Accepted, Related
from concordant.spec.messaging.shared import broadcasts
from concordant.spec.messaging.shared.broadcasts import Name
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Deliver, Effect, Network, Reply, Send


@frozen
class TakesAnyName(Ordering):
    """Takes for known whatever is named."""

    def knows(self, state: Sequencing, request: Related) -> bool:  # noqa: ARG002
        return True


@frozen
class LooksThemUp(TakesAnyName):
    """Asks its sender, where a message lacks something, for that; who does not have it sends what it has: the message once more."""

    def receive(self, state: Sequencing, source: Address, message: Carried) -> Step[Sequencing] | None:
        if message.name.origin == self.me:
            return step(state, Send(source, message))
        taken = Ordering.receive(self, state, source, message)
        if taken is None or message.name not in taken.state.held:
            return taken
        return step(taken.state, *taken.effects, Send(source, message))


@frozen
class ForgetsRelations(Ordering):
    """Orders by class alone: a message carries nothing of what it comes after."""

    def is_next(self, state: Sequencing, carried: Carried) -> bool:
        return Ordering.is_next(self, state, evolve(carried, after=frozenset()))


@frozen
class IgnoresPlaces(Ordering):
    """Orders by relations alone."""

    def is_in_turn(self, state: Sequencing, carried: Carried) -> bool:  # noqa: ARG002
        return True


@frozen
class OrdersAll(Ordering):
    """Has the sequencer order what conflicts with nothing too."""

    def sent(self, state: Sequencing, message: object, after: frozenset[Name], conflict: str | None) -> Step[Sequencing]:
        return Ordering.sent(self, state, message, after, conflict or "")


@frozen
class OneOrder(Ordering):
    """Counts one order for all classes."""

    def is_in_turn(self, state: Sequencing, carried: Carried) -> bool:
        return carried.conflict is None or carried.place == len(state.delivered)


@frozen
class KnowsNoCopies(Ordering):
    """Takes a copy for new."""

    def was_handed_up(self, state: Sequencing, name: Name) -> bool:  # noqa: ARG002
        return False


@frozen
class HandsUpTheNames(Ordering):
    """Hands up what came, names and all."""

    def delivery(self, carried: Carried) -> Effect:
        return Deliver(carried.name.origin, carried)


@frozen
class AnswersNobody(Ordering):
    """Answers nobody."""

    def request(self, state: Sequencing, client: Address, request: Related) -> Step[Sequencing]:  # type: ignore[override]  # no other is asked
        asked = Ordering.request(self, state, client, request)
        return step(asked.state, *(each for each in asked.effects if not isinstance(each, Reply)))


@frozen
class NamesTheNext(Ordering):
    """Answers by the name of the message after."""

    def request(self, state: Sequencing, client: Address, request: Related) -> Step[Sequencing]:  # type: ignore[override]
        asked = Ordering.request(self, state, client, request)
        name = Reply(client, Accepted(Name(self.me, asked.state.sent)))
        return step(asked.state, name, *asked.effects[1:]) if asked.state != state else asked


COPIES = Network(duplicating=True)
FIRST = frozenset({Name(A, 0)})
OF_B = frozenset({Name(B, 0)})
ANSWERED = ((A, Related("a")), (A, Related("b", FIRST)))
CONFLICT = ((A, Related("a", conflict="x")), (B, Related("b", conflict="x")))
CIRCLE = ((A, Related("a", OF_B)), (B, Related("b", FIRST)))

NO_HANDLER = Unmodelled("POR-1", Reason.NO_CODE, "`_handle_partial_ordering` is called, and defined nowhere.")
CIRCULAR = Pitfall(
    "POR-2",
    "A message may come after any other: two that come after each other are both held for ever.",
    breaks=spec.is_delivered,
    subject=system(CIRCLE, ordering=TakesAnyName),
    length=3,
)
DANGLING = Pitfall(
    "POR-2/dangling",
    "A message is accepted that comes after one that nobody knows.",
    breaks=spec.only_what_is_known_is_named,
    subject=system(((A, Related("a", OF_B)),), ordering=TakesAnyName),
    length=1,
)
LOOKED_UP = Pitfall(
    "POR-2/asks",
    "The same, and who lacks what a message comes after asks its sender, who has only that message, and sends it once more, for ever.",
    breaks=spec.is_delivered,
    subject=system(((A, Related("a", OF_B)),), ordering=LooksThemUp),
    length=7,
)
OF_A_CALL = Unmodelled(
    "POR-3", Reason.IMPOSSIBLE, "What a message comes after, and with what it conflicts, is said in it, and read there by all."
)
FORGETS_RELATIONS = Pitfall(
    "partial_ordering.ForgetsRelations",
    "Sender and receiver do not go by the same relations: what comes after another is handed up as it comes.",
    breaks=spec.dependency_order,
    subject=system(ANSWERED, ordering=ForgetsRelations),
    length=3,
)
PLACES_IGNORED = Pitfall(
    "partial_ordering.IgnoresPlaces",
    "Messages of a class have places, and are handed up as they come.",
    breaks=spec.conflicts_are_ordered,
    subject=system(CONFLICT, ordering=IgnoresPlaces),
    length=5,
)
ORDERS_ALL = Pitfall(
    "partial_ordering.OrdersAll",
    "What conflicts with nothing waits for a place as well.",
    breaks=spec.what_has_no_conflict_is_free,
    subject=system(((A, Related("a")),), ordering=OrdersAll),
    length=1,
)
ONE_ORDER = Pitfall(
    "partial_ordering.OneOrder",
    "Places are counted over all that was handed up, of any class or none.",
    breaks=spec.nothing_waits_needlessly,
    subject=system(((A, Related("a", conflict="x")), (A, Related("b"))), ordering=OneOrder),
    length=4,
)
KNOWS_NO_COPIES = Pitfall(
    "partial_ordering.KnowsNoCopies",
    "A copy of what was handed up is handed up too.",
    breaks=broadcasts.no_duplication,
    subject=system(ANSWERED[:1], ordering=KnowsNoCopies, network=COPIES),
    length=3,
)
HANDS_UP_THE_NAMES = Pitfall(
    "partial_ordering.HandsUpTheNames",
    "A message is handed up with its name and its relations around it.",
    breaks=broadcasts.no_creation,
    subject=system(ANSWERED[:1], ordering=HandsUpTheNames),
    length=1,
)
ANSWERS_NOBODY = Pitfall(
    "partial_ordering.AnswersNobody",
    "Who sends is not told the name of the message.",
    breaks=spec.everybody_is_answered_at_once,
    subject=system(ANSWERED[:1], ordering=AnswersNobody),
    length=1,
)
NAMES_THE_NEXT = Pitfall(
    "partial_ordering.NamesTheNext",
    "Who sends is told a name that is not the message's.",
    breaks=spec.only_what_is_known_is_named,
    subject=system(ANSWERED[:1], ordering=NamesTheNext),
    length=1,
)
OVER_A_LINK = Pitfall(
    "partial_ordering.ForgetsRelations/link",
    "A link that repeats what is lost is trusted to keep the order.",
    breaks=spec.dependency_order,
    subject=over(system(ANSWERED, (A, B), ordering=ForgetsRelations), delivery.layer(), network=delivery.LOSSY),
    length=3,
)
