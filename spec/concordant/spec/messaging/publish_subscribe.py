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
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Crashed,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

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


# ---- clauses

ANY = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH
LIVE = Fault.DUPLICATION | Fault.CRASH


@on_event(Published, under=ANY)
def what_is_published_was_asked(before: History, who: Address, event: Published) -> Cases:  # noqa: ARG001  # there is one broker
    """The broker takes what each publisher asks to publish, in that order and nothing else, and numbers it one by one.

    An agent asks for the next when the broker has answered, and a copy of what it asked has the number of the first.
    """
    publisher = event.publication.publisher
    asked = before.asked.get(publisher, ())[len(before.published_by(publisher)) :][:1]
    due = [Publication(len(before.published), each.topic, publisher, each.content) for each in asked]
    yield case(event.publication in due, published=event.publication, due=due)


@on_event(Handed, under=ANY)
def no_creation(before: History, who: Address, event: Handed) -> Cases:
    """What an agent is handed was published, as it is."""
    yield case(event.publication in before.publications(), who=who, handed=event.publication)


@on_event(Handed, under=ANY)
def only_to_subscribers(before: History, who: Address, event: Handed) -> Cases:
    """A publication is handed to those only who were subscribed to its topic when the broker took it."""
    if event.publication in before.publications() and who != event.publication.publisher:
        to = before.to(event.publication)
        yield case(who in to, who=who, handed=event.publication, to=to)


@on_event(Handed, under=ANY)
def nobody_is_handed_its_own(before: History, who: Address, event: Handed) -> Cases:  # noqa: ARG001  # whatever happened
    """An agent is not handed what it has published, so that a handler that publishes on its own topic does not call itself for ever."""
    yield case(who != event.publication.publisher, who=who, handed=event.publication)


@on_event(Handed, under=ANY)
def no_duplication(before: History, who: Address, event: Handed) -> Cases:
    """A publication is handed to an agent once. A copy has its number, and those of a subscription come in rising order."""
    yield case(event.publication.number not in before.handed_to(who), who=who, handed=event.publication)


@on_event(Handed, under=ANY)
def nothing_after_unsubscribing(before: History, who: Address, event: Handed) -> Cases:
    """An agent that has asked to unsubscribe is handed nothing more of that subscription, whatever was on its way."""
    yield case(Due(who, event.publication.number) not in before.void, who=who, handed=event.publication)


@always(under=ANY)
def publishers_order(seen: Seen[History]) -> Cases:
    """Of one publisher and topic each agent is handed first what was published first."""
    pairs = [pair for pair in _pairs(seen.history) if pair[0].publisher == pair[1].publisher]
    if pairs:
        wrong = [(first, then) for first, then in pairs if first.number > then.number]
        yield case(not wrong, handed=wrong)


@always(under=ANY)
def one_order(seen: Seen[History]) -> Cases:
    """Two publications of a topic are handed in the same order to all that are handed both: that in which the broker took them."""
    pairs = _pairs(seen.history)
    if pairs:
        both = [(first, then) for first, then in pairs if (then, first) in pairs]
        yield case(not both, handed=both)


def _pairs(history: History) -> tuple[tuple[Publication, Publication], ...]:
    """List the pairs of publications of a topic of which somebody was handed the one before the other."""
    return tuple(pair for order in history.orders() for pair in combinations(order, 2))


@on_event(Reply, under=ANY)
def an_answer_is_true(before: History, who: Address, event: Reply) -> Cases:
    """Who is told that it is subscribed, or not, or that its publication is accepted, is told the truth."""
    match before.calls.open.get(Call(event.to, who)):
        case Publish() as asked:
            so: Answer = Accepted()
            done = asked in before.published_by(who)
        case Subscribe(topic) if who not in before.already:
            so, done = Subscribed(), Subscription(who, topic) in before.known
        case Unsubscribe(topic) if who in before.already:
            so, done = Unsubscribed(), Subscription(who, topic) not in before.known
        case asked:
            so, done = IS_SUBSCRIBED if isinstance(asked, Subscribe) else NOT_SUBSCRIBED, True
    yield case(event.answer == so and done, told=event.answer, so=so, done=done)


@always(under=ANY)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody is answered who does not wait."""
    return calls.answered_once(seen.history.calls)


@always_each(BrokerView, under=ANY)
def the_view_is_true(view: BrokerView, who: Address, history: History) -> Cases:
    """The broker knows the topics to which somebody is subscribed, and no others."""
    if who not in history.crashed:
        topics = {each.topic for each in history.known}
        so = Map.of({topic: frozenset(each.agent for each in history.known if each.topic == topic) for topic in sorted(topics)})
        yield case(view.topics == so, topics=view.topics, so=so)


@always_each(AgentView, under=ANY)
def an_agent_knows_what_it_wants(view: AgentView, who: Address, history: History) -> Cases:
    """An agent is subscribed to what it has asked for, and not since asked to end."""
    if who not in history.crashed:
        so = frozenset(each.topic for each in history.wanted if each.agent == who)
        yield case(view.topics == so, who=who, topics=view.topics, so=so)


@eventually(Fair.DELIVERY, under=LIVE)
def is_delivered(seen: Seen[History]) -> Cases:
    """In the end a publication is handed to all that were subscribed, and neither crash nor unsubscribe, whoever else does.

    Each has a queue of its own, which goes on when the agent has taken what is first in it.
    """
    history = seen.history
    if _broker_is_up(seen):
        for sent in history.published:
            number = sent.publication.number
            owed = {agent for agent in sent.to - history.crashed if Due(agent, number) not in history.void}
            missing = {agent for agent in owed if number not in history.handed_to(agent)}
            if owed:
                yield case(not missing, publication=sent.publication, missing=missing)


@eventually(Fair.DELIVERY, under=LIVE)
def every_call_ends(seen: Seen[History]) -> Cases:
    """Every call at an agent that is up ends, whichever subscribers crash."""
    if _broker_is_up(seen):
        return calls.nobody_waits(seen)
    return ()


def _broker_is_up(seen: Seen[History]) -> bool:
    return not set(seen.views(BrokerView)) & seen.history.crashed


@sometimes
def one_is_ahead(seen: Seen[History]) -> Cases:
    """A subscriber has been handed two publications of which another has been handed none."""
    for sent in seen.history.published:
        counts = {len(seen.history.handed_to(agent)) for agent in sent.to}
        yield case(bool(counts) and min(counts) == 0 and max(counts) > 1)


@sometimes
def a_handler_asks(seen: Seen[History]) -> Cases:
    """A handler that was given a publication asks for something itself."""
    yield case(seen.history.reacted)
