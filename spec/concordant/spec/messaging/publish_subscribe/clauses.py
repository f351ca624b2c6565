"""What is promised of publishing and subscribing, clause by clause."""

from __future__ import annotations

from itertools import combinations

from concordant.spec.common import calls
from concordant.spec.messaging.publish_subscribe import (
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    Accepted,
    AgentView,
    Answer,
    BrokerView,
    Due,
    Handed,
    History,
    Publication,
    Publish,
    Published,
    Subscribe,
    Subscribed,
    Subscription,
    Unsubscribe,
    Unsubscribed,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)

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
    """Of what one publisher publishes on a topic, each agent is handed first what was published first."""
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
    """Whoever is told that it is subscribed, or not, or that its publication is accepted, is told the truth."""
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
    """A request is answered once, and nobody who does not wait is answered."""
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
