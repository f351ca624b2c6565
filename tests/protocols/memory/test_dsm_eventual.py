"""Eventually consistent memory, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import step
from concordant.refimpl.memory.dsm_eventual import A, B, C, Copy, Counting, Replica, system
from concordant.spec.memory import dsm_eventual as spec
from concordant.spec.memory.dsm_eventual import (
    Add,
    CopyView,
    Count,
    Delete,
    Exchange,
    Found,
    Heard,
    Missing,
    Nothing,
    Read,
    Session,
    Stamp,
    Sum,
    Update,
    Version,
    Write,
    Writes,
    Written,
    stamp_of,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Reply, Send

USER = Address("user")
NODE = Replica(B, (A, C))
COUNTING = Counting(B, (A, C))


def version(counter: int, node: Address, value: object) -> Version:
    return Version(Stamp(counter, node), value)


def copy(**versions: Version) -> Copy:
    return Copy(Map.of(versions))


OLD, NEW, GONE = version(1, A, 1), version(2, B, 2), version(3, A, Nothing())


class TestUsers:
    def test_a_write_is_stamped_above_what_is_known_of_the_key_and_told_to_all(self) -> None:
        first, second = Update(Map.of({"y": version(1, B, 2)})), Update(Map.of({"x": NEW}))

        assert NODE.request(copy(x=OLD), USER, Write("y", 2)) == step(
            copy(x=OLD, y=version(1, B, 2)),
            Announce(Heard("y", version(1, B, 2))),
            Reply(USER, Written(Stamp(1, B))),
            Send(A, first),
            Send(C, first),
        )
        assert NODE.request(copy(x=OLD), USER, Write("x", 2)) == step(
            copy(x=NEW), Announce(Heard("x", NEW)), Reply(USER, Written(Stamp(2, B))), Send(A, second), Send(C, second)
        )

    def test_to_delete_is_to_write_that_there_is_nothing(self) -> None:
        gone = version(2, B, Nothing())
        told = Update(Map.of({"x": gone}))

        assert NODE.request(copy(x=OLD), USER, Delete("x")) == step(
            copy(x=gone), Announce(Heard("x", gone)), Reply(USER, Written(Stamp(2, B))), Send(A, told), Send(C, told)
        )

    @pytest.mark.parametrize(
        ("state", "answer"), [(Copy(), Missing()), (copy(x=OLD), Found(OLD)), (copy(x=GONE, y=OLD), Missing(Stamp(3, A)))]
    )
    def test_a_read_is_answered_by_what_is_known_and_changes_nothing(self, state: Copy, answer: Found | Missing) -> None:
        assert NODE.request(state, USER, Read("x")) == step(state, Reply(USER, answer))

    def test_adds_to_the_part_of_its_own_and_counts_all_parts(self) -> None:
        parts = copy(node0=version(1, A, 5), node1=version(1, B, 2), text=version(1, A, "no number"))
        added = COUNTING.request(parts, USER, Add(-3))

        assert added.state == copy(node0=version(1, A, 5), node1=version(2, B, -1), text=version(1, A, "no number"))
        assert COUNTING.request(Copy(), USER, Add(3)).state == copy(node1=version(1, B, 3))
        assert COUNTING.request(parts, USER, Count()) == step(parts, Reply(USER, Sum(7)))
        assert COUNTING.request(parts, USER, Read("node0")) == NODE.request(parts, USER, Read("node0"))


class TestNodes:
    def test_keeps_of_each_key_the_version_with_the_greatest_stamp(self) -> None:
        told = Update(Map.of({"x": OLD, "y": OLD}))

        assert NODE.start() == step(Copy())
        assert NODE.receive(copy(x=NEW), A, told) == step(copy(x=NEW, y=OLD), Announce(Heard("x", OLD)), Announce(Heard("y", OLD)))
        assert NODE.receive(copy(x=OLD), A, Update(Map.of({"x": NEW}))) == step(copy(x=NEW), Announce(Heard("x", NEW)))

    def test_sends_a_peer_its_copy_when_it_is_time_and_it_has_one(self) -> None:
        assert NODE.armed(Copy()) == ()
        assert NODE.armed(copy(x=OLD)) == (Exchange(A), Exchange(C))
        assert Replica(B, (A,), exchanges=False).armed(copy(x=OLD)) == ()
        assert NODE.fire(copy(x=OLD), Exchange(C)) == step(copy(x=OLD), Send(C, Update(Map.of({"x": OLD}))))

    def test_a_crash_leaves_the_copy(self) -> None:
        assert NODE.survives(copy(x=OLD)) == (copy(x=OLD),)
        assert NODE.recover(copy(x=OLD)) == step(copy(x=OLD))
        assert NODE.view(copy(x=OLD)) == CopyView(Map.of({"x": OLD}))


class TestHistory:
    ASKED = Writes().after(A, USER, Write("x", 1)).after(A, A, Heard("x", OLD)).after(A, A, Reply(USER, Written(OLD.stamp)))

    def test_remembers_what_was_asked_heard_and_told(self) -> None:
        session = Session(USER, A, "x")

        assert (self.ASKED.asked, self.ASKED.heard_at(A), self.ASKED.heard_at(B)) == (
            Map.of({A: (Write("x", 1),)}),
            frozenset({Heard("x", OLD)}),
            frozenset(),
        )
        assert (self.ASKED.told, self.ASKED.written) == (Map.of({session: OLD.stamp}), Map.of({"x": OLD.stamp}))
        read = self.ASKED.after(A, USER, Read("x")).after(A, A, Reply(USER, Found(NEW)))
        assert (read.told, read.written) == (Map.of({session: NEW.stamp}), Map.of({"x": OLD.stamp})), "a read writes nothing"

    def test_what_is_told_of_no_key_or_without_a_stamp_is_of_no_session(self) -> None:
        counted = Writes().after(A, USER, Count()).after(A, A, Reply(USER, Sum(3)))
        added = Writes().after(A, USER, Add(1)).after(A, A, Reply(USER, Written(OLD.stamp)))

        assert [each.told for each in (counted, added)] == [Map(), Map()]
        assert [stamp_of(each) for each in (Sum(3), Missing(), Found(NEW))] == [None, None, NEW.stamp]

    def test_the_latest_of_what_a_node_has_heard_does_not_depend_on_the_order(self) -> None:
        heard = frozenset({Heard("x", NEW), Heard("x", OLD), Heard("y", OLD), Heard("x", GONE)})

        assert Writes(heard=Map.of({B: heard})).latest_at(B) == Map.of({"x": GONE, "y": OLD})

    def test_only_a_read_after_an_answered_write_can_be_stale(self) -> None:
        read = self.ASKED.after(B, USER, Read("x"))

        assert [each.holds for each in spec.reads_are_fresh.cases(read, B, Reply(USER, Missing()))] == [False]
        assert [each.holds for each in spec.reads_are_fresh.cases(read, B, Reply(USER, Found(OLD)))] == [True]
        assert list(spec.reads_are_fresh.cases(self.ASKED.after(B, USER, Read("y")), B, Reply(USER, Missing()))) == []

    def test_an_answer_that_nobody_waits_for_is_not_true(self) -> None:
        assert [each.holds for each in spec.answers_are_true.cases(Writes(), A, Reply(USER, Missing()))] == [False]


def test_without_losses_a_write_that_is_sent_once_reaches_all_and_with_one_it_does_not() -> None:
    def judged(network: Network) -> Status:
        alone = system(exchanges=False, network=network, faults=Faults())
        return explore(evolve(alone, promises=(spec.converges,))).verdict(spec.converges).status

    assert judged(Network()) is Status.HOLDS
    assert judged(Network(losses=1)) is Status.VIOLATED
