"""Mistakes with subscriptions, queues and answers that are not in the documents."""

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
    Current,
    Queue,
    system,
)
from concordant.spec.messaging.publish_subscribe import (
    Accepted,
    Answer,
    Answered,
    Asked,
    Parcel,
    Publication,
    Publish,
    Request,
    Subscribe,
    Taken,
    Unsubscribe,
)
from concordant.spec.messaging.publish_subscribe import clauses as spec
from concordant.spec.vocabulary import Address, Effect, Faults, Map, Network, Send


@frozen
class AsksAtOnce(Agent):
    """Asks the broker for everything at once, over a network that keeps no order."""

    def has_to_wait(self, state: Acting) -> bool:  # noqa: ARG002
        return False

    def answered(self, state: Acting, number: int) -> Step[Acting] | None:
        rest = tuple(each for each in state.open if each.number != number)
        return step(evolve(state, open=rest))


@frozen
class KnowsNoCopies(Broker):
    """Does what it is asked, also a second time."""

    def is_known(self, state: Brokering, agent: Address, number: int) -> bool:  # noqa: ARG002
        return False


@frozen
class SignsItself(Broker):
    """Hands everything on as its own."""

    def first(self, agent: Address, queue: Queue) -> tuple[Effect, ...]:
        return tuple(Send(agent, Parcel(queue.number, evolve(each, publisher=BROKER))) for each in queue.waiting[:1])


@frozen
class Retaining(Brokering):
    """What a broker is that remembers the last publication of each topic."""

    last: Map[str, Publication] = Map()


@frozen
class Retains(Broker):
    """Hands whoever subscribes what was published last, though that was before."""

    def start(self) -> Step[Brokering]:
        return step(Retaining(topics=Broker.start(self).state.topics))

    def published(self, state: Retaining, publication: Publication) -> Step[Brokering]:  # type: ignore[override]  # its own state
        return Broker.published(self, evolve(state, last=state.last.put(publication.topic, publication)), publication)

    def subscribed(self, state: Retaining, topic: str, agent: Address, queue: Queue) -> Step[Brokering]:  # type: ignore[override]
        last = state.last.get(topic)
        begun = Broker.subscribed(self, state, topic, agent, queue)
        return begun if last is None else begun.then(lambda now: self.queued(now, agent, last))


@frozen
class KnowsOneSubscription(Agent):
    """Takes what was on its way for a subscription that it has ended, once it has another to the same topic."""

    def is_current(self, known: Current, parcel: Parcel) -> bool:  # noqa: ARG002
        return True


@frozen
class TellsAtOnce(Agent):
    """Tells a user that all is well before the broker has answered, and then once more."""

    def asks(self, state: Acting, request: Request, client: Address | None) -> Step[Acting]:
        return Agent.asks(self, state, request, client).then(lambda now: self.tells(now, client, self.done(request)))


@frozen
class LeavesLater(Agent):
    """Is subscribed until the broker has answered."""

    def asks(self, state: Acting, request: Request, client: Address | None) -> Step[Acting]:
        asked = Agent.asks(self, state, request, client)
        return Step(evolve(asked.state, subscriptions=state.subscriptions), asked.effects)


@frozen
class ComesLater(Agent):
    """Is subscribed once the broker has answered, and drops what comes before."""

    def asks(self, state: Acting, request: Request, client: Address | None) -> Step[Acting]:
        asked = Agent.asks(self, state, request, client)
        return Step(evolve(asked.state, subscriptions=state.subscriptions), asked.effects) if isinstance(request, Subscribe) else asked

    def answered(self, state: Acting, number: int) -> Step[Acting] | None:
        begun = [each.request.topic for each in state.open if each.number == number and isinstance(each.request, Subscribe)]
        known = Map.of((*state.subscriptions.items(), *((topic, Current(number)) for topic in begun)))
        return Agent.answered(self, evolve(state, subscriptions=known), number)


@frozen
class AcceptsAll(Agent):
    """Has one answer to everything."""

    def done(self, request: Request) -> Answer:  # noqa: ARG002
        return Accepted()


@frozen
class CountsFromOne(Broker):
    """Numbers what is published from 1 on."""

    def published(self, state: Brokering, publication: Publication) -> Step[Brokering]:
        return Broker.published(self, state, evolve(publication, number=publication.number + 1))


@frozen
class TakesItLater(Agent):
    """Puts what comes aside, to look at it again, and again."""

    def receive(self, state: Acting, source: Address, message: Answered | Parcel) -> Step[Acting] | None:
        return step(state, Send(source, message)) if isinstance(message, Parcel) else Agent.receive(self, state, source, message)


@frozen
class SendsItBack(Broker):
    """Sends an agent what it has put aside."""

    def receive(self, state: Brokering, source: Address, message: Asked | Taken | Parcel) -> Step[Brokering] | None:
        return step(state, Send(source, message)) if isinstance(message, Parcel) else Broker.receive(self, state, source, message)


@frozen
class PutsOff(Broker):
    """Sends a publication back while the last one waits for somebody."""

    def asked(self, state: Brokering, agent: Address, number: int, request: Request) -> Step[Brokering]:
        busy = any(queue.waiting for agents in state.topics.values() for queue in agents.values())
        if busy and isinstance(request, Publish):
            return step(state, Send(agent, Asked(number, request)))
        return Broker.asked(self, state, agent, number, request)


@frozen
class AsksAgain(Agent):
    """Asks once more for what comes back."""

    def receive(self, state: Acting, source: Address, message: Answered | Parcel | Asked) -> Step[Acting] | None:
        return step(state, Send(source, message)) if isinstance(message, Asked) else Agent.receive(self, state, source, message)


