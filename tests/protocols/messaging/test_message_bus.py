"""The message bus, input in and step out."""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.machine import step
from concordant.refimpl.messaging.message_bus import A, B, Bus, C, Carrying, Running
from concordant.spec.messaging.message_bus import (
    CANCELLED,
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    STOPPED,
    Accepted,
    Act,
    Ask,
    BusView,
    DeadLetter,
    Does,
    Done,
    Given,
    GoesOn,
    Handled,
    History,
    Message,
    Mishap,
    Post,
    Posted,
    Respond,
    Stop,
    Stopped,
    Subscribe,
    TimeOut,
    Unsubscribe,
    Why,
)
from concordant.spec.messaging.message_bus.clauses import what_is_posted_was_said
from concordant.spec.vocabulary import Address, Announce, Effect, Map, Reply

NEWS = "news"
HELLO, WORLD = Post(NEWS, "hello"), Post(NEWS, "world", B)
TO_ALL, TO_B = Message(0, NEWS, "hello", A), Message(1, NEWS, "world", A, B)
BUS = Bus((A, B, C))


def does(agent: Address, *acts: Act, at: Message = TO_ALL, awaits: int | None = None) -> Map[Address, Running]:
    """Return what runs where the handler of one agent will do this yet."""
    return Map.of({agent: Running(at, acts, awaits)})


def mailbox(agent: Address, *messages: Message) -> Map[Address, tuple[Message, ...]]:
    """Return what waits where one agent has messages in its mailbox."""
    return Map.of({agent: messages})


def announced(*events: object) -> tuple[Effect, ...]:
    return tuple(map(Announce, events))


class TestSubscriptions:
    def test_begin_and_end_once(self) -> None:
        one = Carrying(subscribed=Map.of({NEWS: (B,)}))
        both = Carrying(subscribed=Map.of({NEWS: (B, A)}))

        assert BUS.start() == step(Carrying())
        assert BUS.request(one, A, Subscribe(NEWS)) == step(both, Reply(A, Done()))
        assert BUS.request(both, A, Subscribe(NEWS)) == step(both, Reply(A, IS_SUBSCRIBED))
        assert BUS.request(both, A, Unsubscribe(NEWS)) == step(one, Reply(A, Done()))
        assert BUS.request(one, A, Unsubscribe(NEWS)) == step(one, Reply(A, NOT_SUBSCRIBED))
        assert BUS.request(one, B, Unsubscribe(NEWS)) == step(Carrying(), Reply(B, Done()))


class TestPosting:
    def test_to_a_kind_is_for_all_that_have_subscribed_but_the_sender(self) -> None:
        subscribed: Map[str, tuple[Address, ...]] = Map.of({NEWS: (C, A, B)})

        assert BUS.request(Carrying(subscribed=subscribed), A, HELLO) == step(
            Carrying(1, subscribed, running=Map.of({B: Running(TO_ALL, ()), C: Running(TO_ALL, ())})),
            *announced(Posted(TO_ALL), Given(C, TO_ALL), Given(B, TO_ALL)),
            Reply(A, Accepted(0)),
        )

    def test_to_one_reaches_it_whatever_it_has_subscribed_to(self) -> None:
        assert BUS.request(Carrying(1), A, WORLD) == step(
            Carrying(2, running=does(B, at=TO_B)), *announced(Posted(TO_B), Given(B, TO_B)), Reply(A, Accepted(1))
        )

    def test_to_nobody_makes_a_dead_letter(self) -> None:
        to_none = Message(0, NEWS, "hello", A, Address("stranger"))

        assert BUS.request(Carrying(), A, HELLO) == step(
            Carrying(1), *announced(Posted(TO_ALL), DeadLetter(None, TO_ALL, Why.NOBODY)), Reply(A, Accepted(0))
        )
        assert BUS.request(Carrying(), A, Post(NEWS, "hello", Address("stranger"))) == step(
            Carrying(1), *announced(Posted(to_none), DeadLetter(None, to_none, Why.NOBODY)), Reply(A, Accepted(0))
        )

    def test_waits_in_the_mailbox_while_there_is_room(self) -> None:
        busy = Carrying(1, running=does(B))
        waits = Carrying(2, waiting=mailbox(B, TO_B), running=does(B))
        later = evolve(TO_B, number=2)

        assert BUS.request(busy, A, WORLD) == step(waits, Announce(Posted(TO_B)), Reply(A, Accepted(1)))
        assert Bus((A, B, C), room=1).request(waits, A, WORLD) == step(
            evolve(waits, posted=3), *announced(Posted(later), DeadLetter(B, later, Why.FULL)), Reply(A, Accepted(2))
        )
        assert BUS.request(waits, A, WORLD) == step(
            evolve(waits, posted=3, waiting=mailbox(B, TO_B, later)), Announce(Posted(later)), Reply(A, Accepted(2))
        )


