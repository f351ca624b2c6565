"""Raft's reads, input in and step out: whole steps, for every branch of every handler."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.consensus.raft_read_index import READS_TOO_SOON
from concordant.refimpl.consensus.raft import Candidate, Follower, State
from concordant.refimpl.consensus.raft_read_index import Pending, Reader, Server
from concordant.refimpl.machine import Ask, Fire, Receive, step
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Command,
    Committed,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    NotLeader,
    Position,
    RequestVote,
    Stored,
    Submit,
    Written,
)
from concordant.spec.consensus.raft_read_index import Confirm, Confirmed, Contents, History, NotYet, Read
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, Unknown, addresses

S0, S1, S2 = addresses("server", 3)
C0, R0, R1 = Address("client", 0), *addresses("reader", 2)
SERVER = Server(S0, (S1, S2))
X1, Y2 = Entry(1, Command(C0, 0, "x")), Entry(2, Command(C0, 1, "y"))
ROLE = Reader(Map.of({S1: 2, S2: 2}), Map.of({S0: 2, S1: 2, S2: 0}))
LEADS = State(2, S0, (X1, Y2), 2, ROLE)


def reading(*reads: tuple[Address, Pending], round: int = 1, **confirmed: int) -> State:
    """A leader with reads under way. `confirmed`: the last round in which each peer followed."""
    followed = Map.of({Address("server", int(name[1:])): number for name, number in confirmed.items()})
    return evolve(LEADS, role=evolve(ROLE, round=round, confirmed=followed, reads=Map.of(dict(reads))))


class TestReading:
    def test_a_leader_begins_a_round_for_a_read(self) -> None:
        assert SERVER.request(LEADS, R0, Read()) == step(reading((R0, Pending(1, 2))), Send(S1, Confirm(2, 1)), Send(S2, Confirm(2, 1)))

    def test_a_server_alone_answers_at_once(self) -> None:
        alone = State(2, S0, (X1, Y2), 2, Reader(Map(), Map.of({S0: 2})))

        assert Server(S0, ()).request(alone, R0, Read()) == step(
            evolve(alone, role=evolve(alone.role, round=1)), Reply(R0, Contents((X1, Y2)))
        )

    @pytest.mark.parametrize("commit", [0, 1])
    def test_who_has_committed_nothing_in_its_term_answers_nothing(self, commit: int) -> None:
        leads = evolve(LEADS, commit=commit)

        assert SERVER.request(leads, R0, Read()) == step(leads, Reply(R0, NotYet()))

    @pytest.mark.parametrize(
        ("state", "hint"), [(State(1, S1, role=Follower(S1)), S1), (State(1, S0, role=Candidate(frozenset({S0}))), None)]
    )
    def test_who_does_not_lead_says_who_may(self, state: State, hint: Address | None) -> None:
        assert SERVER.request(state, R0, Read()) == step(state, Reply(R0, NotLeader(hint)))

    def test_commands_are_for_the_core(self) -> None:
        assert SERVER.request(LEADS, C0, Submit(0, "x")) == step(LEADS, Reply(C0, Committed(1, 1)))


class TestRounds:
    def test_a_majority_that_has_confirmed_answers_what_was_committed_at_the_request(self) -> None:
        waits = reading((R0, Pending(1, 1)), (R1, Pending(2, 2)), round=2)

        assert SERVER.receive(waits, S1, Confirmed(2, 1)) == step(reading((R1, Pending(2, 2)), round=2, s1=1), Reply(R0, Contents((X1,))))

    def test_a_later_round_confirms_earlier_reads(self) -> None:
        waits = reading((R0, Pending(1, 1)), round=2)

        assert SERVER.receive(waits, S1, Confirmed(2, 2)) == step(reading(round=2, s1=2), Reply(R0, Contents((X1,))))

    def test_an_earlier_round_confirms_no_later_read(self) -> None:
        waits = reading((R0, Pending(2, 2)), round=2)

        assert SERVER.receive(waits, S1, Confirmed(2, 1)) == step(reading((R0, Pending(2, 2)), round=2, s1=1))

    @pytest.mark.parametrize(
        ("state", "message"), [(reading(round=2, s1=2), Confirmed(2, 2)), (LEADS, Confirmed(1, 1)), (State(2, S1), Confirmed(2, 1))]
    )
    def test_what_is_old_or_confirms_nothing_is_ignored(self, state: State, message: Confirmed) -> None:
        assert SERVER.receive(state, S1, message) is None

    def test_a_follower_confirms_and_knows_its_leader(self) -> None:
        assert SERVER.receive(State(2), S1, Confirm(2, 3)) == step(State(2, role=Follower(S1)), Send(S1, Confirmed(2, 3)))

    def test_a_later_term_deposes_and_reads_may_be_asked_elsewhere(self) -> None:
        role = evolve(ROLE, waiting=Map.of({2: C0}), reads=Map.of({R0: Pending(1, 2)}))

        assert SERVER.receive(evolve(LEADS, role=role), S1, Confirm(3, 1)) == step(
            State(3, None, (X1, Y2), 2, Follower(S1)), Reply(C0, Unknown()), Reply(R0, NotLeader(None)), Send(S1, Confirmed(3, 1))
        )

    def test_nobody_confirms_an_earlier_term(self) -> None:
        assert SERVER.receive(State(2), S1, Confirm(1, 1)) is None

    def test_a_leader_asks_again_while_somebody_reads(self) -> None:
        entry, waits = Send(S1, AppendEntries(2, Position(1, 1), Y2, 2)), reading((R0, Pending(1, 2)))

        assert SERVER.fire(LEADS, Contact(S1)) == step(LEADS, entry)
        assert SERVER.fire(waits, Contact(S1)) == step(waits, entry, Send(S1, Confirm(2, 1)))

    def test_whoever_is_elected_takes_reads(self) -> None:
        candidate = State(2, S0, (X1,), 1, Candidate(frozenset({S0})))
        takes = Reader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 0, S2: 0}))

        assert SERVER.receive(candidate, S2, Grant(2)) == step(State(2, S0, (X1,), 1, takes), Announce(Elected(2, frozenset({S0, S2}))))
        assert SERVER.receive(LEADS, S2, Grant(2)) is None


def test_a_read_begins_with_all_that_was_answered_before_to_whomever() -> None:
    told = History(2).after(S0, C0, Submit(0, "x")).after(S0, S0, Reply(C0, Committed(1, 1)))
    read = told.after(S0, R0, Read()).after(S0, S0, Reply(R0, Contents((X1, Y2))))

    assert read.floors == Map.of({R0: 1})
    assert read.after(S0, R1, Read()).floors == Map.of({R0: 1, R1: 2})
    assert read.after(S1, R1, Read()).after(S1, S1, Reply(R1, NotYet())).answered == 2


def test_no_answer_but_the_three_is_true() -> None:
    waits = History(1).after(S0, R0, Read())

    assert [case.holds for case in spec.a_read_is_true.cases(waits, S0, Reply(R0, Unknown()))] == [False]
    assert list(spec.a_read_is_true.cases(waits, S0, Reply(C0, Unknown()))) == []
    assert list(spec.linearizable_reads.cases(waits, S0, Reply(R0, NotYet()))) == []


def test_a_read_is_answered_where_its_reader_waits_no_longer() -> None:
    told = History(1).after(S0, C0, Submit(0, "x")).after(S0, S0, Reply(C0, Committed(1, 1))).after(S0, R0, Read())

    def reached(history: History) -> list[bool]:
        seen: Any = SimpleNamespace(history=history)
        return [case.holds for case in spec.a_read_is_answered.cases(seen)]

    assert reached(History(1)) == []
    assert reached(told) == [False]
    assert reached(told.after(S0, S0, Reply(R0, Contents((X1,))))) == [True]


def test_the_shortest_way_to_miss_what_an_earlier_leader_has_committed_is_this() -> None:
    clause = spec.linearizable_reads
    trace = explore(READS_TOO_SOON.system, (clause,), until=clause).verdict(clause).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Fire(S0, Elect()),
        Receive(S1, S0, RequestVote(1, Position(0, 0))),
        Receive(S0, S1, Grant(1)),
        Ask(S0, C0, Submit(0, "x")),
        Fire(S0, Written()),
        Fire(S0, Contact(S1)),
        Receive(S1, S0, AppendEntries(1, Position(0, 0), X1, 0)),
        Receive(S0, S1, Stored(1, 1)),
        Fire(S1, Elect()),
        Receive(S0, S1, RequestVote(2, Position(1, 1))),
        Receive(S1, S0, Grant(2)),
        Ask(S1, R0, Read()),
        Receive(S0, S1, Confirm(2, 1)),
        Receive(S1, S0, Confirmed(2, 1)),
    )
