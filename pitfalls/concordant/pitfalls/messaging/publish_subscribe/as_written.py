"""The documents' publications: the publisher goes through a set of subscribers, and awaits one after the other."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.publish_subscribe import (
    BROKER,
    NEWS,
    PLAIN,
    READER,
    A,
    Acting,
    Agent,
    B,
    Broker,
    Brokering,
    C,
    Current,
    D,
    Queue,
    system,
)
from concordant.spec.messaging.publish_subscribe import (
    Answered,
    Asked,
    Handed,
    Parcel,
    Publication,
    Publish,
    Request,
    Taken,
    Unsubscribe,
)
from concordant.spec.messaging.publish_subscribe import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Send


@frozen
class Raised:
    """A handler failed of this, and so does whoever called it."""

    publication: Publication


@frozen
class Raises(Agent):
    """Has a handler that fails of everything."""

    def came(self, state: Acting, parcel: Parcel) -> Step[Acting] | None:
        return step(state, Announce(Handed(parcel.publication)), Send(self.broker, Raised(parcel.publication)))


@frozen
class Round:
    """A publication on its way to one after the other. `ask`: the number with which it was asked for; `all`: who was subscribed."""

    publication: Publication
    ask: int
    all: tuple[Address, ...]
    rest: tuple[Address, ...]


@frozen
class Awaiting(Brokering):
    """What a broker is that awaits its subscribers in turn."""

    rounds: tuple[Round, ...] = ()


@frozen
class AsWritten(Broker):
    """Answers the publisher when the round is over. An error ends it."""

    def start(self) -> Step[Brokering]:
        begun = Broker.start(self).state
        return step(Awaiting(begun.published, begun.heard, begun.topics))

    def asked(self, state: Awaiting, agent: Address, number: int, request: Request) -> Step[Brokering]:  # type: ignore[override]  # its own state
        done = Broker.asked(self, state, agent, number, request)
        if not isinstance(request, Publish):
            return done
        publication = Publication(state.published, request.topic, agent, request.content)
        everybody = self.recipients(state, publication)
        begun = self.next(
            evolve(state, published=done.state.published, heard=done.state.heard), Round(publication, number, everybody, everybody)
        )
        return step(begun.state, *done.effects[:-1], *begun.effects)

    def queued(self, state: Brokering, agent: Address, publication: Publication) -> Step[Brokering]:  # noqa: ARG002
        return step(state)

    def next(self, state: Awaiting, round: Round) -> Step[Awaiting]:
        """Give it to the next, or end the round."""
        if not round.rest:
            return step(state, Send(round.publication.publisher, Answered(round.ask)))
        queue = state.topics[round.publication.topic][round.rest[0]]
        return step(evolve(state, rounds=(*state.rounds, round)), Send(round.rest[0], Parcel(queue.number, round.publication)))

    def receive(self, state: Awaiting, source: Address, message: Asked | Taken | Raised) -> Step[Brokering] | None:  # type: ignore[override]
        if not isinstance(message, Raised):
            return Broker.receive(self, state, source, message)
        return step(evolve(state, rounds=tuple(each for each in state.rounds if each.publication != message.publication)))

    def taken(self, state: Awaiting, agent: Address, publication: Publication) -> Step[Awaiting]:  # type: ignore[override]  # noqa: ARG002
        round = next(each for each in state.rounds if each.publication == publication)
        over = evolve(state, rounds=tuple(each for each in state.rounds if each != round))
        changed = self.recipients(state, publication) != round.all
        return step(over) if changed else self.next(over, evolve(round, rest=round.rest[1:]))


@frozen
class SendsAtOnce(Broker):
    """Sends every publication to all as soon as it comes, without a queue."""

    def queued(self, state: Brokering, agent: Address, publication: Publication) -> Step[Brokering]:
        return step(state, *self.first(agent, Queue(state.topics[publication.topic][agent].number, (publication,))))


@frozen
class KnowsNoNumbers(Agent):
    """Takes whatever comes for new, as publications have no number."""

    def is_copy(self, known: Current, publication: Publication) -> bool:  # noqa: ARG002
        return False


@frozen
class KeepsTheTopic(Broker):
    """Makes an entry for a topic when it looks whether anybody is subscribed."""

    def published(self, state: Brokering, publication: Publication) -> Step[Brokering]:
        topics = state.topics.put(publication.topic, state.topics.get(publication.topic, Map()))
        return Broker.published(self, evolve(state, topics=topics), publication)


@frozen
class TakesWhatIsLate(Agent):
    """Gives its handler whatever comes, also of a topic that it has left."""

    def came(self, state: Acting, parcel: Parcel) -> Step[Acting] | None:
        if parcel.publication.topic in state.subscriptions:
            return Agent.came(self, state, parcel)
        return step(state, Announce(Handed(parcel.publication)))


@frozen
class TellsThePublisherToo(Broker):
    """Hands a publication to its publisher, if that is subscribed."""

    def recipients(self, state: Brokering, publication: Publication) -> tuple[Address, ...]:
        return state.topics.get(publication.topic, Map()).keys()


HELLO, WORLD = Publish(NEWS, "hello"), Publish(NEWS, "world")
NUMBERLESS = KnowsNoNumbers(BROKER, (NEWS,))
CHANGES_WHILE_IT_COUNTS = Pitfall(
    "PUB-1",
    "A handler unsubscribes while the publisher goes through the set of subscribers: an error ends that, and the rest are left out.",
    breaks=spec.is_delivered,
    subject=system({A: PLAIN, B: Agent(BROKER, (NEWS,), Map.of({"hello": Unsubscribe(NEWS)})), C: READER}, {A: (HELLO,)}, broker=AsWritten),
    length=6,
)
STOPS_AT_A_FAILURE = Pitfall(
    "PUB-2",
    "The handler of one subscriber fails: those who come after it in the set are left out.",
    breaks=spec.is_delivered,
    subject=system({A: PLAIN, B: Raises(BROKER, (NEWS,)), C: READER}, {A: (HELLO,)}, broker=AsWritten),
    length=4,
)
OVERTAKES = Pitfall(
    "PUB-3",
    "Publications have no queue: the second comes to a subscriber before the first.",
    breaks=spec.publishers_order,
    subject=system({A: PLAIN, B: NUMBERLESS}, {A: (HELLO, WORLD)}, broker=SendsAtOnce),
    length=7,
)
KEEPS_THE_TOPIC = Pitfall(
    "PUB-4",
    "Publishing on a topic that nobody knows makes an entry for it, which stays.",
    breaks=spec.the_view_is_true,
    subject=system({A: PLAIN}, {A: (HELLO,)}, broker=KeepsTheTopic),
    length=2,
)
TWO_ORDERS = Pitfall(
    "PUB-5",
    "Two publish at the same time, and two subscribers are handed that in different orders.",
    breaks=spec.one_order,
    subject=system({A: PLAIN, B: PLAIN, C: NUMBERLESS, D: NUMBERLESS}, {A: (HELLO,), B: (WORLD,)}, broker=SendsAtOnce),
    length=8,
)
AWAITS_THE_SLOW = Pitfall(
    "PUB-6",
    "The publisher awaits every subscriber, also one that does not come back.",
    breaks=spec.every_call_ends,
    subject=system({A: PLAIN, B: READER}, {A: (HELLO,)}, broker=AsWritten, faults=Faults(crashes=1, who=(B,))),
    length=4,
)
AWAITS_THE_SLOW_FIRST = Pitfall(
    "PUB-6/others",
    "Subscribers that come after one that does not come back are left out.",
    breaks=spec.is_delivered,
    subject=system({A: PLAIN, B: READER, C: READER}, {A: (HELLO,)}, broker=AsWritten, faults=Faults(crashes=1, who=(B,))),
    length=4,
)
TAKES_WHAT_IS_LATE = Pitfall(
    "PUB-7",
    "A publication is on its way while its subscriber unsubscribes, and is handed to it all the same.",
    breaks=spec.nothing_after_unsubscribing,
    subject=system({A: PLAIN, B: TakesWhatIsLate(BROKER, (NEWS,))}, {A: (HELLO,), B: (Unsubscribe(NEWS),)}),
    length=4,
)
CALLS_ITSELF = Pitfall(
    "PUB-8",
    "A handler publishes on the topic to which it is subscribed: it is handed that itself, and so on.",
    breaks=spec.nobody_is_handed_its_own,
    subject=system({A: PLAIN, B: Agent(BROKER, (NEWS,), Map.of({"hello": HELLO}))}, {A: (HELLO,)}, broker=TellsThePublisherToo),
    length=6,
)
KNOWS_NO_COPIES = Pitfall(
    "PUB-9",
    "Publications have neither number nor sender: a copy cannot be told from another of the same content.",
    breaks=spec.no_duplication,
    subject=system({A: PLAIN, B: NUMBERLESS}, {A: (HELLO,)}, network=Network(duplicating=True)),
    length=4,
)