class TestHandlers:
    def test_go_on_or_run_out_of_time(self) -> None:
        assert BUS.armed(Carrying(running=Map.of({B: Running(TO_ALL, ()), C: Running(TO_ALL, (HELLO,))}))) == (
            GoesOn(B),
            TimeOut(B),
            GoesOn(C),
            TimeOut(C),
        )

    def test_that_hang_or_await_something_only_run_out_of_time(self) -> None:
        assert BUS.armed(Carrying(running=does(B, Mishap.HANGS))) == (TimeOut(B),)
        assert BUS.armed(Carrying(running=does(B, awaits=3))) == (TimeOut(B),)

    def test_have_the_plan_for_what_they_are_given(self) -> None:
        planned = Bus((A, B, C), Map.of({"world": (HELLO,)}))

        assert planned.request(Carrying(1), A, WORLD) == step(
            Carrying(2, running=does(B, HELLO, at=TO_B)), *announced(Posted(TO_B), Given(B, TO_B)), Reply(A, Accepted(1))
        )

    def test_that_end_are_given_what_waits_longest(self) -> None:
        later = evolve(TO_B, number=2)
        before = Carrying(3, waiting=mailbox(B, TO_B, later), running=does(B))
        left = Carrying(3, waiting=mailbox(B, later), running=does(B, at=TO_B))

        assert BUS.fire(before, GoesOn(B)) == step(left, *announced(Handled(B, TO_ALL), Given(B, TO_B)))
        assert BUS.fire(before, TimeOut(B)) == step(left, *announced(DeadLetter(B, TO_ALL, Why.TIMED_OUT), Given(B, TO_B)))
        assert BUS.fire(left, GoesOn(B)) == step(Carrying(3, running=does(B, at=later)), *announced(Handled(B, TO_B), Given(B, later)))
        assert BUS.fire(Carrying(3, running=does(B, at=later)), GoesOn(B)) == step(Carrying(3), Announce(Handled(B, later)))

    def test_that_fail_or_are_cancelled_leave_a_dead_letter(self) -> None:
        for mishap in (Mishap.FAILS, Mishap.IS_CANCELLED):
            assert BUS.fire(Carrying(1, running=does(B, mishap)), GoesOn(B)) == step(
                Carrying(1), *announced(Does(B, mishap), DeadLetter(B, TO_ALL, Why.FAILED))
            )

    def test_post_in_the_name_of_their_agent(self) -> None:
        own = Message(1, NEWS, "world", C, B)

        assert BUS.fire(Carrying(1, running=does(C, WORLD)), GoesOn(C)) == step(
            Carrying(2, running=Map.of({B: Running(own, ()), C: Running(TO_ALL, ())})),
            *announced(Does(C, WORLD), Posted(own), Given(B, own)),
        )

    def test_subscribe_and_unsubscribe(self) -> None:
        before = Carrying(1, Map.of({NEWS: (B,)}), running=does(B, Unsubscribe(NEWS), Subscribe(NEWS), Subscribe(NEWS)))
        gone = Carrying(1, running=does(B, Subscribe(NEWS), Subscribe(NEWS)))
        back = Carrying(1, Map.of({NEWS: (B,)}), running=does(B, Subscribe(NEWS)))

        assert BUS.fire(before, GoesOn(B)) == step(gone, Announce(Does(B, Unsubscribe(NEWS))))
        assert BUS.fire(gone, GoesOn(B)) == step(back, Announce(Does(B, Subscribe(NEWS))))
        assert BUS.fire(back, GoesOn(B)) == step(evolve(back, running=does(B)), Announce(Does(B, Subscribe(NEWS))))

    def test_await_a_response_which_goes_past_the_mailbox(self) -> None:
        ask, respond = Ask(WORLD), Respond("yes")
        question, response = Message(1, NEWS, "world", C, B), Message(2, NEWS, "yes", B, C, answers=1)
        waiting = mailbox(C, TO_ALL)
        asked = Carrying(2, waiting=waiting, running=Map.of({B: Running(question, (respond,)), C: Running(TO_ALL, (HELLO,), 1)}))

        assert Bus((B, C), Map.of({"world": (respond,)})).fire(
            Carrying(1, waiting=waiting, running=does(C, ask, HELLO)), GoesOn(C)
        ) == step(asked, *announced(Does(C, ask), Posted(question), Given(B, question)))
        assert BUS.fire(asked, GoesOn(B)) == step(
            Carrying(3, waiting=waiting, running=Map.of({B: Running(question, ()), C: Running(TO_ALL, (HELLO,))})),
            *announced(Does(B, respond), Posted(response), Given(C, response)),
        )

    def test_let_a_response_to_something_else_wait(self) -> None:
        other = Message(2, NEWS, "yes", B, C, answers=0)
        asking = Map.of({B: Running(evolve(TO_ALL, sender=C), (Respond("yes"),)), C: Running(TO_B, (), 1)})

        assert BUS.fire(Carrying(2, running=asking), GoesOn(B)) == step(
            Carrying(3, waiting=mailbox(C, other), running=asking.put(B, Running(evolve(TO_ALL, sender=C), ()))),
            *announced(Does(B, Respond("yes")), Posted(other)),
        )


