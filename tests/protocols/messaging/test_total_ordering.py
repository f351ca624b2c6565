"""Total order, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import step
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.refimpl.messaging.total_ordering import A, B, C, Ordering, system
from concordant.spec.messaging import total_ordering as spec
from concordant.spec.messaging.shared.broadcasts import Broadcast, Name
from concordant.spec.messaging.shared.sequencing import Carried, OrderView, in_one_order
from concordant.spec.vocabulary import Address, Deliver, Map, Send

USER = Address("user")
AT_A, AT_C = Ordering(A, (B, C), C), Ordering(C, (A, B), C)
"""A process, and the sequencer."""
A0, A1, B0 = Name(A, 0), Name(A, 1), Name(B, 0)
FIRST, SECOND = Carried(A0, "a", conflict="all"), Carried(A1, "x", frozenset({A0}), "all")


def after(*names: Name, sent: int = 0, held: tuple[Carried, ...] = ()) -> Sequencing:
    """Return a state in which messages were handed up."""
    places = Map.of({"all": len(names)}) if names else Map()
    return Sequencing(sent, frozenset(names), Map.of((each.name, each) for each in held), places)


class TestSender:
    def test_hands_a_message_to_the_sequencer_and_lets_it_come_after_the_one_before(self) -> None:
        assert AT_A.start() == step(Sequencing())
        assert AT_A.request(Sequencing(), USER, Broadcast("a")) == step(after(sent=1), Send(C, FIRST))
        assert AT_A.request(after(sent=1), USER, Broadcast("x")) == step(after(sent=2), Send(C, SECOND))


class TestSequencer:
    def test_gives_a_message_the_next_place_tells_all_and_hands_it_up_as_its_senders(self) -> None:
        placed = evolve(FIRST, place=1)

        assert AT_C.receive(after(B0), A, FIRST) == step(after(A0, B0), Send(A, placed), Send(B, placed), Deliver(A, "a"))

    def test_gives_its_own_messages_places_at_once(self) -> None:
        own = Carried(Name(C, 0), "c", conflict="all")

        assert AT_C.request(Sequencing(), USER, Broadcast("c")) == step(
            after(own.name, sent=1), Send(A, evolve(own, place=0)), Send(B, evolve(own, place=0)), Deliver(C, "c")
        )

    def test_takes_the_messages_of_a_sender_in_their_order(self) -> None:
        assert AT_C.receive(Sequencing(), A, SECOND) == step(after(held=(SECOND,)))
        step_of_both = AT_C.receive(after(held=(SECOND,)), A, FIRST)

        assert step_of_both is not None
        assert step_of_both.state == after(A0, A1)
        assert [each.message.place for each in step_of_both.effects if isinstance(each, Send)] == [0, 0, 1, 1]  # type: ignore[attr-defined]  # all are carried
        assert [each.message for each in step_of_both.effects if isinstance(each, Deliver)] == ["a", "x"]

    def test_gives_no_place_to_a_copy(self) -> None:
        assert AT_C.receive(after(A0), A, FIRST) is None


class TestReceiver:
    def test_hands_up_what_is_in_the_next_place_and_holds_the_rest(self) -> None:
        placed, later = evolve(FIRST, place=0), Carried(B0, "b", conflict="all", place=1)

        assert AT_A.receive(after(sent=1), C, later) == step(after(sent=1, held=(later,)))
        assert AT_A.receive(after(sent=1, held=(later,)), C, placed) == step(after(A0, B0, sent=1), Deliver(A, "a"), Deliver(B, "b"))

    def test_shows_the_sequencer_and_what_it_holds(self) -> None:
        assert AT_A.view(after(held=(SECOND,))) == OrderView(C, frozenset({A1}))


def test_without_crashes_no_message_depends_on_who_the_sequencer_is() -> None:
    report = explore(evolve(system(), promises=(spec.outlives_the_sequencer,)))

    assert report.verdict(spec.outlives_the_sequencer).status is Status.HOLDS


@pytest.mark.parametrize(
    ("orders", "holds"),
    [
        ((), []),
        (((A0,),), []),
        (((A0, B0), ()), [True]),
        (((A0, B0), (A0,)), [True]),
        (((A0, B0), (B0,)), [False]),
        (((A0, B0), (B0, A0), (A0,)), [False]),
    ],
)
def test_orders_are_one_where_of_any_two_one_begins_the_other(orders: tuple[tuple[Name, ...], ...], holds: list[bool]) -> None:
    assert [each.holds for each in in_one_order(orders)] == holds
