"""Strongly consistent memory, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.memory.dsm_strong.rounds import WITHOUT_WRITING_BACK
from concordant.refimpl.machine import Ask, Receive, step
from concordant.refimpl.memory.dsm_strong import Asking, Node, State, Storing
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.memory.dsm_eventual import CopyView, Stamp, Version
from concordant.spec.memory.dsm_strong import UNWRITTEN, Again, Known, Query, Served, Stamped, Stored, Update, linearizable
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, addresses

A, B, C = addresses("node", 3)
ANN, BOB = addresses("user", 2)
NODE = Node(A, (B, C))
OLD, NEW = Version(Stamp(1, B), "old"), Version(Stamp(2, A), "new")
READS = Asking(ANN, Read("x"), OLD, frozenset({A}))
WRITES = Asking(ANN, Write("new", "x"), OLD, frozenset({A}))
STORES = Storing(ANN, "x", NEW, Done(), frozenset({A}))


def state(*running: Asking | Storing, copy: Version | None = OLD) -> State:
    """Return a node whose operations are numbered from 1 in the order given."""
    return State(Map() if copy is None else Map.of({"x": copy}), len(running), Map.of(dict(enumerate(running, 1))))


def to_peers(message: object) -> tuple[Send, Send]:
    return Send(B, message), Send(C, message)


def test_asks_all_what_the_key_holds_itself_among_them() -> None:
    assert NODE.request(state(), ANN, Read("x")) == step(state(READS), *to_peers(Query(1, "x")))
    assert NODE.request(state(copy=None), ANN, Read("x")) == step(
        state(evolve(READS, latest=UNWRITTEN), copy=None), *to_peers(Query(1, "x"))
    )


def test_a_node_alone_is_a_majority() -> None:
    served = Version(Stamp(2, A), "new")

    assert Node(A, ()).request(state(), ANN, Write("new", "x")) == step(
        State(Map.of({"x": served}), 1), Announce(Stamped("x", served)), Announce(Served(ANN, served.stamp)), Reply(ANN, Done())
    )


def test_says_what_a_key_holds_and_stores_what_is_later() -> None:
    assert NODE.receive(state(), B, Query(7, "x")) == step(state(), Send(B, Known(7, OLD)))
    assert NODE.receive(state(), B, Query(7, "y")) == step(state(), Send(B, Known(7, UNWRITTEN)))
    assert NODE.receive(state(), B, Update(7, "x", NEW)) == step(state(copy=NEW), Send(B, Stored(7)))
    assert NODE.receive(state(copy=NEW), B, Update(7, "x", OLD)) == step(state(copy=NEW), Send(B, Stored(7)))


def test_stamps_a_write_later_than_what_a_majority_knows_and_stores_it() -> None:
    later = Version(Stamp(2, C), "other")
    written = Version(Stamp(3, A), "new")

    assert NODE.receive(state(WRITES), B, Known(1, OLD)) == step(
        state(STORES, copy=NEW), Announce(Stamped("x", NEW)), *to_peers(Update(1, "x", NEW))
    )
    assert NODE.receive(state(WRITES), B, Known(1, later)) == step(
        state(evolve(STORES, version=written), copy=written), Announce(Stamped("x", written)), *to_peers(Update(1, "x", written))
    )


def test_stamps_a_write_later_than_what_another_of_its_own_clients_has_written_meanwhile() -> None:
    second = Version(Stamp(3, A), "new")
    after = NODE.receive(state(STORES, evolve(WRITES, client=BOB), copy=NEW), B, Known(2, OLD))

    assert after == step(
        state(STORES, evolve(STORES, client=BOB, version=second), copy=second),
        Announce(Stamped("x", second)),
        *to_peers(Update(2, "x", second)),
    )


def test_stores_what_it_has_found_before_it_tells_it() -> None:
    found = Storing(ANN, "x", NEW, Value("new"), frozenset({A}))

    assert NODE.receive(state(READS), C, Known(1, NEW)) == step(state(found, copy=NEW), *to_peers(Update(1, "x", NEW)))
    assert NODE.receive(state(found, copy=NEW), B, Stored(1)) == step(
        evolve(state(copy=NEW), number=1), Announce(Served(ANN, NEW.stamp)), Reply(ANN, Value("new"))
    )


def test_takes_the_answers_of_one_node_for_one_and_a_late_one_for_none() -> None:
    wide = Node(A, (B, C, *addresses("other", 2)))
    heard = evolve(READS, heard=frozenset({A, B}))

    assert wide.receive(state(READS), B, Known(1, OLD)) == step(state(heard))
    assert wide.receive(state(heard), B, Known(1, OLD)) == step(state(heard))
    assert wide.receive(state(STORES), B, Stored(1)) == step(state(evolve(STORES, stored=frozenset({A, B}))))
    assert wide.receive(state(STORES), B, Known(1, OLD)) is None
    assert wide.receive(state(READS), B, Stored(1)) is None
    assert wide.receive(state(), B, Stored(1)) is None


@pytest.mark.parametrize(("running", "message"), [(READS, Query(1, "x")), (STORES, Update(1, "x", NEW))])
def test_asks_again_whoever_has_not_answered(running: Asking | Storing, message: object) -> None:
    heard = frozenset({A, B})
    waiting = evolve(running, heard=heard) if isinstance(running, Asking) else evolve(running, stored=heard)

    assert NODE.armed(state(running)) == (Again(1),)
    assert NODE.fire(state(running), Again(1)) == step(state(running), *to_peers(message))
    assert NODE.fire(state(waiting), Again(1)) == step(state(waiting), Send(C, message))
    assert NODE.armed(state()) == ()


def test_has_its_copy_and_the_number_of_its_last_operation_on_its_disk() -> None:
    left = evolve(state(), number=2)

    assert NODE.survives(state(READS, STORES)) == (left,)
    assert NODE.recover(left) == step(left)
    assert NODE.view(left) == CopyView(Map.of({"x": OLD}))


def test_the_shortest_way_to_read_backwards_without_writing_back_is_this() -> None:
    verdict = explore(WITHOUT_WRITING_BACK.system, (linearizable,), until=linearizable).verdict(linearizable)
    written = Version(Stamp(1, A), 1)

    assert tuple(frame.move for frame in verdict.trace or ()) == (
        Ask(A, Address("user", 0), Write(1)),
        Receive(B, A, Query(1, "")),
        Receive(A, B, Known(1, UNWRITTEN)),
        Ask(B, Address("user", 1), Read()),
        Receive(A, B, Query(1, "")),
        Receive(B, A, Known(1, written)),
        Ask(C, Address("user", 2), Read()),
        Receive(B, C, Query(1, "")),
        Receive(C, B, Known(1, UNWRITTEN)),
    )
