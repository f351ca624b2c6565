"""Byzantine broadcast, input in and step out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.byzantine_broadcast import THREE_TIMES_F
from concordant.refimpl.consensus.byzantine_broadcast import TOO_MANY_LIARS, Done, Listening, Peer, Readied, system
from concordant.refimpl.consensus.shared.byzantine import Sizes, tells
from concordant.refimpl.machine import Forge, Receive, step
from concordant.spec.consensus.byzantine_broadcast import (
    Broadcast,
    Delivered,
    DeliveryView,
    Echo,
    Initial,
    Ready,
    agreement,
    what_an_honest_sender_did_not_say_is_not_delivered,
    what_an_honest_sender_says_is_delivered,
)
from concordant.spec.vocabulary import Address, Announce, Effect, Fault, Map, Send, addresses

P0, P1, P2, P3 = addresses("process", 4)
USER, STRANGER = Address("user"), Address("stranger")
PEER = Peer(P1, (P0, P2, P3), Sizes(4, 1))
SENDER = evolve(PEER, me=P0, peers=(P1, P2, P3))
LISTENING = Listening(Map.of({P1: "x", P2: "x"}), Map.of({P2: "x"}))


def to_peers(message: object) -> tuple[Effect, ...]:
    return Send(P0, message), Send(P2, message), Send(P3, message)


@pytest.mark.parametrize(
    ("members", "liars", "quorum", "witnesses", "lasting"),
    [(1, 0, 1, 1, 1), (4, 1, 3, 2, 3), (5, 1, 4, 2, 3), (6, 1, 4, 2, 3), (7, 2, 5, 3, 5)],
)
def test_sizes_are_those_of_malkhi_and_reiter(members: int, liars: int, quorum: int, witnesses: int, lasting: int) -> None:
    sizes = Sizes(members, liars)

    assert (sizes.quorum, sizes.witnesses, sizes.lasting) == (quorum, witnesses, lasting)


class TestPeer:
    def test_tells_all_what_it_is_asked_to_broadcast_and_echoes_it_itself(self) -> None:
        said = tuple(Send(peer, message) for message in (Initial("x"), Echo("x")) for peer in (P1, P2, P3))

        assert SENDER.start() == step(Listening())
        assert SENDER.request(Listening(), USER, Broadcast("x")) == step(Listening(Map.of({P0: "x"})), *said)

    @pytest.mark.parametrize("state", [Listening(Map.of({P0: "y"})), Readied("y", echoed=True, readies=frozenset({P0})), Done("y")])
    def test_broadcasts_once(self, state: Listening | Readied | Done) -> None:
        assert SENDER.request(state, USER, Broadcast("x")) is None

    def test_broadcasts_nothing_where_it_is_not_the_sender(self) -> None:
        assert PEER.request(Listening(), USER, Broadcast("x")) is None

    def test_echoes_what_the_sender_tells_it_first(self) -> None:
        echoed = Listening(Map.of({P1: "x"}))

        assert PEER.receive(Listening(), P0, Initial("x")) == step(echoed, *to_peers(Echo("x")))
        assert PEER.receive(echoed, P0, Initial("y")) is None
        assert PEER.receive(Listening(), P2, Initial("x")) is None

    def test_keeps_the_last_echo_of_each_process(self) -> None:
        assert PEER.receive(Listening(Map.of({P2: "y"})), P2, Echo("x")) == step(Listening(Map.of({P2: "x"})))

    def test_is_ready_for_what_a_quorum_has_echoed_its_own_echo_included(self) -> None:
        ready = Readied("x", echoed=True, readies=frozenset({P1, P2}))

        assert PEER.receive(LISTENING, P3, Echo("x")) == step(ready, *to_peers(Ready("x")))
        assert PEER.receive(LISTENING, P3, Echo("y")) == step(evolve(LISTENING, echoes=LISTENING.echoes.put(P3, "y")))

    def test_is_ready_when_two_others_are_and_echoes_all_the_same_when_it_is_told_something(self) -> None:
        ready = Readied("x", echoed=False, readies=frozenset({P1, P2}))
        heard = PEER.receive(Listening(), P2, Ready("x"))

        assert heard == step(Listening(readies=Map.of({P2: "x"})))
        assert PEER.receive(Listening(readies=Map.of({P2: "x"})), P3, Ready("x")) == step(
            Done("x"), *to_peers(Ready("x")), Announce(Delivered("x"))
        )
        assert PEER.receive(ready, P0, Initial("y")) == step(evolve(ready, echoed=True), *to_peers(Echo("y")))
        assert PEER.receive(evolve(ready, echoed=True), P0, Initial("y")) is None
        assert PEER.receive(ready, P3, Echo("x")) is None

    def test_delivers_when_three_are_ready_and_counts_each_once(self) -> None:
        ready = Readied("x", echoed=True, readies=frozenset({P1, P2}))

        assert PEER.receive(ready, P2, Ready("x")) == step(ready)
        assert PEER.receive(ready, P3, Ready("y")) is None
        assert PEER.receive(ready, P3, Ready("x")) == step(Done("x"), Announce(Delivered("x")))

    @pytest.mark.parametrize("message", [Initial("y"), Echo("y"), Ready("y")])
    def test_takes_nothing_from_strangers_nor_anything_once_it_has_delivered(self, message: Initial | Echo | Ready) -> None:
        assert PEER.receive(Listening(), STRANGER, message) is None
        assert PEER.receive(Done("x"), P0, message) is None

    def test_shows_what_it_has_delivered_also_when_it_has_stopped(self) -> None:
        states = (Listening(), Readied("x", echoed=True, readies=frozenset({P1})), Done("x"))

        assert [PEER.view(state) for state in states] == [DeliveryView(), DeliveryView(), DeliveryView("x")]
        assert [tuple(PEER.survives(state)) for state in states] == [(state,) for state in states]


def test_liars_say_anything_of_the_values_unless_it_is_said_what() -> None:
    built, told = system(liars=(P0,)), system(liars=(P0,), lies=tells((P1,), Ready("x")))

    assert tuple(built.byzantine[0].may_send(built.history)) == tells((P1, P2, P3), Initial("x"), Echo("x"), Ready("x"))
    assert tuple(told.byzantine[0].may_send(told.history)) == (Send(P1, Ready("x")),)


def test_with_three_processes_one_liar_makes_the_others_disagree_in_six_moves_if_two_are_a_quorum() -> None:
    trace = explore(THREE_TIMES_F.system, (agreement,), until=agreement).verdict(agreement).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Forge(P1, P0, Echo("x")),
        Forge(P1, P0, Initial("x")),
        Forge(P1, P0, Ready("x")),
        Forge(P2, P0, Echo("y")),
        Forge(P2, P0, Initial("y")),
        Forge(P2, P0, Ready("y")),
    )


def test_with_three_processes_of_which_one_lies_nothing_need_be_delivered_and_there_is_no_shorter_way() -> None:
    clause = TOO_MANY_LIARS.clause

    found = explore(TOO_MANY_LIARS.system, (clause,), until=clause).verdict(clause)

    assert (found.status, found.length, clause.under & Fault.BYZANTINE) == (Status.VIOLATED, 4, Fault.BYZANTINE)


def test_echo_and_ready_are_heard_in_any_order() -> None:
    first = PEER.receive(Listening(), P2, Ready("x"))
    second = PEER.receive(Listening(Map.of({P2: "x", P3: "x"})), P0, Initial("x"))

    assert first is not None
    assert second is not None
    assert second.state == Readied("x", echoed=True, readies=frozenset({P1}))
    assert Receive(P1, P2, Ready("x")).at == P1


def test_clauses_about_an_honest_sender_say_nothing_of_a_liar() -> None:
    lying: Any = SimpleNamespace(history=evolve(system(liars=(P0,)).history, asked=frozenset({"x"})))

    assert list(what_an_honest_sender_did_not_say_is_not_delivered.cases(lying.history, P1, Delivered("x"))) == []
    assert list(what_an_honest_sender_says_is_delivered.cases(lying)) == []
