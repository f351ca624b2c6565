"""Raft's log compaction, input in and step out: whole steps, for every branch of what it adds to Raft."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Candidate, Follower, Leader
from concordant.refimpl.consensus.raft_snapshot import Server, State, blanks, comes_back_late, only
from concordant.refimpl.machine import Ask, Crash, Fire, Lose, Move, step
from concordant.spec.consensus import raft_snapshot as spec
from concordant.spec.consensus.raft import (
    Appended,
    AppendEntries,
    Command,
    Commitment,
    Committed,
    Contact,
    Elect,
    Entry,
    Grant,
    NotLeader,
    Outdated,
    Position,
    RequestVote,
    Stored,
    Submit,
    Written,
)
from concordant.spec.consensus.raft_snapshot import Compact, History, Install, ServerView, Session, Snapshot, snapshot_of
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, Unknown, addresses

S0, S1, S2 = addresses("server", 3)
C0, C1 = addresses("client", 2)
SERVER = Server(raft.Server(S0, (S1, S2)))
X1, Y1, Z2 = Entry(1, Command(C0, 0, "x")), Entry(1, Command(C0, 1, "y")), Entry(2, Command(C1, 0, "z"))
ONE, TWO = snapshot_of((X1,)), snapshot_of((X1, Y1))
BLANK, BLANKS = blanks(Position(1, 1)), blanks(Position(1, 2))


def leader(
    log: tuple[Entry, ...] = (*BLANK, Y1),
    commit: int = 1,
    snapshot: Snapshot = ONE,
    next: int = 3,
    written: int = 2,
    waiting: Map[int, Address] = Map(),
) -> State:
    role = Leader(Map.of({S1: next, S2: next}), Map.of({S0: written, S1: 0, S2: 0}), waiting)
    return State(raft.State(2, S0, log, commit, role), snapshot)


def follower(log: tuple[Entry, ...] = (), commit: int = 0, snapshot: Snapshot = Snapshot()) -> State:
    return State(raft.State(2, S1, log, commit, Follower(S1)), snapshot)


def test_a_snapshot_is_where_a_log_ends_and_the_last_command_of_each_client() -> None:
    first = Session(1, Position(1, 2))

    assert snapshot_of((X1, Y1)) == Snapshot(Position(1, 2), Map.of({C0: first}), (X1, Y1))
    assert snapshot_of((X1, Y1, Z2)).sessions == Map.of({C0: first, C1: Session(0, Position(2, 3))})


class TestCompaction:
    def test_a_server_forgets_what_it_has_applied(self) -> None:
        assert SERVER.fire(follower((X1, Y1), 1), Compact()) == step(follower((*BLANK, Y1), 1, ONE))
        assert SERVER.fire(follower((*BLANK, Y1, Z2), 3, ONE), Compact()) == step(
            follower(blanks(Position(2, 3)), 3, snapshot_of((X1, Y1, Z2)))
        )

    @pytest.mark.parametrize(
        ("state", "may"),
        [
            (follower((X1,), 1), True),
            (follower((X1,), 0), False),  # nothing is applied
            (follower(BLANK, 1, ONE), False),  # nothing more is
            (leader(commit=2), True),
        ],
    )
    def test_it_does_so_when_there_is_something_to_forget(self, state: State, may: bool) -> None:
        assert (Compact() in SERVER.armed(state)) == may

    def test_what_else_is_armed_is_what_raft_arms(self) -> None:
        assert SERVER.armed(leader()) == (Contact(S1), Contact(S2))
        assert SERVER.armed(follower()) == (Elect(),)


class TestClients:
    def test_a_command_that_is_forgotten_is_known_by_its_session(self) -> None:
        state = leader(BLANK, 1, written=1)

        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, Committed(1, 1)))

    def test_one_that_comes_after_it_is_appended(self) -> None:
        entry = Entry(2, Y1.command)

        assert SERVER.request(leader(BLANK, 1, written=1), C0, Submit(1, "y")) == step(
            leader((*BLANK, entry), 1, written=1, waiting=Map.of({2: C0})), Announce(Appended(2, entry))
        )

    def test_whoever_knows_it_says_so_and_who_does_not_and_does_not_lead_says_that(self) -> None:
        state = follower(BLANK, 1, ONE)

        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, Committed(1, 1)))
        assert SERVER.request(state, C0, Submit(1, "y")) == step(state, Reply(C0, NotLeader(S1)))


class TestSending:
    def test_whoever_lacks_what_is_forgotten_is_sent_the_snapshot(self) -> None:
        assert SERVER.fire(leader(next=1), Contact(S1)) == step(leader(next=1), Send(S1, Install(2, ONE)))

    def test_whoever_lacks_what_follows_is_sent_that(self) -> None:
        assert SERVER.fire(leader(next=2), Contact(S1)) == step(leader(next=2), Send(S1, AppendEntries(2, Position(1, 1), Y1, 1)))

    def test_a_candidate_asks_for_votes_with_the_end_of_its_snapshot(self) -> None:
        candidate = State(raft.State(2, S0, BLANK, 1, Candidate(frozenset({S0}))), ONE)

        assert SERVER.fire(candidate, Contact(S1)) == step(candidate, Send(S1, RequestVote(2, Position(1, 1))))

    def test_other_triggers_are_those_of_raft(self) -> None:
        assert SERVER.fire(leader(written=1), Written()) == step(leader())


class TestReceiving:
    def test_a_snapshot_takes_the_place_of_a_log_without_it(self) -> None:
        assert SERVER.receive(follower(), S1, Install(2, ONE)) == step(follower(BLANK, 1, ONE), Send(S1, Stored(2, 1)))

    def test_and_of_one_that_has_another_entry_there(self) -> None:
        other = Entry(1, Command(C1, 0, "z"))

        assert SERVER.receive(follower((other, Y1)), S1, Install(2, snapshot_of((Z2,)))) == step(
            follower(blanks(Position(2, 1)), 1, snapshot_of((Z2,))), Send(S1, Stored(2, 1))
        )

    def test_what_follows_it_is_kept_where_it_fits(self) -> None:
        assert SERVER.receive(follower((X1, Y1)), S1, Install(2, ONE)) == step(follower((*BLANK, Y1), 1, ONE), Send(S1, Stored(2, 1)))

    @pytest.mark.parametrize(("state", "stored"), [(follower((*BLANK, Y1), 2, ONE), 1), (follower(BLANKS, 2, TWO), 2)])
    def test_an_old_one_is_acknowledged_and_changes_nothing(self, state: State, stored: int) -> None:
        assert SERVER.receive(state, S1, Install(2, ONE)) == step(state, Send(S1, Stored(2, stored)))

    def test_one_of_what_is_applied_takes_its_place(self) -> None:
        assert SERVER.receive(follower((X1, Y1), 2), S1, Install(2, ONE)) == step(follower((*BLANK, Y1), 2, ONE), Send(S1, Stored(2, 1)))

    def test_of_an_earlier_term_it_is_refused(self) -> None:
        assert SERVER.receive(follower(), S2, Install(1, ONE)) == step(follower(), Send(S2, Outdated(2)))

    def test_of_a_later_one_it_deposes(self) -> None:
        state = leader((X1,), 0, Snapshot(), written=1, waiting=Map.of({1: C0}))

        assert SERVER.receive(state, S1, Install(3, ONE)) == step(
            State(raft.State(3, None, BLANK, 1, Follower(S1)), ONE), Reply(C0, Unknown()), Send(S1, Stored(3, 1))
        )

    def test_an_entry_that_is_forgotten_is_acknowledged_to_the_end_of_the_snapshot(self) -> None:
        state = follower((*BLANKS, Z2), 2, TWO)

        assert SERVER.receive(state, S1, AppendEntries(2, Position(0, 0), X1, 0)) == step(state, Send(S1, Stored(2, 2)))
        assert SERVER.receive(state, S1, AppendEntries(2, Position(1, 1), Y1, 3)) == step(state, Send(S1, Stored(2, 2)))

    def test_one_that_follows_is_stored(self) -> None:
        assert SERVER.receive(follower(BLANK, 1, ONE), S1, AppendEntries(2, Position(1, 1), Y1, 1)) == step(
            follower((*BLANK, Y1), 1, ONE), Send(S1, Stored(2, 2))
        )

    def test_what_says_nothing_to_raft_says_nothing_here(self) -> None:
        assert SERVER.receive(follower(), S1, Grant(1)) is None


def test_a_crash_leaves_the_snapshot_and_what_of_the_log_is_written() -> None:
    state = leader((*BLANK, Y1), written=1)

    assert SERVER.start() == step(State())
    assert SERVER.survives(state) == (
        State(raft.State(2, S0, BLANK, 1), ONE),
        State(raft.State(2, S0, (*BLANK, Y1), 1), ONE),
    )
    assert set(SERVER.survives(leader(BLANKS, 2, TWO, written=1))) == {State(raft.State(2, S0, BLANKS, 2), TWO)}
    assert SERVER.recover(follower()) == step(follower())
    assert SERVER.view(leader()) == ServerView(2, S0, leads=True, log=(X1, Y1), commit=1, snapshot=ONE, blanks=1)


class TestClauses:
    COMMITTED = History(2, committed=(Commitment(X1, 1), Commitment(Y1, 1)), leaders=frozenset({(2, S1)}))

    def test_history_knows_who_was_sent_what(self) -> None:
        assert History(2).after(S0, S0, Send(S1, Install(1, TWO))).sent == {(S1, 2)}
        assert History(2).after(S0, S0, Send(S1, Grant(1))).sent == frozenset()

    def test_it_has_a_snapshot_of_what_is_committed(self) -> None:
        assert [self.COMMITTED.snapshot(index) for index in (1, 2, 3)] == [ONE, TWO, None]

    @pytest.mark.parametrize(
        ("by", "message", "holds"),
        [
            (S1, Install(2, ONE), [True]),
            (S1, Install(1, ONE), [False]),
            (S0, Install(2, ONE), [False]),
            (S1, Install(2, evolve(TWO, sessions=Map())), [False]),
            (S1, Install(2, snapshot_of((X1, Y1, Z2))), [False]),
            (S1, Grant(2), []),
        ],
    )
    def test_a_snapshot_is_sent_by_a_leader_of_what_is_committed(self, by: Any, message: Any, holds: list[bool]) -> None:
        cases = spec.what_is_sent_is_a_true_snapshot.cases(self.COMMITTED, by, Send(S2, message))

        assert [case.holds for case in cases] == holds


class TestAssumptions:
    def test_triggers_of_a_kind_fire_only_where_they_may(self) -> None:
        may = only(Compact, S0)

        assert [may(move, SimpleNamespace()) for move in (Fire(S0, Compact()), Fire(S1, Compact()), Fire(S1, Elect()))] == [
            True,
            False,
            True,
        ]

    def test_a_server_comes_back_once_the_first_leads_again(self) -> None:
        may = comes_back_late(S0)
        late = Crash(S1, State())
        moves: tuple[Move, ...] = Fire(S1, Elect()), Fire(S0, Compact()), Fire(S0, Contact(S1)), late

        def allowed(term: int, commit: int, snapshot: Snapshot) -> list[bool]:
            seen: Any = SimpleNamespace(
                views=lambda _view: {S0: ServerView(term, S0, leads=True, log=(), commit=commit, snapshot=snapshot, blanks=0)}
            )
            return [may(move, seen) for move in moves]

        assert allowed(1, 0, Snapshot()) == [False, False, True, False]
        assert allowed(1, 1, Snapshot()) == [False, True, False, False]
        assert allowed(1, 2, ONE) == [True, False, True, False]
        assert allowed(3, 2, ONE) == [True, False, True, True]
        assert not may(Lose(S0, S1, Grant(1)), SimpleNamespace(views=lambda _view: {S0: leader_view()}))
        assert may(Ask(S0, C0, Submit(0, "x")), SimpleNamespace(views=lambda _view: {S0: leader_view()}))


def leader_view() -> ServerView:
    return SERVER.view(leader())
