"""Publish and subscribe: the broker, and agents with a handler each, which users let subscribe and publish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import AnyProcess, Process, Step, System, User, step
from concordant.spec.messaging.publish_subscribe import (
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    Accepted,
    AgentView,
    Answer,
    Answered,
    Asked,
    Began,
    BrokerView,
    Ended,
    Handed,
    History,
    Parcel,
    Publication,
    Publish,
    Published,
    Reacted,
    Request,
    Subscribe,
    Subscribed,
    Subscription,
    Taken,
    Unsubscribe,
    Unsubscribed,
)
from concordant.spec.messaging.publish_subscribe import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Map, Network, Reply, Send, addresses

# ---- the broker


@frozen
class Queue:
    """The queue of a subscription. `number`: that with which it was asked for. The first of `waiting` is on its way."""

    number: int
    waiting: tuple[Publication, ...] = ()


Subscribers: TypeAlias = Map[Address, Queue]


@frozen
class Brokering:
    """How many publications were taken, the last number heard of each agent, and who is subscribed to which topic."""

    published: int = 0
    heard: Map[Address, int] = Map()
    topics: Map[str, Subscribers] = Map()


@frozen
class Broker(Process[Brokering, Asked | Taken]):
    """Takes what agents ask, and hands each publication on, one at a time for each subscription. `known`: who is subscribed from the start."""

    known: Map[str, tuple[Address, ...]] = Map()

    def start(self) -> Step[Brokering]:
        queues = {topic: Map.of((agent, Queue(0)) for agent in agents) for topic, agents in self.known.items()}
        return step(Brokering(topics=Map.of(queues)))

    def receive(self, state: Brokering, source: Address, message: Asked | Taken) -> Step[Brokering] | None:
        match message:
            case Asked(number, request):
                return None if self.is_known(state, source, number) else self.asked(state, source, number, request)
            case Taken():
                return self.taken(state, source, message.publication)
            case _:
                assert_never(message)

    def is_known(self, state: Brokering, agent: Address, number: int) -> bool:
        """Tell whether this is a copy: an agent asks for the next when it was answered."""
        return number <= state.heard.get(agent, 0)

    def asked(self, state: Brokering, agent: Address, number: int, request: Request) -> Step[Brokering]:
        heard = evolve(state, heard=state.heard.put(agent, number))
        match request:
            case Subscribe(topic):
                done = self.subscribed(heard, topic, agent, Queue(number))
            case Unsubscribe(topic):
                done = self.unsubscribed(heard, topic, agent)
            case Publish(topic, content):
                done = self.published(heard, Publication(state.published, topic, agent, content))
            case _:
                assert_never(request)
        return step(done.state, *done.effects, Send(agent, Answered(number)))

    def subscribed(self, state: Brokering, topic: str, agent: Address, queue: Queue) -> Step[Brokering]:
        agents = state.topics.get(topic, Map())
        return step(evolve(state, topics=state.topics.put(topic, agents.put(agent, queue))), Announce(Began(agent, topic)))

    def unsubscribed(self, state: Brokering, topic: str, agent: Address) -> Step[Brokering]:
        rest = state.topics[topic].drop(agent)
        topics = state.topics.put(topic, rest) if rest else state.topics.drop(topic)
        return step(evolve(state, topics=topics), Announce(Ended(agent, topic)))

    def published(self, state: Brokering, publication: Publication) -> Step[Brokering]:
        """Take a publication, and queue it for each."""
        # The hard step. All of it is one step, so that a publication is for those who are subscribed now, and has the next place in
        # every queue.
        after = step(evolve(state, published=state.published + 1), Announce(Published(publication)))
        for agent in self.recipients(state, publication):
            after = after.then(lambda now, agent=agent: self.queued(now, agent, publication))  # type: ignore[misc]  # bound now
        return after

    def recipients(self, state: Brokering, publication: Publication) -> tuple[Address, ...]:
        """Return for whom a publication is: all that are subscribed but its publisher."""
        return tuple(agent for agent in state.topics.get(publication.topic, Map()) if agent != publication.publisher)

    def queued(self, state: Brokering, agent: Address, publication: Publication) -> Step[Brokering]:
        queue = state.topics[publication.topic][agent]
        longer = evolve(queue, waiting=(*queue.waiting, publication))
        sent = () if queue.waiting else self.first(agent, longer)
        return step(self.with_queue(state, publication.topic, agent, longer), *sent)

    def taken(self, state: Brokering, agent: Address, publication: Publication) -> Step[Brokering] | None:
        """Send an agent what is next, once it has what was first; a copy of its word, or one of a queue that is gone, says nothing new."""
        topic = publication.topic
        queue = state.topics.get(topic, Map()).get(agent)
        if queue is None or queue.waiting[:1] != (publication,):
            return None
        rest = evolve(queue, waiting=queue.waiting[1:])
        return step(self.with_queue(state, topic, agent, rest), *self.first(agent, rest))

    def with_queue(self, state: Brokering, topic: str, agent: Address, queue: Queue) -> Brokering:
        return evolve(state, topics=state.topics.change(topic, lambda agents: agents.put(agent, queue)))

    def first(self, agent: Address, queue: Queue) -> tuple[Effect, ...]:
        """Send what is first in a queue, if anything is."""
        return tuple(Send(agent, Parcel(queue.number, publication)) for publication in queue.waiting[:1])

    def view(self, state: Brokering) -> BrokerView:
        return BrokerView(Map.of((topic, frozenset(agents)) for topic, agents in state.topics.items()))


# ---- agents


@frozen
class Open:
    """Something that is asked of the broker. `client`: whom to tell, None where the handler asked for it."""

    number: int
    request: Request
    client: Address | None = None


@frozen
class Current:
    """A subscription, by the number with which it was asked for; the number of the last publication that came of it."""

    number: int
    last: int = -1


@frozen
class Acting:
    """How much an agent has asked; what is still open, of which the first is on its way; and its subscriptions."""

    asked: int = 0
    open: tuple[Open, ...] = ()
    subscriptions: Map[str, Current] = Map()


@frozen
class Agent(Process[Acting, Answered | Parcel, Request]):
    """Asks the broker for one thing after the other, and gives its handler what comes.

    `topics`: to which it is subscribed from the start. `reactions`: what its handler asks for, by the content of what it is given.
    """

    broker: Address
    topics: tuple[str, ...] = ()
    reactions: Map[str, Request] = Map()

    def start(self) -> Step[Acting]:
        return step(Acting(subscriptions=Map.of((topic, Current(0)) for topic in self.topics)))

    def request(self, state: Acting, client: Address, request: Request) -> Step[Acting]:
        return self.asks(state, request, client)

    def asks(self, state: Acting, request: Request, client: Address | None) -> Step[Acting]:
        """Ask the broker. What the agent wants itself counts at once: of a topic that it leaves it takes nothing more."""
        number = state.asked + 1
        match request:
            case Subscribe(topic):
                if topic in state.subscriptions:
                    return self.tells(state, client, IS_SUBSCRIBED)
                wanted = state.subscriptions.put(topic, Current(number))
            case Unsubscribe(topic):
                if topic not in state.subscriptions:
                    return self.tells(state, client, NOT_SUBSCRIBED)
                wanted = state.subscriptions.drop(topic)
            case Publish():
                wanted = state.subscriptions
            case _:
                assert_never(request)
        one = Open(number, request, client)
        after = Acting(number, (*state.open, one), wanted)
        return step(after) if self.has_to_wait(state) else step(after, self.sent(one))

    def has_to_wait(self, state: Acting) -> bool:
        """Tell whether something that was asked before is not answered yet: the network does not keep their order."""
        return bool(state.open)

    def sent(self, one: Open) -> Effect:
        return Send(self.broker, Asked(one.number, one.request))

    def tells(self, state: Acting, client: Address | None, answer: Answer) -> Step[Acting]:
        """Tell a user, if it is one who asked."""
        return step(state) if client is None else step(state, Reply(client, answer))

    def receive(self, state: Acting, source: Address, message: Answered | Parcel) -> Step[Acting] | None:  # noqa: ARG002  # the broker
        match message:
            case Answered(number):
                return self.answered(state, number)
            case Parcel():
                return self.came(state, message)
            case _:
                assert_never(message)

    def answered(self, state: Acting, number: int) -> Step[Acting] | None:
        """Go on with what is next; an answer to something else is a copy."""
        if [each.number for each in state.open[:1]] != [number]:
            return None
        one, *rest = state.open
        after = evolve(state, open=tuple(rest))
        return self.tells(after, one.client, self.done(one.request)).then(lambda now: step(now, *map(self.sent, now.open[:1])))

    def done(self, request: Request) -> Answer:
        """Say what it means that something was done."""
        match request:
            case Subscribe():
                return Subscribed()
            case Unsubscribe():
                return Unsubscribed()
            case Publish():
                return Accepted()
            case _:
                assert_never(request)

    def came(self, state: Acting, parcel: Parcel) -> Step[Acting] | None:
        """Give the handler a publication, once, and tell the broker."""
        publication = parcel.publication
        known = state.subscriptions.get(publication.topic)
        if known is None or not self.is_current(known, parcel) or self.is_copy(known, publication):
            return None
        later = evolve(known, last=publication.number)
        handed = evolve(state, subscriptions=state.subscriptions.put(publication.topic, later))
        given = step(handed, Announce(Handed(publication)), Send(self.broker, Taken(publication)))
        return given.then(lambda now: self.handles(now, publication))

    def is_current(self, known: Current, parcel: Parcel) -> bool:
        """Tell whether a parcel is of the present subscription, and not of one before it that was ended."""
        return parcel.subscription == known.number

    def is_copy(self, known: Current, publication: Publication) -> bool:
        """Tell whether a publication came before: one is on its way at a time, so that numbers rise."""
        return publication.number <= known.last

    def handles(self, state: Acting, publication: Publication) -> Step[Acting] | None:
        """Do what the handler does."""
        reaction = self.reactions.get(publication.content)
        return None if reaction is None else step(state, Announce(Reacted(reaction))).then(lambda now: self.asks(now, reaction, None))

    def view(self, state: Acting) -> AgentView:
        return AgentView(frozenset(state.subscriptions))


SAFE: tuple[Clause, ...] = (
    spec.what_is_published_was_asked,
    spec.no_creation,
    spec.only_to_subscribers,
    spec.nobody_is_handed_its_own,
    spec.no_duplication,
    spec.nothing_after_unsubscribing,
    spec.publishers_order,
    spec.one_order,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.the_view_is_true,
    spec.an_agent_knows_what_it_wants,
)
PROMISES: tuple[Clause, ...] = (*SAFE, spec.is_delivered, spec.every_call_ends)
BROKER = Address("broker")
A, B, C, D = addresses("agent", 4)
NEWS = "news"
PLAIN = Agent(BROKER)
READER = Agent(BROKER, (NEWS,))


def system(
    agents: Mapping[Address, Agent],
    scripts: Mapping[Address, tuple[Request, ...]],
    *,
    broker: type[Broker] = Broker,
    network: Network = Network(),
    faults: Faults = Faults(),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a broker and agents together, and for each that is asked something a user who asks it, in this order."""
    topics = sorted({topic for agent in agents.values() for topic in agent.topics})
    known = {topic: tuple(name for name, agent in agents.items() if topic in agent.topics) for topic in topics}
    subscribed = frozenset(Subscription(name, topic) for topic, names in known.items() for name in names)
    users = tuple(User(Address("user", name.number), (name,), tuple((each,) for each in script)) for name, script in scripts.items())
    processes: dict[Address, AnyProcess] = {BROKER: broker(Map.of(known)), **agents}
    return System(processes, History(wanted=subscribed, known=subscribed), promises, network, faults, users)