class TestStopping:
    def test_is_at_once_where_nothing_runs_and_takes_no_more(self) -> None:
        stopped = Carrying(stopping=True)

        assert BUS.request(Carrying(), A, Stop()) == step(stopped, Reply(A, Stopped()))
        assert BUS.request(stopped, A, HELLO) == step(stopped, Reply(A, STOPPED))

    def test_waits_for_the_last_handler_and_then_tells_all_who_wait(self) -> None:
        before = Carrying(1, running=does(B), stopping=True, clients=(A,))

        assert BUS.request(evolve(before, stopping=False, clients=()), A, Stop()) == step(before)
        assert BUS.request(before, C, Stop()) == step(evolve(before, clients=(A, C)))
        assert BUS.fire(evolve(before, clients=(A, C)), GoesOn(B)) == step(
            Carrying(1, stopping=True), Announce(Handled(B, TO_ALL)), Reply(A, Stopped()), Reply(C, Stopped())
        )

    def test_need_not_be_waited_for(self) -> None:
        before = Carrying(1, running=does(B), stopping=True, clients=(A, C))

        assert BUS.cancel(before, A) == step(evolve(before, clients=(C,)), Reply(A, CANCELLED))

    def test_without_draining_makes_dead_letters_of_what_waits(self) -> None:
        before = Carrying(2, waiting=mailbox(B, TO_B), running=does(B))

        assert BUS.request(before, A, Stop(drain=False)) == step(
            Carrying(2, running=does(B), stopping=True, clients=(A,)), Announce(DeadLetter(B, TO_B, Why.DISCARDED))
        )
        assert BUS.request(before, A, Stop()) == step(evolve(before, stopping=True, clients=(A,)))

    def test_takes_responses_of_handlers_and_nothing_else_of_them(self) -> None:
        response = Message(1, NEWS, "yes", B, A, answers=0)

        def stopping(*acts: Act) -> Carrying:
            return Carrying(1, running=does(B, *acts), stopping=True)

        assert BUS.fire(stopping(HELLO), GoesOn(B)) == step(stopping(), Announce(Does(B, HELLO)))
        assert BUS.fire(stopping(Ask(HELLO)), GoesOn(B)) == step(stopping(), Announce(Does(B, Ask(HELLO))))
        assert BUS.fire(stopping(Respond("yes")), GoesOn(B)) == step(
            Carrying(2, running=Map.of({A: Running(response, ()), B: Running(TO_ALL, ())}), stopping=True),
            *announced(Does(B, Respond("yes")), Posted(response), Given(A, response)),
        )


def test_the_view_shows_mailboxes_handlers_and_who_is_subscribed() -> None:
    state = Carrying(2, Map.of({NEWS: (C, B)}), mailbox(B, TO_B), Map.of({B: Running(TO_ALL, (), 5), C: Running(TO_ALL, ())}))

    assert BUS.view(state) == BusView(Map.of({B: (1,)}), Map.of({B: 0, C: 0}), Map.of({B: 5}), Map.of({NEWS: frozenset({B, C})}))


def test_what_nobody_said_is_not_to_be_posted() -> None:
    before = History(room=2, agents=frozenset({A, B}))

    def judged(history: History) -> list[bool]:
        return [each.holds for each in what_is_posted_was_said.cases(history, Address("bus"), Posted(TO_ALL))]

    assert judged(before.says(A, HELLO)) == [True]
    assert judged(before) == [False]
