"""Partial order, input in and step out; total and causal order as cases of it."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import Step, step
from concordant.refimpl.messaging.partial_ordering import A, B, C, Ordering, system
from concordant.refimpl.messaging.shared.sequencing import Sequencing
from concordant.spec.messaging import causal_ordering as causal
from concordant.spec.messaging import total_ordering as total
from concordant.spec.messaging.partial_ordering import UNKNOWN, Accepted, Related, related
from concordant.spec.messaging.shared.broadcasts import Broadcast, Broadcasts, Name
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Address, Deliver, Map, Network, Reply, Send

USER = Address("user")
AT_A, AT_C = Ordering(A, (B, C), C), Ordering(C, (A, B), C)
"""A process, and the sequencer."""
A0, B0, C0 = Name(A, 0), Name(B, 0), Name(C, 0)
ANSWER = Carried(B0, "b", frozenset({A0}))
OF_X = Carried(B0, "b", conflict="x")


def holding(*held: Carried) -> Sequencing:
    """Return a state in which messages are held, and none was handed up."""
    return Sequencing(held=Map.of((each.name, each) for each in held))


class TestSender:
    def test_sends_what_conflicts_with_nothing_to_all_and_hands_it_up_at_once(self) -> None:
        carried = Carried(A0, "a")

        assert AT_A.request(Sequencing(), USER, Related("a")) == step(
            Sequencing(1, frozenset({A0})), Reply(USER, Accepted(A0)), Send(B, carried), Send(C, carried), Deliver(A, "a")
        )

    def test_hands_what_conflicts_to_the_sequencer_which_gives_it_a_place_when_that_is_itself(self) -> None:
        own = Carried(C0, "c", conflict="x", place=0)

        assert AT_A.request(Sequencing(), USER, Related("a", conflict="x")) == step(
            Sequencing(1), Reply(USER, Accepted(A0)), Send(C, Carried(A0, "a", conflict="x"))
        )
        assert AT_C.request(Sequencing(), USER, Related("c", conflict="x")) == step(
            Sequencing(1, frozenset({C0}), places=Map.of({"x": 1})), Reply(USER, Accepted(C0)), Send(A, own), Send(B, own), Deliver(C, "c")
        )

    def test_refuses_what_comes_after_a_message_that_is_not_there(self) -> None:
        assert AT_A.request(Sequencing(), USER, Related("a", frozenset({B0}))) == step(Sequencing(), Reply(USER, UNKNOWN))


class TestReceiver:
    def test_holds_a_message_until_all_was_handed_up_that_it_comes_after(self) -> None:
        assert AT_C.receive(Sequencing(), B, ANSWER) == step(holding(ANSWER))
        assert AT_C.receive(holding(ANSWER), A, Carried(A0, "a")) == step(
            Sequencing(delivered=frozenset({A0, B0})), Deliver(A, "a"), Deliver(B, "b")
        )

    def test_counts_the_places_of_each_class(self) -> None:
        of_y = Sequencing(delivered=frozenset({C0}), places=Map.of({"y": 1}))
        placed = evolve(OF_X, place=0)

        assert AT_A.receive(of_y, C, placed) == step(
            Sequencing(delivered=frozenset({B0, C0}), places=Map.of({"x": 1, "y": 1})), Deliver(B, "b")
        )
        assert AT_A.receive(of_y, C, evolve(OF_X, place=1)) == step(evolve(of_y, held=Map.of({B0: evolve(OF_X, place=1)})))

    def test_drops_copies(self) -> None:
        assert AT_C.receive(Sequencing(delivered=frozenset({B0})), B, ANSWER) is None


def test_the_sequencer_gives_no_place_to_what_comes_after_a_message_that_it_lacks() -> None:
    conflicting = evolve(OF_X, after=frozenset({A0}))

    assert AT_C.receive(Sequencing(), B, conflicting) == step(holding(conflicting))


def test_what_was_never_sent_and_what_is_no_related_message_comes_after_nothing() -> None:
    history = Broadcasts().after(A, USER, Broadcast("a"))

    assert related(history, A0) == related(history, B0) == Related(None)


# ---- what no message can have: mypy would report it if it did not refuse it


def test_what_a_message_comes_after_is_not_said_anew_where_it_is_received() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'requirements'"):
        AT_A.receive(Sequencing(), B, ANSWER, requirements="partial")  # type: ignore[call-arg]  # POR-3


# ---- cases of partial order


class AfterEverything(Ordering):
    """Lets a message come after all that was handed up to its sender."""

    def request(self, state: Sequencing, client: Address, request: Related) -> Step[Sequencing]:  # type: ignore[override]  # no other is asked
        return Ordering.request(self, state, client, evolve(request, after=state.delivered))


COPIES = Network(duplicating=True)
EACH = ((A, Related("a")), (B, Related("b")), (B, Related("c")))


def test_after_all_that_was_handed_up_is_causal_order_and_after_nothing_is_not() -> None:
    def judged(ordering: type[Ordering]) -> Status:
        return explore(system(EACH, ordering=ordering, network=COPIES, promises=(causal.causal_order,))).verdicts[0].status

    assert judged(AfterEverything) is Status.HOLDS
    assert judged(Ordering) is Status.VIOLATED


def test_of_one_class_is_total_order_and_of_two_is_not() -> None:
    def judged(one: str, other: str) -> Status:
        asked = ((A, Related("a", conflict=one)), (B, Related("b", conflict=other)))
        return explore(system(asked, network=COPIES, promises=(total.total_order,))).verdicts[0].status

    assert judged("x", "x") is Status.HOLDS
    assert judged("x", "y") is Status.VIOLATED
