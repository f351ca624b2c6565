"""Causal order, input in and step out."""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.machine import step
from concordant.refimpl.messaging.causal_ordering import A, B, C, Clocked, Ordering
from concordant.spec.messaging.causal_ordering import ClockView, Stamped, causal_order
from concordant.spec.messaging.shared.broadcasts import (
    Broadcast,
    Broadcasts,
    BroadcastsWithoutOrder,
    Name,
    Sent,
    handed_up,
    no_creation,
    no_duplication,
)
from concordant.spec.vocabulary import Address, Crashed, Deliver, Map, Recovered, Rejected, Reply, Send, case

USER = Address("user")
AT_C = Ordering(C, (A, B))
FIRST = Stamped(Map.of({A: 1}), "a")
SECOND = Stamped(Map.of({A: 2}), "x")
ANSWER = Stamped(Map.of({A: 1, B: 1}), "b")


class TestSender:
    def test_stamps_a_message_with_what_it_was_handed_up_and_hands_it_up_to_itself(self) -> None:
        assert AT_C.start() == step(Clocked())
        assert AT_C.request(Clocked(Map.of({A: 2})), USER, Broadcast("c")) == step(
            Clocked(Map.of({A: 2, C: 1})),
            Send(A, Stamped(Map.of({A: 2, C: 1}), "c")),
            Send(B, Stamped(Map.of({A: 2, C: 1}), "c")),
            Deliver(C, "c"),
        )


class TestReceiver:
    def test_hands_up_what_lacks_nothing(self) -> None:
        assert AT_C.receive(Clocked(), A, FIRST) == step(Clocked(Map.of({A: 1})), Deliver(A, "a"))
        assert AT_C.receive(Clocked(Map.of({A: 1})), B, ANSWER) == step(Clocked(Map.of({A: 1, B: 1})), Deliver(B, "b"))

    def test_holds_what_comes_before_another_message_of_its_sender_or_of_a_third(self) -> None:
        assert AT_C.receive(Clocked(), A, SECOND) == step(Clocked(held=Map.of({Name(A, 1): SECOND})))
        assert AT_C.receive(Clocked(), B, ANSWER) == step(Clocked(held=Map.of({Name(B, 0): ANSWER})))

    def test_hands_up_all_that_waited_for_a_message_in_an_order_in_which_nothing_is_lacking(self) -> None:
        waiting = Clocked(held=Map.of({Name(B, 0): ANSWER, Name(A, 1): SECOND}))

        assert AT_C.receive(waiting, A, FIRST) == step(Clocked(Map.of({A: 2, B: 1})), Deliver(A, "a"), Deliver(A, "x"), Deliver(B, "b"))

    def test_drops_copies_of_what_was_handed_up_and_of_what_is_held(self) -> None:
        held = Clocked(held=Map.of({Name(A, 1): SECOND}))

        assert AT_C.receive(Clocked(Map.of({A: 1})), A, FIRST) is None
        assert AT_C.receive(held, A, SECOND) == step(held)

    def test_a_crash_changes_nothing_of_what_was_handed_up(self) -> None:
        assert AT_C.survives(Clocked(Map.of({A: 1}))) == (Clocked(Map.of({A: 1})),)

    def test_shows_its_clock_and_the_names_of_what_it_holds(self) -> None:
        assert AT_C.view(Clocked(Map.of({C: 1}), Map.of({Name(B, 0): ANSWER}))) == ClockView(Map.of({C: 1}), frozenset({Name(B, 0)}))


class TestHistory:
    SENT = Broadcasts().after(A, USER, Broadcast("a")).after(A, A, Deliver(A, "a"))

    def test_remembers_what_was_sent_after_what_was_handed_up_and_who_has_crashed(self) -> None:
        history = self.SENT.after(A, USER, Broadcast("x")).after(A, A, Crashed()).after(A, A, Recovered())

        assert history == Broadcasts(
            Map.of({A: (Sent(Broadcast("a"), frozenset()), Sent(Broadcast("x"), frozenset({Name(A, 0)})))}),
            Map.of({A: (Name(A, 0),)}),
            frozenset({A}),
        )
        assert history.names() == (Name(A, 0), Name(A, 1))

    def test_may_forget_in_which_order_messages_were_handed_up_and_knows_all_that_happened_before_one_all_the_same(self) -> None:
        sent = BroadcastsWithoutOrder().after(A, USER, Broadcast("a")).after(B, USER, Broadcast("b"))
        one, other = sent.after(C, C, Deliver(B, "b")), sent.after(C, C, Deliver(A, "a"))
        one, other = one.after(C, C, Deliver(A, "a")), other.after(C, C, Deliver(B, "b"))

        assert one == other
        assert one.after(C, USER, Broadcast("c")).causes(Name(C, 0)) == {Name(A, 0), Name(B, 0)}

    def test_a_refusal_takes_back_what_was_asked_last(self) -> None:
        assert self.SENT.after(A, USER, Broadcast("x")).after(A, A, Reply(USER, Rejected("no"))) == self.SENT

    def test_names_of_equal_messages_the_first_that_was_not_handed_up_and_remembers_nothing_else(self) -> None:
        twice = self.SENT.after(A, USER, Broadcast("a"))
        history = twice.after(B, B, Deliver(A, "a")).after(B, B, Deliver(A, "a"))

        assert history.delivered_at(B) == (Name(A, 0), Name(A, 1))
        assert history.after(B, B, Deliver(A, "a")) == history
        assert history.after(B, B, Deliver(C, "a")) == history

    def test_what_happened_before_a_message_is_what_its_sender_had_sent_or_was_handed_and_their_causes(self) -> None:
        heard = self.SENT.after(B, B, Deliver(A, "a")).after(B, USER, Broadcast("b")).after(A, USER, Broadcast("x"))
        answered = heard.after(C, C, Deliver(B, "b")).after(C, USER, Broadcast("c")).after(C, C, Deliver(A, "a"))

        assert answered.causes(Name(A, 0)) == frozenset()
        assert answered.causes(Name(A, 1)) == frozenset({Name(A, 0)})
        assert answered.causes(Name(C, 0)) == frozenset({Name(B, 0), Name(A, 0)}), "a happened before b, wherever that was handed up first"
        assert answered.causes(Name(C, 1)) == answered.causes(Name(A, 2)) == frozenset(), "what was never sent has no causes"

    def test_asks_of_those_that_have_not_crashed_whether_they_were_handed_all(self) -> None:
        history = evolve(self.SENT, crashed=frozenset({C}))

        assert list(handed_up(history, (A, B, C), history.names())) == [
            case(True, who=A, missing=frozenset()),
            case(False, who=B, missing=frozenset({Name(A, 0)})),
        ]
        assert list(handed_up(history, (A, B, C), ())) == []

    def test_of_what_nobody_sent_no_creation_tells_alone(self) -> None:
        forged = Deliver(B, "never sent")

        assert [each.holds for each in no_creation.cases(Broadcasts(), A, forged)] == [False]
        assert list(no_duplication.cases(Broadcasts(), A, forged)) == list(causal_order.cases(Broadcasts(), A, forged)) == []
