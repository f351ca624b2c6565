"""Raft's read index, input in and step out: whole steps, for every branch of what it adds to Raft."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.consensus.raft_read_index.deposed import TRUSTS_ITS_COMMIT
from concordant.refimpl.consensus.raft import Candidate, Follower, State
from concordant.refimpl.consensus.raft_read_index import Leader, Reading, Server, asks, is_left_behind
from concordant.refimpl.machine import Ask, Crash, Fire, Lose, Move, Receive, step
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.consensus import raft_read_index as spec
from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    AppendEntries,
    Command,
    Committed,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    NotLeader,
    Outdated,
    Position,
    Stored,
    Submit,
    Voted,
)
from concordant.spec.consensus.raft_read_index import Alive, Asked, Heartbeat, History, ServerView, written
from concordant.spec.consensus.shared.beginnings import beginning
from concordant.spec.vocabulary import Announce, Call, Crashed, Map, Reply, Send, Unknown, addresses

S0, S1, S2 = addresses("server", 3)
C0, C1 = addresses("client", 2)
SERVER = Server(S0, (S1, S2))
X1, B2, Y2 = Entry(1, Command(C0, 0, "x")), Entry(2, beginning(2, S0)), Entry(2, Command(C0, 1, "y"))
NEXT = Map.of({S1: 3, S2: 3})


def leader(commit: int = 2, *, round: int = 0, heard: Map[Any, int] = Map(), reads: tuple[Reading, ...] = ()) -> State:
    """A leader of term 2, whose disk has an entry of term 1, and that with which it has begun."""
    return State(2, S0, (X1, B2), commit, Leader(NEXT, Map.of({S0: 2, S1: 0, S2: 0}), Map(), round, heard, reads))


def test_a_leader_begins_its_term_with_an_entry_of_its_own() -> None:
    candidate = State(2, S0, (X1,), 0, Candidate(frozenset({S0})))
    leads = Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 0, S2: 0}))

    assert SERVER.receive(candidate, S1, Grant(2)) == step(
        State(2, S0, (X1, B2), 0, leads), Announce(Elected(2, frozenset({S0, S1}), (X1,))), Announce(Appended(2, B2))
    )
    assert SERVER.receive(leader(), S1, Grant(2)) is None
    assert Server(S0, (S1, S2, addresses("server", 4)[3])).receive(candidate, S1, Grant(2)) == step(
        evolve(candidate, role=Candidate(frozenset({S0, S1})))
    )


class TestReads:
    def test_a_leader_asks_in_a_new_round_whether_it_leads(self) -> None:
        waits = Reading(C0, 1), Reading(C1, 2)
        asked = Heartbeat(2, 2)

        assert SERVER.request(leader(round=1, reads=waits[:1]), C1, Read()) == step(
            leader(round=2, reads=waits), Send(S1, asked), Send(S2, asked)
        )

    @pytest.mark.parametrize(("commit", "begun"), [(0, False), (1, False), (2, True)])
    def test_and_until_the_first_entry_of_the_term_is_committed(self, commit: int, begun: bool) -> None:
        confirmed = leader(commit, round=1, reads=(Reading(C0, 1),))
        heard = SERVER.receive(confirmed, S1, Alive(2, 1))

        assert heard == (
            step(leader(commit, round=1, heard=Map.of({S1: 1})), Reply(C0, Value("x")))
            if begun
            else step(leader(commit, round=1, heard=Map.of({S1: 1}), reads=(Reading(C0, 1),)))
        )

    def test_it_is_answered_when_a_majority_has_confirmed_the_leader(self) -> None:
        waits = Reading(C0, 1), Reading(C1, 2)

        assert SERVER.receive(leader(round=2, reads=waits), S1, Alive(2, 1)) == step(
            leader(round=2, heard=Map.of({S1: 1}), reads=waits[1:]), Reply(C0, Value("x"))
        )

    def test_all_whom_one_answer_confirms_are_answered_at_once(self) -> None:
        waits, heard = (Reading(C0, 1), Reading(C1, 2)), Map.of({S1: 2})
        answered = step(leader(round=2, heard=heard), Reply(C0, Value("x")), Reply(C1, Value("x")))

        assert SERVER.receive(leader(round=2, reads=waits), S1, Alive(2, 2)) == answered

    def test_it_is_answered_when_what_it_waits_for_is_committed(self) -> None:
        confirmed = leader(0, round=1, heard=Map.of({S1: 1}), reads=(Reading(C0, 1),))
        stored = Leader(NEXT, Map.of({S0: 2, S1: 2, S2: 0}), Map(), 1, Map.of({S1: 1}))

        assert SERVER.receive(confirmed, S1, Stored(2, 2)) == step(
            State(2, S0, (X1, B2), 2, stored), Announce(Advanced(2, (X1, B2), frozenset({S0, S1}))), Reply(C0, Value("x"))
        )

    def test_a_server_alone_answers_at_once(self) -> None:
        alone = State(1, S0, (Entry(1, beginning(1, S0)),), 1, Leader(Map(), Map.of({S0: 1})))

        assert Server(S0, ()).request(alone, C0, Read()) == step(
            evolve(alone, role=Leader(Map(), Map.of({S0: 1}), round=1)), Reply(C0, Value(None))
        )

    @pytest.mark.parametrize(
        ("role", "hint"), [(Follower(S1), S1), (Follower(), None), (Candidate(frozenset({S0})), None)], ids=["follower", "new", "candidate"]
    )
    def test_whoever_does_not_lead_says_so(self, role: Follower | Candidate, hint: Any) -> None:
        state = State(2, S1, (X1,), 1, role)

        assert SERVER.request(state, C0, Read()) == step(state, Reply(C0, NotLeader(hint)))
        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, NotLeader(hint)))

    def test_a_leader_that_is_deposed_has_no_answer_to_reads(self) -> None:
        deposed = leader(round=1, reads=(Reading(C0, 1),))

        assert SERVER.receive(deposed, S1, Outdated(3)) == step(State(3, None, (X1, B2), 2), Reply(C0, NotLeader(None)))


class TestHeartbeats:
    def test_who_hears_one_answers_it_in_its_term(self) -> None:
        follower = State(2, S1, (X1,), 1, Follower(S1))

        assert SERVER.receive(follower, S1, Heartbeat(2, 3)) == step(follower, Send(S1, Alive(2, 3)))
        assert SERVER.receive(State(1, S0, (X1,), 1), S1, Heartbeat(2, 3)) == step(State(2, None, (X1,), 1), Send(S1, Alive(2, 3)))
        assert SERVER.receive(leader(), S1, Heartbeat(1, 1)) is None

    def test_old_answers_change_nothing(self) -> None:
        heard = leader(round=2, heard=Map.of({S1: 2}))

        assert SERVER.receive(heard, S1, Alive(2, 1)) == step(heard)
        assert SERVER.receive(heard, S1, Alive(1, 3)) is None

    def test_nor_does_one_to_who_no_longer_leads(self) -> None:
        assert SERVER.receive(State(2, S0, (X1,)), S1, Alive(2, 1)) is None

    def test_the_others_are_asked_while_somebody_waits(self) -> None:
        entries = AppendEntries(2, Position(2, 2), None, 2)
        waits = leader(round=1, reads=(Reading(C0, 1),))

        assert SERVER.fire(waits, Contact(S2)) == step(waits, Send(S2, entries), Send(S2, Heartbeat(2, 1)))
        assert SERVER.fire(leader(round=1), Contact(S2)) == step(leader(round=1), Send(S2, entries))


def test_a_register_holds_what_the_last_command_has_written() -> None:
    assert [written((X1, B2, Y2)[:length]) for length in range(4)] == [None, "x", "x", "y"]


class TestHistory:
    def test_it_knows_what_was_done_and_what_may_be(self) -> None:
        history = History(2).after(S0, C0, Submit(0, "x")).after(S0, S0, Reply(C0, Committed(1, 1)))
        asked = history.after(S0, C0, Read())

        assert spec.observed(history) == (Operation(C0, Write("x"), 0, 0, Done(), S0),)
        assert spec.observed(asked.after(S0, S0, Reply(C0, Value("x"))))[1:] == (Operation(C0, Read(), 1, 1, Value("x"), S0),)
        assert spec.observed(asked.after(S0, S0, Reply(C0, NotLeader(None)))) == spec.observed(history)
        assert spec.observed(history.after(S0, S0, Reply(C1, NotLeader(None)))) == spec.observed(history)

    def test_it_knows_who_waits_for_a_read_of_how_much(self) -> None:
        asked = History(2).after(S0, S0, Advanced(1, (X1,), frozenset({S0, S1}))).after(S0, C0, Read()).after(S1, C1, Read())

        other = Map.of({Call(C1, S1): Asked(1, 1)})
        assert asked.reads == other.put(Call(C0, S0), Asked(1, 1))
        assert asked.readers(S0) == {C0}
        assert asked.after(S0, S0, Crashed()).reads == asked.after(S0, S0, Reply(C0, Value("x"))).reads == other

    def test_it_knows_the_last_round_of_a_leader(self) -> None:
        led = History(2).after(S0, S0, Elected(1, frozenset({S0, S1}), ()))
        begun = (
            led.after(S0, S0, Send(S1, Heartbeat(1, 1))).after(S0, S0, Send(S1, Heartbeat(1, 2))).after(S1, S1, Send(S0, Heartbeat(1, 3)))
        )

        assert (led.last_round(S0), begun.last_round(S0)) == (0, 2)
        assert begun.after(S0, C0, Read()).reads == Map.of({Call(C0, S0): Asked(0, 3)})
        assert begun.after(S0, S0, Elected(2, frozenset({S0, S1}), ())).last_round(S0) == 0

    def test_it_knows_who_has_confirmed_a_leader_in_its_last_term(self) -> None:
        led = History(2).after(S0, S0, Elected(1, frozenset({S0, S1}), ())).after(S0, S0, Elected(3, frozenset({S0, S1}), ()))
        said = led.after(S1, S1, Send(S0, Alive(1, 3))).after(S2, S2, Send(S0, Alive(3, 2))).after(S1, S1, Send(S2, Alive(3, 3)))

        assert [said.confirmed(S0, round) for round in (2, 3)] == [{S2}, frozenset()]

    def test_it_knows_in_which_term_a_server_has_voted_last(self) -> None:
        voted = History(2).after(S0, S0, Voted(1, S1)).after(S0, S0, Voted(3, S0)).after(S1, S1, Voted(4, S1))

        assert [voted.last_vote(server) for server in (S0, S1, S2)] == [3, 4, 0]


def test_clauses_say_nothing_of_other_messages_nor_of_who_asks_for_no_read() -> None:
    view = ServerView(0, None, leads=False, log=(), commit=0)

    assert list(spec.a_round_is_true.cases(History(2), S0, Send(S1, Grant(1)))) == []
    assert list(spec.a_read_waits_at_a_leader.cases(view, S0, History(2))) == []


def test_a_command_is_answered_as_raft_does() -> None:
    history = History(2).after(S0, C0, Submit(0, "x"))

    assert [case.holds for case in spec.an_answer_is_true.cases(history, S0, Reply(C0, Committed(1, 1)))] == [False]
    assert [case.holds for case in spec.an_answer_is_true.cases(history, S0, Reply(C0, Unknown()))] == [False]


def test_who_is_left_behind_hears_nothing_of_later_terms_and_does_no_more_than_to_answer() -> None:
    may = is_left_behind(S0)

    def seen(commit: int, latest: int) -> Any:
        history = History(2) if latest == 0 else History(2).after(S1, S1, Voted(latest, S1))
        return SimpleNamespace(history=history, views=lambda _view: {S0: ServerView(1, S0, leads=True, log=(X1,), commit=commit)})

    def allowed(commit: int, latest: int, *moves: Move) -> list[bool]:
        return [may(move, seen(commit, latest)) for move in moves]

    own, later = Grant(1), Grant(2)
    moves = (
        Receive(S0, S1, own),
        Receive(S0, S1, later),
        Receive(S1, S0, later),
        Lose(S1, S0, own),
        Lose(S1, S0, later),
        Lose(S0, S1, later),
    )
    assert allowed(0, 1, *moves) == [True, False, True, False, True, False]
    assert allowed(0, 1, Ask(S0, C0, Read()), Ask(S1, C0, Read()), Crash(S0, None)) == [False, True, True]
    assert allowed(0, 2, Ask(S0, C0, Read())) == [True]
    triggers = Fire(S0, Contact(S1)), Fire(S1, Contact(S0)), Fire(S1, Contact(S2)), Fire(S1, Elect())
    assert allowed(0, 1, *triggers) == [True, False, False, False]
    assert allowed(1, 2, *triggers) == [False, False, True, True]


def test_a_client_writes_values_and_reads_where_there_is_none() -> None:
    assert asks(("x", None)) == ((Submit(0, "x"),), (Read(),))


def test_the_shortest_way_to_a_stale_read_of_a_new_leader_ends_so() -> None:
    clause = spec.linearizable
    trace = explore(TRUSTS_ITS_COMMIT.system, (clause,), until=clause).verdict(clause).trace or ()
    moves = tuple(frame.move for frame in trace)

    assert moves[10:13] == (Receive(S0, S1, Stored(1, 2)), Fire(S1, Elect()), Receive(S0, S1, moves[12].message))  # type: ignore[union-attr]
    assert moves[-1] == Receive(S1, S0, Alive(2, 1))
