"""Raft's lease reads, input in and step out: whole steps, for every branch of what they add to the read index."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.refimpl.consensus import raft, raft_read_index
from concordant.refimpl.consensus.raft import Candidate, Follower
from concordant.refimpl.consensus.raft_lease_read import Server, State, takes_time
from concordant.refimpl.consensus.raft_read_index import Leader, Reading
from concordant.refimpl.machine import Ask, Fire, Move, Tick, step
from concordant.spec.common.consistency.objects import Read, Value
from concordant.spec.consensus import raft_lease_read as spec
from concordant.spec.consensus.raft import (
    Advanced,
    AppendEntries,
    Command,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    NotLeader,
    Outdated,
    Position,
    RequestVote,
    Submit,
    Voted,
)
from concordant.spec.consensus.raft_lease_read import History, Promise, Renew, ServerView
from concordant.spec.consensus.raft_read_index import Heartbeat
from concordant.spec.consensus.shared.beginnings import beginning
from concordant.spec.vocabulary import Announce, Map, Reply, Send, Ticked, addresses

S0, S1, S2 = addresses("server", 3)
(C0,) = addresses("client", 1)
SERVER = Server(raft_read_index.Server(S0, (S1, S2)), length=3, guard=1)
X1, B2 = Entry(1, Command(C0, 0, "x")), Entry(2, beginning(2, S0))
FOLLOWS = raft.State(2, S1, (X1,), 1, Follower(S1))
CLOCK = History(2, length=3)


def leader(commit: int = 2, *, now: int = 1, promised: Map[Any, int] = Map(), round: int = 0, reads: tuple[Reading, ...] = ()) -> State:
    """A leader of term 2, whose disk has an entry of term 1, and that with which it has begun."""
    role = Leader(Map.of({S1: 3, S2: 3}), Map.of({S0: 2, S1: 0, S2: 0}), Map(), round, Map(), reads)
    return State(raft.State(2, S0, (X1, B2), commit, role), now, 0, promised)


class TestReads:
    def test_a_leader_with_a_lease_answers_at_once(self) -> None:
        leased = leader(now=2, promised=Map.of({S1: 4}))

        assert SERVER.request(leased, C0, Read()) == step(leased, Reply(C0, Value("x")))

    @pytest.mark.parametrize(
        ("commit", "now", "promised"),
        [
            (1, 1, Map.of({S1: 4})),  # what it began with is not committed
            (2, 1, Map()),  # nobody has promised
            (2, 3, Map.of({S1: 4})),  # its clock shows the end less the guard
        ],
    )
    def test_without_one_it_asks_the_others(self, commit: int, now: int, promised: Map[Any, int]) -> None:
        asked = Heartbeat(2, 1)

        assert SERVER.request(leader(commit, now=now, promised=promised), C0, Read()) == step(
            leader(commit, now=now, promised=promised, round=1, reads=(Reading(C0, 1),)), Send(S1, asked), Send(S2, asked)
        )

    def test_whoever_does_not_lead_says_so(self) -> None:
        state = State(FOLLOWS)

        assert SERVER.request(state, C0, Read()) == step(state, Reply(C0, NotLeader(S1)))
        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, NotLeader(S1)))

    def test_what_it_was_promised_counts_in_its_term(self) -> None:
        deposed = SERVER.receive(leader(promised=Map.of({S1: 4})), S1, Outdated(3))

        assert deposed == step(State(raft.State(3, None, (X1, B2), 2), 1))


class TestPromises:
    def test_a_leader_asks_for_one_with_each_contact(self) -> None:
        assert SERVER.fire(leader(), Contact(S1)) == step(
            leader(), Send(S1, AppendEntries(2, Position(2, 2), None, 2)), Send(S1, Renew(2, 4))
        )

    def test_a_candidate_does_not(self) -> None:
        candidate = State(raft.State(2, S0, (), 0, Candidate(frozenset({S0}))), 1)

        assert SERVER.fire(candidate, Contact(S1)) == step(candidate, Send(S1, RequestVote(2, Position(0, 0))))

    def test_whoever_is_asked_promises(self) -> None:
        state = State(FOLLOWS, 1, 2)

        assert SERVER.receive(state, S1, Renew(2, 4)) == step(State(FOLLOWS, 1, 4), Send(S1, Promise(2, 4)))
        assert SERVER.receive(evolve(state, bound=5), S1, Renew(2, 4)) == step(State(FOLLOWS, 1, 5), Send(S1, Promise(2, 4)))

    def test_it_promises_nothing_in_another_term(self) -> None:
        assert SERVER.receive(State(FOLLOWS), S2, Renew(1, 4)) is None
        assert SERVER.receive(State(FOLLOWS), S2, Renew(3, 4)) is None

    def test_a_leader_notes_the_longest(self) -> None:
        once = leader(promised=Map.of({S1: 4}))

        assert SERVER.receive(leader(), S1, Promise(2, 4)) == step(once)
        assert SERVER.receive(once, S1, Promise(2, 3)) == step(once)
        assert SERVER.receive(once, S1, Promise(1, 9)) is None
        assert SERVER.view(once).promised == Map.of({S1: 4})

    @pytest.mark.parametrize(("now", "free"), [(1, False), (2, True)])
    def test_until_it_ends_a_server_neither_stands_nor_votes(self, now: int, free: bool) -> None:
        state = State(raft.State(1, S1, (X1,), 1, Follower(S1)), now, 2)
        voted = step(State(raft.State(2, S2, (X1,), 1), now, 2), Announce(Voted(2, S2)), Send(S2, Grant(2)))

        assert SERVER.armed(state) == ((Elect(),) if free else ())
        assert SERVER.receive(state, S2, RequestVote(2, Position(1, 1))) == (voted if free else None)

    def test_what_is_not_about_promises_its_core_does(self) -> None:
        assert SERVER.receive(State(FOLLOWS), S2, Grant(2)) is None
        assert SERVER.armed(leader()) == (Contact(S1), Contact(S2))


def test_a_clock_goes_on_and_a_promise_outlives_a_crash() -> None:
    state = State(FOLLOWS, 1, 3)

    assert SERVER.start() == step(State())
    assert SERVER.tick(state, 2) == step(State(FOLLOWS, 2, 3))
    assert SERVER.survives(state) == (State(raft.State(2, S1, (X1,)), 0, 3),)
    assert SERVER.recover(State(bound=3)) == step(State(bound=3))
    assert SERVER.view(state) == ServerView(2, S1, leads=False, log=(X1,), commit=1, bound=3)


def test_history_knows_clocks_and_promises() -> None:
    ticked = CLOCK.after(S0, S0, Ticked(2))
    bound = ticked.after(S1, S1, Send(S0, Promise(1, 4))).after(S1, S1, Send(S0, Promise(1, 3)))

    assert (ticked.now(S0), ticked.now(S1)) == (2, 0)
    assert bound.bound == Map.of({S1: 4})
    assert ticked.after(S0, S0, Send(S1, Renew(1, 5))).sought == {(1, S0, 5)}


@pytest.mark.parametrize(("now", "bound"), [(2, {S1}), (3, set())])
def test_it_knows_who_is_bound_to_a_leader_for_longer_than_the_guard(now: int, bound: set[Any]) -> None:
    led = History(2, length=3, guard=1).after(S0, S0, Elected(1, frozenset({S0, S1}), ())).after(S0, S0, Ticked(now))
    given = led.after(S1, S1, Send(S0, Promise(1, 4))).after(S2, S2, Send(S0, Promise(0, 9))).after(S2, S2, Send(S1, Promise(1, 9)))

    assert given.bound_to(S0) == bound


def test_clauses_say_nothing_of_other_messages_nor_of_who_has_not_promised() -> None:
    assert list(spec.a_promise_is_true.cases(CLOCK, S0, Send(S1, Grant(1)))) == []
    assert list(spec.who_has_promised_elects_nobody.cases(CLOCK, S0, Voted(1, S0))) == []


def test_clocks_go_on_between_two_leaders() -> None:
    may = takes_time(S0)

    def allowed(commit: int, history: History) -> list[bool]:
        seen: Any = SimpleNamespace(history=history, views=lambda _view: {S0: ServerView(1, S0, leads=True, log=(X1,), commit=commit)})
        moves: tuple[Move, ...] = Tick(S1, 1), Ask(S0, C0, Read()), Ask(S1, C0, Read()), Fire(S1, Elect())
        return [may(move, seen) for move in moves]

    first = CLOCK.after(S0, S0, Voted(1, S0))
    committed = first.after(S0, S0, Advanced(1, (X1, B2), frozenset({S0, S1})))
    assert allowed(0, first) == [False, False, True, True]
    assert allowed(1, first) == [True, False, True, True]
    assert allowed(1, committed.after(S1, S1, Voted(2, S1))) == [False, True, True, True]
    assert allowed(0, committed) == [False, True, True, False]
