"""Publish and subscribe: a broker hands each publication to all that are subscribed to its topic, over a queue for each of them.

Source: Eugster, Felber, Guerraoui and Kermarrec, "The many faces of publish/subscribe" (2003); topics whose messages keep their order,
and subscribers that are not given what they publish themselves (*No Local*), MQTT 5.0 (OASIS, 2019), 4.6 and 3.8.3.1.
A publication is for those who are subscribed when the broker takes it. Each subscription has a queue of its own, so that nobody
waits for another subscriber, and the publisher for none.
Assumes: agents that crash do so for good; a network that loses nothing, which is a matter of the link below.
Does not promise: anything while the broker is down; any order between topics; that handlers which answer each other's publications come to an
end. Whether a handler fails of what it is given is its own matter: the agent takes what is next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Crashed, Map, Rejected

# ---- requests and answers, of a user at an agent


@frozen
class Subscribe:
    """Let an agent have what is published on a topic. Answered by `Subscribed`, or by `IS_SUBSCRIBED`."""

    topic: str


@frozen
class Unsubscribe:
    """Let an agent have nothing more of a topic, from now on. Answered by `Unsubscribed`, or by `NOT_SUBSCRIBED`."""

    topic: str


@frozen
class Publish:
    """Publish something. Answered by `Accepted`."""

    topic: str
    content: str


Request: TypeAlias = Subscribe | Unsubscribe | Publish


@frozen
class Subscribed:
    """What is published from now on comes to the agent."""


@frozen
class Unsubscribed:
    """The broker has forgotten the subscription."""


@frozen
class Accepted:
    """The broker will hand it to all that are subscribed."""


Answer: TypeAlias = Subscribed | Unsubscribed | Accepted | Rejected
IS_SUBSCRIBED = Rejected("the agent is subscribed to the topic")
NOT_SUBSCRIBED = Rejected("the agent is not subscribed to the topic")

# ---- messages


@frozen
class Publication:
    """What was published, by whom. `number`: how many were published before it."""

    number: int
    topic: str
    publisher: Address
    content: str


@frozen
class Asked:
    """An agent asks the broker this. `number`: how many times it has asked, with this."""

    number: int
    request: Request


@frozen
class Answered:
    """What was asked with this number is done."""

    number: int


@frozen
class Parcel:
    """A publication for the subscription that an agent asked for with this number."""

    subscription: int
    publication: Publication


@frozen
class Taken:
    """An agent has this, and may be sent what is next."""

    publication: Publication


# ---- events


@frozen
class Began:
    """The broker knows of a subscription."""

    agent: Address
    topic: str


@frozen
class Ended:
    """The broker has forgotten a subscription."""

    agent: Address
    topic: str


@frozen
class Published:
    """The broker takes a publication: it is for those who are subscribed now."""

    publication: Publication


@frozen
class Handed:
    """An agent's handler is given a publication."""

    publication: Publication


@frozen
class Reacted:
    """An agent's handler asks for something itself, as a user would."""

    request: Request


# ---- views


@frozen
class BrokerView:
    """By topic, who is subscribed."""

    topics: Map[str, frozenset[Address]]


@frozen
class AgentView:
    """The topics of which an agent wants to hear."""

    topics: frozenset[str]


# ---- history


@frozen(order=True)
class Subscription:
    """Of an agent, to a topic."""

    agent: Address
    topic: str


@frozen
class Sent:
    """A publication, and who was subscribed when it was taken, without its publisher."""

    publication: Publication
    to: frozenset[Address]


@frozen
class Due:
    """A publication for an agent, by its number."""

    agent: Address
    number: int


@frozen
class History:
    """What agents want and what the broker knows; who asked to publish what; what was published, and handed to whom, in order.

    `leaving`: subscriptions that agents have ended, and the broker not yet. `void`: what is not to be handed any more. `already`:
    agents whose users asked about a topic that was wanted then. `reacted`: whether a handler has asked for something.
    """

    calls: Calls = Calls()
    wanted: frozenset[Subscription] = frozenset()
    known: frozenset[Subscription] = frozenset()
    leaving: frozenset[Subscription] = frozenset()
    asked: Map[Address, tuple[Publish, ...]] = Map()
    published: tuple[Sent, ...] = ()
    handed: Map[Address, tuple[int, ...]] = Map()
    void: frozenset[Due] = frozenset()
    already: frozenset[Address] = frozenset()
    crashed: frozenset[Address] = frozenset()
    reacted: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Publish():
                return after.asks(at, happening)
            case Subscribe(topic) | Unsubscribe(topic):
                wanted = Subscription(at, topic) in self.wanted
                return evolve(after.asks(at, happening), already=self.already | {at} if wanted else self.already - {at})
            case Reacted(request):
                return evolve(after.asks(at, request), reacted=True)
            case Began(agent, topic):
                return evolve(after, known=self.known | {Subscription(agent, topic)})
            case Ended(agent, topic):
                one = frozenset({Subscription(agent, topic)})
                return evolve(after, known=self.known - one, leaving=self.leaving - one)
            case Published(publication):
                return after.takes(publication)
            case Handed(publication):
                numbers = self.handed_to(at)
                new = () if publication.number in numbers else (publication.number,)
                return evolve(after, handed=self.handed.put(at, (*numbers, *new)))
            case Crashed():
                return evolve(after, crashed=self.crashed | {at})
            case _:
                return after

    def asks(self, agent: Address, request: Request) -> History:
        """Fold what an agent is asked by its user, or by its handler."""
        if isinstance(request, Publish):
            return evolve(self, asked=self.asked.put(agent, (*self.asked.get(agent, ()), request)))
        one = frozenset({Subscription(agent, request.topic)})
        if isinstance(request, Subscribe):
            return evolve(self, wanted=self.wanted | one)
        void = {Due(agent, sent.publication.number) for sent in self.published if sent.publication.topic == request.topic}
        return evolve(self, wanted=self.wanted - one, leaving=self.leaving | (self.wanted & one), void=self.void | void)

    def takes(self, publication: Publication) -> History:
        """Fold that the broker takes a publication. Who is leaving is not to be handed it, though the broker does not know that yet."""
        topic = publication.topic
        to = frozenset(each.agent for each in self.known if each.topic == topic) - {publication.publisher}
        void = {Due(each.agent, publication.number) for each in self.leaving if each.topic == topic}
        return evolve(self, published=(*self.published, Sent(publication, to)), void=self.void | void)

    def handed_to(self, agent: Address) -> tuple[int, ...]:
        """Return what an agent was handed, by number, in order."""
        return self.handed.get(agent, ())

    def publications(self) -> tuple[Publication, ...]:
        """Return what was published, in order."""
        return tuple(sent.publication for sent in self.published)

    def published_by(self, agent: Address) -> tuple[Publish, ...]:
        """Return what was published of what an agent asked, in order."""
        return tuple(Publish(each.topic, each.content) for each in self.publications() if each.publisher == agent)

    def to(self, publication: Publication) -> frozenset[Address]:
        """Return for whom something was published; for nobody if it was not."""
        return frozenset().union(*(sent.to for sent in self.published if sent.publication == publication))

    def orders(self) -> Iterator[tuple[Publication, ...]]:
        """Yield, for each topic, what each agent was handed of it, in order."""
        for topic in sorted({each.topic for each in self.publications()}):
            of_topic = {each.number: each for each in self.publications() if each.topic == topic}
            for numbers in self.handed.values():
                yield tuple(of_topic[number] for number in numbers if number in of_topic)
