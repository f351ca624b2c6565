"""FIFO order, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import Layer, over, step
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.fifo_ordering import A, B, C, Conversation, Impatient, Numbering, Ordering, layer, system
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging.fifo_ordering import Closed, Gap, Held, Missing, Numbered, Order, OrderingView
from concordant.spec.messaging.shared.conversations import Channel, Sent
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Crashed,
    Deliver,
    Eventually,
    Fair,
    Map,
    Need,
    Network,
    Recovered,
    Seen,
    Send,
    Transmit,
    always,
    case,
)
from tests.layers.toys import Ear, Talk, talk

USER = Address("user")
ORDERING = Ordering()


def receiving(expected: int = 0, *, epoch: int = 0, closed: bool = False, **held: str) -> Numbering:
    """Return a state in which messages of A are received; `_2="c"` is held with number 2."""
    kept: Map[int, object] = Map.of({int(number[1:]): message for number, message in held.items()})
    return Numbering(conversations=Map.of({A: Conversation(epoch, expected, kept, closed)}))


class TestSender:
    def test_numbers_what_it_sends_to_each_receiver(self) -> None:
        assert ORDERING.start() == step(Numbering())
        assert ORDERING.request(Numbering(), USER, Transmit(B, "a")) == step(Numbering(next=Map.of({B: 1})), Send(B, Numbered(0, 0, "a")))
        assert ORDERING.request(Numbering(3, Map.of({B: 1})), USER, Transmit(C, "b")) == step(
            Numbering(3, Map.of({B: 1, C: 1})), Send(C, Numbered(3, 0, "b"))
        )

    def test_begins_an_epoch_when_it_restarts_and_keeps_what_it_receives(self) -> None:
        state = evolve(receiving(1, _2="c"), epoch=4, next=Map.of({B: 1}))

        assert ORDERING.survives(state) == (evolve(state, next=Map()),)
        assert ORDERING.recover(Numbering(4)) == step(Numbering(5))


class TestReceiver:
    def test_hands_up_what_is_next(self) -> None:
        assert ORDERING.receive(Numbering(), A, Numbered(0, 0, "a")) == step(receiving(1), Deliver(A, "a"))

    def test_holds_what_comes_early_and_hands_it_up_after_what_comes_before(self) -> None:
        assert ORDERING.receive(Numbering(), A, Numbered(0, 1, "b")) == step(receiving(_1="b"))
        assert ORDERING.receive(receiving(_1="b"), A, Numbered(0, 0, "a")) == step(receiving(2), Deliver(A, "a"), Deliver(A, "b"))
        assert ORDERING.receive(receiving(_1="b", _3="d"), A, Numbered(0, 0, "a")) == step(
            receiving(2, _3="d"), Deliver(A, "a"), Deliver(A, "b")
        )

    def test_drops_copies_and_what_has_the_number_of_what_it_holds(self) -> None:
        assert ORDERING.receive(receiving(1), A, Numbered(0, 0, "a")) is None
        assert ORDERING.receive(receiving(_1="b"), A, Numbered(0, 1, "x")) is None

    def test_reports_a_gap_where_there_is_no_room_and_takes_nothing_more(self) -> None:
        full = receiving(_1="b", _2="c")

        assert ORDERING.receive(full, A, Numbered(0, 3, "d")) == step(receiving(closed=True), Announce(Gap(A, 0, 0)))
        assert ORDERING.receive(full, A, Numbered(0, 0, "a")) == step(receiving(3), Deliver(A, "a"), Deliver(A, "b"), Deliver(A, "c"))
        assert ORDERING.receive(receiving(closed=True), A, Numbered(0, 0, "a")) is None

    def test_begins_anew_with_a_sender_that_has_restarted(self) -> None:
        assert ORDERING.receive(receiving(5), A, Numbered(1, 0, "x")) == step(receiving(1, epoch=1), Deliver(A, "x"))
        assert ORDERING.receive(receiving(closed=True), A, Numbered(1, 1, "y")) == step(receiving(epoch=1, _1="y"))
        assert ORDERING.receive(receiving(1, _2="c"), A, Numbered(1, 0, "x")) == step(
            receiving(1, epoch=1), Announce(Gap(A, 0, 1)), Deliver(A, "x")
        ), "what was held of the epoch before is a gap"
        assert ORDERING.receive(receiving(epoch=1), A, Numbered(0, 0, "a")) is None

    def test_tells_senders_apart(self) -> None:
        both = receiving(1).conversations.put(C, Conversation(0, 1))

        assert ORDERING.receive(receiving(1), C, Numbered(0, 0, "c")) == step(Numbering(conversations=both), Deliver(C, "c"))

    def test_shows_what_it_holds(self) -> None:
        assert ORDERING.view(receiving(1, _2="c")) == OrderingView(2, frozenset({Held(A, 0, 2, "c")}))


class TestImpatient:
    def test_reports_a_gap_when_a_deadline_passes(self) -> None:
        assert Impatient().armed(receiving(1)) == ()
        assert Impatient().armed(receiving(1, _2="c")) == (Missing(A),)
        assert Impatient().fire(receiving(1, _2="c"), Missing(A)) == step(receiving(1, closed=True), Announce(Gap(A, 0, 1)))


class TestHistory:
    CHANNEL = Channel(A, B)

    def test_remembers_what_was_sent_and_handed_up_in_order_and_in_which_epoch(self) -> None:
        history = Order().after(A, USER, Transmit(B, "a")).after(A, A, Crashed()).after(A, A, Recovered()).after(A, USER, Transmit(B, "b"))
        delivered = history.after(B, B, Deliver(A, "b")).after(B, B, Gap(A, 0, 0))

        assert history.sent == Map.of({self.CHANNEL: (Sent(0, "a"), Sent(1, "b"))})
        assert (delivered.delivered, delivered.closed, delivered.crashes) == (
            Map.of({self.CHANNEL: ("b",)}),
            frozenset({Closed(self.CHANNEL, 0)}),
            Map.of({A: 1}),
        )
        assert (delivered.sent_in(self.CHANNEL, 1), delivered.handed_up(self.CHANNEL, 1)) == (("b",), 1)
        assert (delivered.sent_in(self.CHANNEL, 0), delivered.handed_up(self.CHANNEL, 0)) == (("a",), 0)

    def test_remembers_one_delivery_more_than_was_sent(self) -> None:
        history = Order().after(A, USER, Transmit(B, "a"))
        for _ in range(3):
            history = history.after(B, B, Deliver(A, "a"))

        assert history.delivered == Map.of({self.CHANNEL: ("a", "a")})
        assert list(history.places(self.CHANNEL)) == [0, None]

    def test_has_no_epoch_for_what_was_never_sent_so_that_nothing_is_said_of_its_gap(self) -> None:
        sent = Order().after(A, USER, Transmit(B, "a"))

        said = [[each.holds for each in spec.nothing_comes_after_a_gap.cases(sent, B, Deliver(A, what))] for what in ("a", "b")]

        assert said == [[True], []]

    def test_finds_each_message_after_the_one_before_it(self) -> None:
        history = Order(Map.of({self.CHANNEL: (Sent(0, "a"), Sent(0, "b"), Sent(0, "a"))}), delivered=Map.of({self.CHANNEL: tuple("baba")}))

        assert list(history.places(self.CHANNEL)) == [1, 2, None, None]


# ---- what no message can have: mypy would report it if it did not refuse it


def test_a_message_has_no_type_of_ordering_of_its_own() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'type'"):
        Numbered(0, 0, "a", type="causal")  # type: ignore[call-arg]  # FIF-14


# ---- over a link


def test_a_protocol_that_needs_an_ordered_network_runs_over_order_over_a_link_on_a_bad_one() -> None:
    @always(needs=Need.FIFO)
    def heard_in_order(seen: Seen[Talk]) -> Cases:
        """What is heard is heard in the order in which it was said."""
        for ear in seen.views(Ear).values():
            yield case(ear.heard == tuple(sorted(ear.heard)), heard=ear.heard)

    talking = evolve(talk((1, 2)), promises=(heard_in_order,))
    bad = Network(duplicating=True, losses=None)

    assert explore(evolve(talking, network=bad)).verdict(heard_in_order).status is Status.NOT_PROMISED
    assert explore(over(talking, evolve(delivery.layer(), gives=Need.FIFO), network=bad)).verdict(heard_in_order).status is Status.VIOLATED
    report = explore(over(talking, layer(), delivery.layer(), network=bad))
    assert {each.status for each in report.verdicts} == {Status.HOLDS}


def test_without_a_deadline_a_lost_message_is_waited_for_and_with_one_it_is_reported() -> None:
    lossy = Network(losses=1)
    patient, impatient = system(network=lossy), system(network=lossy, ordering=Impatient)

    assert explore(patient, (spec.nothing_is_held_for_ever,)).verdicts[0].status is Status.VIOLATED
    assert explore(impatient, (spec.nothing_is_held_for_ever,)).verdicts[0].status is Status.HOLDS


def test_what_a_layer_states_over_a_link_assumes_the_fairness_that_the_link_relies_on() -> None:
    def judged(link: Layer) -> tuple[Fair, Status]:
        verdict = explore(over(system(), link, network=delivery.LOSSY)).verdict(spec.is_delivered)
        assert isinstance(verdict.clause, Eventually)
        return verdict.clause.given, verdict.status

    assert judged(delivery.layer()) == (Fair.DELIVERY | Fair.TRIGGERS, Status.HOLDS)
    assert judged(evolve(delivery.layer(), relies_on=Fair.NONE)) == (Fair.DELIVERY, Status.VIOLATED)