HELLO, WORLD = Publish(NEWS, "hello"), Publish(NEWS, "world")
ANSWERS: Map[str, Request] = Map.of({"hello": Publish(NEWS, "and hello to you")})
COPIES = Network(duplicating=True)
PAIR = {A: PLAIN, B: READER}
TELLS_AT_ONCE = {A: TellsAtOnce(BROKER)}

ASKS_AT_ONCE = Pitfall(
    "publish_subscribe.AsksAtOnce",
    "An agent asks for what its handler publishes before its user's publication is taken: that comes second.",
    breaks=spec.what_is_published_was_asked,
    subject=system({A: PLAIN, B: AsksAtOnce(BROKER, (NEWS,), ANSWERS)}, {A: (HELLO,), B: (WORLD,)}),
    length=5,
)
PUBLISHES_COPIES = Pitfall(
    "publish_subscribe.KnowsNoCopies",
    "The network repeats what an agent asks, and the broker publishes it twice.",
    breaks=spec.what_is_published_was_asked,
    subject=system(PAIR, {A: (HELLO,)}, broker=KnowsNoCopies, network=COPIES),
    length=3,
)
SIGNS_ITSELF = Pitfall(
    "publish_subscribe.SignsItself",
    "The broker hands everything on as its own.",
    breaks=spec.no_creation,
    subject=system(PAIR, {A: (HELLO,)}, broker=SignsItself),
    length=3,
)
RETAINS = Pitfall(
    "publish_subscribe.Retains",
    "Whoever subscribes is handed what was published last: it comes to some who were not subscribed then, and not to others.",
    breaks=spec.only_to_subscribers,
    subject=system({A: PLAIN, B: PLAIN}, {A: (HELLO,), B: (Subscribe(NEWS),)}, broker=Retains),
    length=5,
)
KNOWS_ONE_SUBSCRIPTION = Pitfall(
    "publish_subscribe.KnowsOneSubscription",
    "An agent unsubscribes and subscribes again: what was on its way for the subscription before is handed to it.",
    breaks=spec.nothing_after_unsubscribing,
    subject=system({A: PLAIN, B: KnowsOneSubscription(BROKER, (NEWS,))}, {A: (HELLO,), B: (Unsubscribe(NEWS), Subscribe(NEWS))}),
    length=7,
)
TELLS_TOO_EARLY = Pitfall(
    "publish_subscribe.TellsAtOnce",
    "A user is told that its publication is accepted while that is on its way to the broker.",
    breaks=spec.an_answer_is_true,
    subject=system(TELLS_AT_ONCE, {A: (HELLO,)}),
    length=1,
)
TELLS_TWICE = Pitfall(
    "publish_subscribe.TellsAtOnce/twice",
    "A user is told at once, and then again when the broker has answered.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(TELLS_AT_ONCE, {A: (HELLO,)}),
    length=3,
)
LEAVES_LATER = Pitfall(
    "publish_subscribe.LeavesLater",
    "An agent takes part until the broker knows that it has left.",
    breaks=spec.an_agent_knows_what_it_wants,
    subject=system(PAIR | {B: LeavesLater(BROKER, (NEWS,))}, {B: (Unsubscribe(NEWS),)}),
    length=1,
)
COMES_LATER = Pitfall(
    "publish_subscribe.ComesLater",
    "An agent takes part once it was told that it is subscribed, and drops what was published since it was.",
    breaks=spec.an_agent_knows_what_it_wants,
    subject=system({A: ComesLater(BROKER)}, {A: (Subscribe(NEWS),)}),
    length=1,
)
COMES_TOO_LATE = Pitfall(
    "publish_subscribe.ComesLater/lost",
    "A publication comes to an agent before it was told that it is subscribed, and is dropped.",
    breaks=spec.is_delivered,
    subject=system({A: PLAIN, B: ComesLater(BROKER)}, {A: (HELLO,), B: (Subscribe(NEWS),)}, promises=(spec.is_delivered,)),
    length=7,
)
ACCEPTS_ALL = Pitfall(
    "publish_subscribe.AcceptsAll",
    "Who subscribes is told that its publication is accepted.",
    breaks=spec.an_answer_is_true,
    subject=system({A: AcceptsAll(BROKER)}, {A: (Subscribe(NEWS),)}),
    length=3,
)
COUNTS_FROM_ONE = Pitfall(
    "publish_subscribe.CountsFromOne",
    "The first publication is numbered 1.",
    breaks=spec.what_is_published_was_asked,
    subject=system({A: PLAIN}, {A: (HELLO,)}, broker=CountsFromOne),
    length=2,
)
TAKES_IT_LATER = Pitfall(
    "publish_subscribe.TakesItLater",
    "An agent is busy, and puts off what comes, which the broker offers it again: for ever.",
    breaks=spec.is_delivered,
    subject=system({A: PLAIN, B: TakesItLater(BROKER, (NEWS,))}, {A: (HELLO,)}, broker=SendsItBack),
    length=5,
)
PUTS_OFF = Pitfall(
    "publish_subscribe.PutsOff",
    "The broker sends publications back while an earlier one waits: with one subscriber that has crashed, for ever.",
    breaks=spec.every_call_ends,
    subject=system({A: AsksAgain(BROKER), B: READER}, {A: (HELLO, WORLD)}, broker=PutsOff, faults=Faults(crashes=1, who=(B,))),
    length=8,
)
