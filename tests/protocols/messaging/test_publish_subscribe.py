"""Publish and subscribe, input in and step out."""

from __future__ import annotations

from concordant.refimpl.machine import step
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
    Open,
    Queue,
)
from concordant.spec.messaging.publish_subscribe import (
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    Accepted,
    AgentView,
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
    Sent,
    Subscribe,
    Subscribed,
    Taken,
    Unsubscribe,
    Unsubscribed,
)
from concordant.spec.messaging.publish_subscribe.clauses import only_to_subscribers
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send

USER = Address("user")
HELLO, WORLD = Publish(NEWS, "hello"), Publish(NEWS, "world")
FIRST, SECOND = Publication(0, NEWS, A, "hello"), Publication(1, NEWS, A, "world")


def brokering(published: int = 0, heard: dict[Address, int] | None = None, **queues: Queue) -> Brokering:
    """Return a state in which these agents, `b` and `c`, are subscribed to the news."""
    names = {"a": A, "b": B, "c": C}
    subscribed = Map.of((names[name], queue) for name, queue in queues.items())
    return Brokering(published, Map.of(heard or {}), Map.of({NEWS: subscribed}) if queues else Map())


class TestBroker:
    def test_begins_with_who_is_subscribed(self) -> None:
        assert Broker(Map.of({NEWS: (C, B)})).start() == step(brokering(b=Queue(0), c=Queue(0)))

    def test_takes_a_publication_and_sends_it_to_all_who_are_subscribed_and_have_nothing_before_it(self) -> None:
        before = brokering(1, b=Queue(0), c=Queue(3, (FIRST,)))

        assert Broker().receive(before, A, Asked(1, WORLD)) == step(
            brokering(2, {A: 1}, b=Queue(0, (SECOND,)), c=Queue(3, (FIRST, SECOND))),
            Announce(Published(SECOND)),
            Send(B, Parcel(0, SECOND)),
            Send(A, Answered(1)),
        )

    def test_sends_a_publication_to_all_but_its_publisher(self) -> None:
        assert Broker().receive(brokering(a=Queue(0)), A, Asked(1, HELLO)) == step(
            brokering(1, {A: 1}, a=Queue(0)), Announce(Published(FIRST)), Send(A, Answered(1))
        )

    def test_keeps_nothing_of_a_topic_that_nobody_knows(self) -> None:
        assert Broker().receive(brokering(), A, Asked(1, HELLO)) == step(
            brokering(1, {A: 1}), Announce(Published(FIRST)), Send(A, Answered(1))
        )

    def test_knows_a_subscription_by_the_number_with_which_it_was_asked_for(self) -> None:
        assert Broker().receive(brokering(), B, Asked(2, Subscribe(NEWS))) == step(
            brokering(0, {B: 2}, b=Queue(2)), Announce(Began(B, NEWS)), Send(B, Answered(2))
        )

    def test_forgets_a_subscription_with_what_waits_for_it_and_a_topic_with_the_last(self) -> None:
        begun = brokering(1, b=Queue(0, (FIRST,)), c=Queue(0))
        left = step(brokering(1, {B: 1}, c=Queue(0)), Announce(Ended(B, NEWS)), Send(B, Answered(1)))

        assert Broker().receive(begun, B, Asked(1, Unsubscribe(NEWS))) == left
        assert Broker().receive(left.state, C, Asked(1, Unsubscribe(NEWS))) == step(
            brokering(1, {B: 1, C: 1}), Announce(Ended(C, NEWS)), Send(C, Answered(1))
        )

    def test_does_what_it_is_asked_once(self) -> None:
        assert Broker().receive(brokering(heard={A: 2}), A, Asked(2, HELLO)) is None
        assert Broker().receive(brokering(heard={A: 2}), A, Asked(1, HELLO)) is None

    def test_sends_what_is_next_once_the_first_is_taken(self) -> None:
        before = brokering(2, b=Queue(0, (FIRST, SECOND)))
        after = step(brokering(2, b=Queue(0, (SECOND,))), Send(B, Parcel(0, SECOND)))

        assert Broker().receive(before, B, Taken(FIRST)) == after
        assert Broker().receive(after.state, B, Taken(SECOND)) == step(brokering(2, b=Queue(0)))

    def test_learns_nothing_from_a_copy_nor_from_a_subscription_that_has_ended(self) -> None:
        taken = Taken(FIRST)

        assert Broker().receive(brokering(2, b=Queue(0, (SECOND,))), B, taken) is None
        assert Broker().receive(brokering(2, b=Queue(0)), B, taken) is None
        assert Broker().receive(brokering(2, c=Queue(0, (FIRST,))), B, taken) is None
        assert Broker().receive(brokering(2), B, taken) is None

    def test_shows_who_is_subscribed(self) -> None:
        assert Broker().view(brokering(b=Queue(0), c=Queue(1))) == BrokerView(Map.of({NEWS: frozenset({B, C})}))


