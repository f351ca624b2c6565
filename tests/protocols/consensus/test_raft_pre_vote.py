"""Raft's pre-vote, input in and step out: whole steps, for every branch of every handler."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.consensus.raft_pre_vote import TAKES_OLD_ANSWERS
from concordant.refimpl.consensus.raft import Candidate, Follower, Leader, State
from concordant.refimpl.consensus.raft_pre_vote import Asking, Server
from concordant.refimpl.machine import Fire, Receive, step
from concordant.spec.consensus import raft_pre_vote as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Command,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    Mismatch,
    Outdated,
    Position,
    RequestVote,
    ServerView,
    Stored,
    Voted,
)
from concordant.spec.consensus.raft_pre_vote import History, LostTouch, PreVote, Willing
from concordant.spec.vocabulary import Announce, Crashed, Map, Send, addresses

S0, S1, S2 = addresses("server", 3)
SERVER = Server(S0, (S1, S2))
X1 = Entry(1, Command(addresses("client", 1)[0], 0, "x"))
LAST = Position(1, 1)
ASKS = State(1, S1, (X1,), 1, Asking(wanted_by=frozenset({S0})))
LEADS = State(2, S0, (X1,), 1, Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 0, S2: 0})))


class TestAsking:
    def test_a_server_asks_about_the_next_term_and_begins_none(self) -> None:
        asks = step(ASKS, Send(S1, PreVote(2, LAST)), Send(S2, PreVote(2, LAST)))

        assert SERVER.fire(evolve(ASKS, role=Follower()), Elect()) == asks
        assert SERVER.fire(evolve(ASKS, role=Candidate(frozenset({S0}))), Elect()) == asks

    def test_one_that_heard_from_a_leader_says_that_it_does_no_longer(self) -> None:
        follower = evolve(ASKS, role=Follower(S1))

        assert SERVER.fire(follower, Elect()) == step(ASKS, Announce(LostTouch()), Send(S1, PreVote(2, LAST)), Send(S2, PreVote(2, LAST)))

    def test_it_asks_again_who_has_not_answered(self) -> None:
        asks = evolve(ASKS, role=Asking(wanted_by=frozenset({S0, S2})))

        assert SERVER.armed(asks) == (Contact(S1),)
        assert SERVER.fire(asks, Contact(S1)) == step(asks, Send(S1, PreVote(2, LAST)))

    def test_what_is_not_about_asking_its_core_does(self) -> None:
        assert SERVER.armed(State()) == (Elect(),)
        assert SERVER.fire(LEADS, Contact(S1)) == step(LEADS, Send(S1, AppendEntries(2, LAST, None, 1)))

    def test_it_stands_once_a_majority_is_willing(self) -> None:
        stands = State(2, S0, (X1,), 1, Candidate(frozenset({S0})))

        assert SERVER.receive(ASKS, S2, Willing(2)) == step(
            stands, Announce(Voted(2, S0)), Send(S1, RequestVote(2, LAST)), Send(S2, RequestVote(2, LAST))
        )

    def test_it_counts_each_willing_server_once(self) -> None:
        wide = Server(S0, (S1, S2, *addresses("server", 5)[3:]))
        asks = evolve(ASKS, role=Asking(wanted_by=frozenset({S0, S1})))

        assert wide.receive(asks, S1, Willing(2)) == step(asks)

    def test_a_server_alone_leads_at_once(self) -> None:
        assert Server(S0, ()).fire(State(), Elect()) == step(
            State(1, S0, role=Leader(Map(), Map.of({S0: 0}))), Announce(Voted(1, S0)), Announce(Elected(1, frozenset({S0}), ()))
        )

    @pytest.mark.parametrize(("state", "term"), [(ASKS, 1), (ASKS, 3), (evolve(ASKS, role=Follower()), 2), (LEADS, 3)])
    def test_it_ignores_answers_about_other_terms_or_to_nothing(self, state: State, term: int) -> None:
        assert SERVER.receive(state, S1, Willing(term)) is None


class TestAnswering:
    @pytest.mark.parametrize("role", [Follower(), Asking(), Candidate(frozenset({S0}))])
    def test_who_hears_no_leader_is_willing_and_bound_to_nothing(self, role: Follower | Candidate) -> None:
        state = State(1, S0, (X1,), 0, role)

        assert SERVER.receive(state, S1, PreVote(2, LAST)) == step(state, Send(S1, Willing(2)))

    @pytest.mark.parametrize(
        ("state", "last"),
        [
            (State(1, S1, (X1,), 0, Follower(S2)), LAST),  # it hears from a leader
            (LEADS, LAST),
            (State(1, S1, (X1,)), Position(0, 0)),  # it has more
        ],
    )
    def test_it_is_silent_where_it_is_not_willing(self, state: State, last: Position) -> None:
        assert SERVER.receive(state, S1, PreVote(3, last)) is None

    def test_it_tells_who_asks_about_a_term_that_has_begun(self) -> None:
        assert SERVER.receive(LEADS, S1, PreVote(2, LAST)) == step(LEADS, Send(S1, Outdated(2)))

    def test_who_enters_a_later_term_hears_from_nobody_there(self) -> None:
        follower = State(1, S1, (X1,), 0, Follower(S2))

        assert SERVER.receive(follower, S1, RequestVote(2, LAST)) == step(
            State(2, S1, (X1,)), Announce(LostTouch()), Announce(Voted(2, S1)), Send(S1, Grant(2))
        )

    def test_a_leader_that_enters_a_later_term_leads_nobody_there(self) -> None:
        assert SERVER.receive(LEADS, S1, Outdated(3)) == step(State(3, None, (X1,), 1), Announce(LostTouch()))

    def test_who_asks_and_hears_from_a_leader_asks_no_longer(self) -> None:
        assert SERVER.receive(ASKS, S1, AppendEntries(1, LAST, None, 0)) == step(evolve(ASKS, role=Follower(S1)), Send(S1, Stored(1, 1)))


def test_history_knows_who_hears_from_a_leader() -> None:
    hears = History(2).after(S0, S0, Send(S1, Stored(1, 1))).after(S2, S2, Send(S1, Mismatch(1, 1)))

    assert hears.hearing == {S0, S2}
    assert hears.after(S0, S0, LostTouch()).hearing == {S2}
    assert hears.after(S0, S0, Crashed()).hearing == {S2}
    assert hears.after(S1, S1, LostTouch()).hearing == {S0, S2}
    assert hears.after(S1, S1, Elected(1, frozenset({S0, S1}), ())).hearing == {S0, S1, S2}


@pytest.mark.parametrize("happening", [Send(S1, Stored(1, 1)), Elected(1, frozenset({S0, S1}), ()), LostTouch(), Crashed()])
def test_history_knows_who_is_still_willing_with_the_log_that_it_had(happening: object) -> None:
    willing = History(2).after(S0, S0, Send(S1, Willing(1))).after(S2, S2, Send(S1, Willing(1)))

    assert willing.still_willing == willing.willing == {(1, S0, S1), (1, S2, S1)}
    assert willing.after(S0, S0, happening).still_willing == {(1, S2, S1)}
    assert willing.after(S0, S0, happening).willing == willing.willing


def test_history_knows_the_last_term_in_which_a_server_has_voted() -> None:
    voted = History(2).after(S0, S0, Voted(1, S1)).after(S0, S0, Voted(3, S0)).after(S1, S1, Voted(4, S1))

    assert [voted.cast(server) for server in (S0, S1, S2)] == [3, 4, 0]


def test_clauses_say_nothing_of_other_messages_or_before_anybody_has_asked() -> None:
    assert list(spec.a_candidate_is_wanted.cases(History(2), S0, Send(S1, Grant(1)))) == []
    assert list(spec.who_hears_a_leader_wants_no_other.cases(History(2), S0, Send(S1, Grant(1)))) == []
    assert list(spec.who_is_willing_was_asked.cases(History(2), S0, Send(S1, Grant(1)))) == []
    assert list(spec.who_is_behind_is_told_the_term.cases(History(2), S0, Send(S1, Grant(1)))) == []
    assert list(spec.a_term_begins_with_a_candidate.cases(ServerView(0, None, leads=False, log=(), commit=0), S0, History(2))) == []


def test_a_server_asks_in_vain_where_another_leads() -> None:
    history = History(2).after(S0, S0, Voted(1, S0)).after(S1, S1, Send(S2, PreVote(2, LAST)))

    def seen(leads: bool) -> Any:
        return SimpleNamespace(history=history, views=lambda _view: {S0: ServerView(1, S0, leads=leads, log=(), commit=0)})

    assert [case.holds for case in spec.a_server_asks_in_vain.cases(seen(True))] == [True]
    assert [case.holds for case in spec.a_server_asks_in_vain.cases(seen(False))] == [False]


def test_the_shortest_way_to_stand_unwanted_with_an_old_answer_is_this() -> None:
    clause = spec.a_candidate_is_wanted
    trace = explore(TAKES_OLD_ANSWERS.system, (clause,), until=clause).verdict(clause).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Fire(S0, Elect()),
        Receive(S1, S0, PreVote(1, Position(0, 0))),
        Receive(S0, S1, Willing(1)),
        Fire(S0, Elect()),
        Receive(S0, S1, Willing(1)),
    )
