"""Guaranteed delivery, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import over, step
from concordant.refimpl.messaging.guaranteed_delivery import (
    ONCE_OR_NEVER,
    A,
    AtLeastOnce,
    AtMostOnce,
    B,
    C,
    Durable,
    Label,
    Link,
    Linking,
    Pending,
    Received,
    layer,
    system,
)
from concordant.spec.messaging import guaranteed_delivery as spec
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data, Deliveries, GivenUp, GiveUp, LinkView, Parcel, Resend
from concordant.spec.messaging.shared.conversations import Channel, Sent
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Bag,
    Crashed,
    Deliver,
    Eventually,
    Fair,
    Fault,
    Faults,
    Map,
    Network,
    Recovered,
    Send,
    Transmit,
)
from tests.layers.toys import all_is_heard, heard_once, talk

USER = Address("user")
LINK, TWICE = Link(), Link(attempts=2)
AB, AC = Parcel(A, B, "a"), Parcel(A, C, "a")


def pending(label: Label = Label(B, 0), left: int | None = None, **more: object) -> Linking:
    return Linking(next=Map.of({label.to: label.number + 1}), outbox=Map.of({label: Pending("a", left)}), **more)  # type: ignore[arg-type]


class TestSender:
    def test_begins_with_nothing(self) -> None:
        assert LINK.start() == step(Linking())
        assert LINK.view(Linking()) == LinkView(0)

    def test_numbers_what_it_carries_by_receiver_and_keeps_it(self) -> None:
        first = LINK.request(Linking(), USER, Transmit(B, "a"))
        second = LINK.request(pending(), USER, Transmit(B, "b"))
        other = LINK.request(pending(), USER, Transmit(C, "b"))

        assert first == step(pending(), Send(B, Data(0, 0, "a")))
        assert (second and second.effects, other and other.effects) == ((Send(B, Data(0, 1, "b")),), (Send(C, Data(0, 0, "b")),))
        assert LINK.view(pending()) == LinkView(1)

    def test_sends_again_until_it_is_acknowledged(self) -> None:
        assert LINK.armed(Linking()) == ()
        assert LINK.armed(pending()) == (Resend(B, 0),)
        assert LINK.fire(pending(), Resend(B, 0)) == step(pending(), Send(B, Data(0, 0, "a")))

    def test_gives_up_after_as_many_attempts_as_it_has(self) -> None:
        assert TWICE.request(Linking(), USER, Transmit(B, "a")) == step(pending(left=1), Send(B, Data(0, 0, "a")))
        assert TWICE.armed(pending(left=1)) == (Resend(B, 0),)
        assert TWICE.fire(pending(left=1), Resend(B, 0)) == step(pending(left=0), Send(B, Data(0, 0, "a")))
        assert TWICE.armed(pending(left=0)) == (GiveUp(B, 0),)
        assert TWICE.fire(pending(left=0), GiveUp(B, 0)) == step(Linking(next=Map.of({B: 1})), Announce(GivenUp(B, "a")))

    def test_confirms_what_is_acknowledged_once_and_in_its_epoch(self) -> None:
        assert LINK.receive(pending(), B, Ack(0, 0)) == step(Linking(next=Map.of({B: 1})), Announce(Confirmed(B, "a")))
        assert LINK.receive(Linking(), B, Ack(0, 0)) is None
        assert LINK.receive(pending(epoch=1), B, Ack(0, 0)) is None
        assert LINK.receive(pending(), C, Ack(0, 0)) is None, "of another receiver"


class TestReceiver:
    def test_hands_up_and_acknowledges(self) -> None:
        after = Linking(received=Map.of({A: Received(0, Bag.of((3,)))}))

        assert LINK.receive(Linking(), A, Data(0, 3, "a")) == step(after, Deliver(A, "a"), Send(A, Ack(0, 3)))

    def test_acknowledges_a_copy_and_hands_up_nothing(self) -> None:
        known = Linking(received=Map.of({A: Received(0, Bag.of((3,)))}))

        assert LINK.receive(known, A, Data(0, 3, "a")) == step(known, Send(A, Ack(0, 3)))
        assert AtLeastOnce().receive(known, A, Data(0, 3, "a")) == step(known, Deliver(A, "a"), Send(A, Ack(0, 3)))

    def test_forgets_the_numbers_of_an_epoch_that_is_over_and_takes_nothing_more_of_it(self) -> None:
        known = Linking(received=Map.of({A: Received(0, Bag.of((0,)))}))
        later = Linking(received=Map.of({A: Received(1, Bag.of((0,)))}))

        assert LINK.receive(known, A, Data(1, 0, "b")) == step(later, Deliver(A, "b"), Send(A, Ack(1, 0)))
        assert LINK.receive(later, A, Data(0, 0, "a")) is None

    def test_tells_senders_apart(self) -> None:
        known = Linking(received=Map.of({A: Received(2, Bag.of((0,)))}))
        after = known.received.put(C, Received(0, Bag.of((0,))))

        assert LINK.receive(known, C, Data(0, 0, "c")) == step(Linking(received=after), Deliver(C, "c"), Send(C, Ack(0, 0)))


class TestCrashes:
    def test_what_is_received_survives_and_what_is_sent_does_not(self) -> None:
        received = Map.of({A: Received(0, Bag.of((0,)))})

        assert LINK.survives(pending(epoch=4, received=received)) == (Linking(epoch=4, received=received),)
        assert LINK.recover(Linking(epoch=4)) == step(Linking(epoch=5))

    def test_on_the_disk_everything_survives_and_the_epoch_goes_on(self) -> None:
        assert Durable().survives(pending()) == (pending(),)
        assert Durable().recover(pending()) == step(pending())


class TestAtMostOnce:
    def test_sends_once_and_gives_up_at_once(self) -> None:
        assert AtMostOnce().request(Linking(), USER, Transmit(B, "a")) == step(
            Linking(next=Map.of({B: 1})), Send(B, Data(0, 0, "a")), Announce(GivenUp(B, "a"))
        )

    def test_acknowledges_nothing_and_drops_a_copy(self) -> None:
        known = Linking(received=Map.of({A: Received(0, Bag.of((0,)))}))

        assert AtMostOnce().receive(Linking(), A, Data(0, 0, "a")) == step(known, Deliver(A, "a"))
        assert AtMostOnce().receive(known, A, Data(0, 0, "a")) == step(known)


class TestHistory:
    CHANNEL = Channel(A, B)

    def test_tells_what_happened_once_from_what_happened_more_often(self) -> None:
        history = Deliveries().after(A, USER, Transmit(B, "a")).after(B, B, Deliver(A, "a"))
        again = history.after(A, A, Transmit(B, "a")).after(B, B, Deliver(A, "a"))
        one = frozenset({AB})

        assert history == Deliveries(Map.of({self.CHANNEL: (Sent(0, "a"),)}), delivered=one)
        assert (history.parcels(), history.sent_again()) == ((AB,), frozenset())
        assert (again.delivered, again.delivered_again, again.sent_again()) == (one, one, one)
        assert again.after(B, B, Deliver(A, "a")) == again, "it saturates"

    def test_remembers_outcomes_and_crashes(self) -> None:
        history = Deliveries().after(A, A, Confirmed(B, "a")).after(A, A, GivenUp(C, "a")).after(A, A, Send(B, Ack(0, 0)))
        down = history.after(B, B, Crashed())

        assert history == Deliveries(confirmed=frozenset({AB}), given_up=frozenset({AC}))
        assert down == evolve(history, crashes=Map.of({B: 1}), down=frozenset({B}))
        assert down.after(B, B, Recovered()) == evolve(history, crashes=Map.of({B: 1}))

    def test_counts_how_often_a_message_is_sent_where_that_is_bounded(self) -> None:
        def sent(times: int, history: Deliveries) -> Deliveries:
            for _ in range(times):
                history = history.after(A, A, Send(B, Data(0, 0, "a")))
            return history

        assert sent(1, Deliveries()) == Deliveries()
        assert [sent(times, Deliveries(attempts=2)).tried(AB) for times in range(5)] == [0, 1, 2, 3, 3], "once too often is too often"

    def test_numbers_anew_after_a_crash_but_for_what_is_on_the_disk(self) -> None:
        def after(history: Deliveries) -> Deliveries:
            return history.after(A, USER, Transmit(B, "a")).after(A, A, Crashed()).after(A, USER, Transmit(B, "b"))

        forgets, lasts = after(Deliveries()), after(Deliveries(lasting=True))
        assert (forgets.epoch(A), forgets.numbered(self.CHANNEL, 1)) == (1, (Data(1, 0, "b"),))
        assert (lasts.epoch(A), lasts.numbered(self.CHANNEL, 0)) == (0, (Data(0, 0, "a"), Data(0, 1, "b")))


# ---- what is promised, of which link, under which fairness


@pytest.mark.parametrize(("clause", "enough"), [(spec.is_delivered, spec.FAIRLY), (spec.every_sender_is_told, spec.FAIRLY)])
@pytest.mark.parametrize("fair", [Fair.NONE, Fair.DELIVERY, Fair.TRIGGERS])
def test_neither_delivery_nor_deadlines_alone_carry_a_message(clause: Eventually[Deliveries], enough: Fair, fair: Fair) -> None:
    assert clause.given == enough
    assert explore(system(), (evolve(clause, given=fair),)).verdicts[0].status is Status.VIOLATED
    assert explore(system(), (clause,)).verdicts[0].status is Status.HOLDS


@pytest.mark.parametrize("attempts", [1, 2, 3])
@pytest.mark.parametrize("losses", [0, 1, 2])
def test_a_link_that_gives_up_delivers_if_it_may_try_more_often_than_messages_are_lost(attempts: int, losses: int) -> None:
    given_up = explore(system(attempts=attempts, network=Network(losses=losses)), (spec.is_delivered,)).verdicts[0].status

    assert (given_up is Status.HOLDS) is (attempts > losses)


def test_at_most_once_promises_no_delivery_and_at_least_once_no_single_one() -> None:
    assert spec.is_delivered not in ONCE_OR_NEVER
    assert explore(system(link=AtMostOnce), (spec.is_delivered,)).verdicts[0].status is Status.VIOLATED
    assert explore(system(link=AtLeastOnce), (spec.no_duplication,)).verdicts[0].status is Status.VIOLATED


def test_a_protocol_for_a_good_network_runs_over_the_link_on_a_bad_one() -> None:
    report = explore(over(talk((1, 2)), layer(), network=Network(duplicating=True, losses=None)))

    assert {each.status for each in report.verdicts} == {Status.HOLDS}
    assert report.verdict(heard_once).judged_under == Fault.LOSS | Fault.DUPLICATION
    assert report.verdict(all_is_heard).clause.given == Fair.DELIVERY | Fair.TRIGGERS  # type: ignore[attr-defined]  # of liveness


def test_of_who_is_down_nothing_is_asked_when_all_is_quiet() -> None:
    down_for_good = system(faults=Faults(crashes=1, who=(A,)))

    verdict = explore(down_for_good, (spec.nothing_is_left_pending,)).verdicts[0]

    assert (verdict.status, Fault.CRASH in verdict.judged_under) == (Status.HOLDS, True)


def test_nothing_is_said_of_what_is_sent_for_two_of_one_content_nor_of_acknowledgements() -> None:
    twice = Deliveries().after(A, USER, Transmit(B, "a")).after(A, USER, Transmit(B, "a"))

    assert twice.sent_again() == {AB}
    assert list(spec.is_sent_until_told.cases(twice, A, Send(B, Data(0, 1, "a")))) == []
    assert list(spec.the_view_is_true.cases(LinkView(2), A, twice)) == []
    assert list(spec.is_sent_until_told.cases(twice, A, Send(B, Ack(0, 0)))) == []