def acting(asked: int = 0, *still: Open, news: Current | None = None) -> Acting:
    """Return a state of an agent that is subscribed to the news, or not."""
    return Acting(asked, still, Map() if news is None else Map.of({NEWS: news}))


class TestAgent:
    def test_begins_with_its_topics(self) -> None:
        assert READER.start() == step(acting(news=Current(0)))

    def test_asks_for_one_thing_after_the_other(self) -> None:
        first, second = Open(1, HELLO, USER), Open(2, WORLD)
        asked = PLAIN.request(acting(), USER, HELLO)

        assert asked == step(acting(1, first), Send(BROKER, Asked(1, HELLO)))
        assert PLAIN.asks(asked.state, WORLD, None) == step(acting(2, first, second))
        assert PLAIN.receive(acting(2, first, second), BROKER, Answered(1)) == step(
            acting(2, second), Reply(USER, Accepted()), Send(BROKER, Asked(2, WORLD))
        )
        assert PLAIN.receive(acting(2, second), BROKER, Answered(2)) == step(acting(2))

    def test_takes_no_answer_twice(self) -> None:
        assert PLAIN.receive(acting(2, Open(2, WORLD)), BROKER, Answered(1)) is None
        assert PLAIN.receive(acting(2), BROKER, Answered(2)) is None

    def test_wants_a_topic_as_soon_as_it_asks_and_no_more_as_soon_as_it_leaves(self) -> None:
        come, leave = Open(1, Subscribe(NEWS), USER), Open(1, Unsubscribe(NEWS), USER)

        assert PLAIN.request(acting(), USER, Subscribe(NEWS)) == step(
            acting(1, come, news=Current(1)), Send(BROKER, Asked(1, Subscribe(NEWS)))
        )
        assert PLAIN.receive(acting(1, come, news=Current(1)), BROKER, Answered(1)) == step(
            acting(1, news=Current(1)), Reply(USER, Subscribed())
        )
        assert READER.request(acting(news=Current(0)), USER, Unsubscribe(NEWS)) == step(
            acting(1, leave), Send(BROKER, Asked(1, Unsubscribe(NEWS)))
        )
        assert READER.receive(acting(1, leave), BROKER, Answered(1)) == step(acting(1), Reply(USER, Unsubscribed()))

    def test_says_no_to_who_asks_for_what_is_so_and_tells_its_handler_nothing(self) -> None:
        assert READER.request(acting(news=Current(0)), USER, Subscribe(NEWS)) == step(acting(news=Current(0)), Reply(USER, IS_SUBSCRIBED))
        assert PLAIN.request(acting(), USER, Unsubscribe(NEWS)) == step(acting(), Reply(USER, NOT_SUBSCRIBED))
        assert PLAIN.asks(acting(), Unsubscribe(NEWS), None) == step(acting())

    def test_gives_its_handler_what_comes_and_tells_the_broker(self) -> None:
        parcel = Parcel(0, SECOND)

        assert READER.receive(acting(news=Current(0, 0)), BROKER, parcel) == step(
            acting(news=Current(0, 1)), Announce(Handed(SECOND)), Send(BROKER, Taken(SECOND))
        )

    def test_lets_its_handler_ask_for_something(self) -> None:
        reactions: Map[str, Request] = Map.of({"hello": WORLD})
        parcel, given = Parcel(0, FIRST), Announce(Handed(FIRST))

        assert Agent(BROKER, (NEWS,), reactions).receive(acting(news=Current(0)), BROKER, parcel) == step(
            acting(1, Open(1, WORLD), news=Current(0, 0)),
            given,
            Send(BROKER, Taken(FIRST)),
            Announce(Reacted(WORLD)),
            Send(BROKER, Asked(1, WORLD)),
        )

    def test_drops_copies_and_what_is_of_a_subscription_that_has_ended(self) -> None:
        assert READER.receive(acting(news=Current(0, 0)), BROKER, Parcel(0, FIRST)) is None
        assert READER.receive(acting(news=Current(2)), BROKER, Parcel(0, FIRST)) is None
        assert READER.receive(acting(), BROKER, Parcel(0, FIRST)) is None

    def test_shows_its_topics(self) -> None:
        assert READER.view(acting(news=Current(0))) == AgentView(frozenset({NEWS}))


def test_whom_a_publication_concerns_is_asked_of_what_was_published_and_is_not_an_agents_own() -> None:
    history = History(published=(Sent(FIRST, frozenset({B})),))

    def judged(who: Address, publication: Publication) -> list[bool]:
        return [each.holds for each in only_to_subscribers.cases(history, who, Handed(publication))]

    assert (judged(B, FIRST), judged(C, FIRST)) == ([True], [False])
    assert (judged(A, FIRST), judged(C, SECOND)) == ([], [])  # what other clauses judge
