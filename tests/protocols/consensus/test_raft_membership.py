"""Raft's change of membership, input in and step out: whole steps, for every branch of what it adds to Raft."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.refimpl.consensus.raft import Candidate, Follower, Leader, State
from concordant.refimpl.consensus.raft_membership import Server, asks
from concordant.refimpl.consensus.shared.beginnings import Beginner
from concordant.refimpl.machine import step
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import (
    Advanced,
    Appended,
    AppendEntries,
    Command,
    Commitment,
    Committed,
    Contact,
    Elect,
    Elected,
    Entry,
    Grant,
    Mismatch,
    NotLeader,
    Position,
    RequestVote,
    ServerView,
    Stored,
    Submit,
    Voted,
)
from concordant.spec.consensus.raft_membership import NOT_NOW, Change, Configuration, History, is_majority, members
from concordant.spec.consensus.shared.beginnings import beginning
from concordant.spec.vocabulary import Announce, Map, Reply, Send, Unknown, addresses

S0, S1, S2, S3 = addresses("server", 4)
C0, C1 = addresses("client", 2)
PAIR, TRIO = frozenset({S0, S1}), frozenset({S0, S1, S2})
SERVER = Server(Beginner(S0, ()), PAIR)
B1, X1 = Entry(1, beginning(1, S0)), Entry(1, Command(C0, 0, "x"))
TO_TRIO = Entry(1, Configuration(C0, 1, "", TRIO))


def leader(*log: Entry, commit: int = 1, role: Leader = Leader(Map.of({S1: 2}), Map.of({S0: 1, S1: 1}))) -> State:
    return State(1, S0, log, commit, role)


def test_members_are_those_of_the_latest_configuration() -> None:
    assert members((B1, X1), PAIR) == PAIR
    assert members((B1, TO_TRIO, X1), PAIR) == TRIO
    assert members((TO_TRIO, Entry(1, Configuration(C0, 2, "", PAIR))), PAIR) == PAIR


def test_a_majority_are_members_and_more_than_half() -> None:
    assert [is_majority(of, TRIO) for of in (PAIR, TRIO, frozenset({S0}), frozenset({S0, S3}))] == [True, True, False, False]
    assert not is_majority(frozenset({S0}), PAIR)


class TestChanges:
    def test_a_leader_appends_one_and_counts_the_new_members(self) -> None:
        role = Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 1, S2: 0}), Map.of({2: C0}))

        assert SERVER.request(leader(B1), C0, Change(1, TRIO)) == step(leader(B1, TO_TRIO, role=role), Announce(Appended(2, TO_TRIO)))

    def test_and_forgets_who_is_removed(self) -> None:
        role = Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 1, S2: 1}))
        alone = Server(Beginner(S0, ()), TRIO)
        entry = Entry(1, Configuration(C0, 0, "", PAIR))

        assert alone.request(leader(B1, role=role), C0, Change(0, PAIR)) == step(
            leader(B1, entry, role=Leader(Map.of({S1: 2}), Map.of({S0: 1, S1: 1}), Map.of({2: C0}))), Announce(Appended(2, entry))
        )

    @pytest.mark.parametrize(
        ("state", "asked"),
        [
            (leader(B1, commit=0), TRIO),  # nothing of its term is committed
            (evolve(leader(X1, Entry(2, beginning(2, S0))), term=2), TRIO),  # something of an earlier one is
            (leader(B1, TO_TRIO), TRIO | {S3}),  # its last change is not
            (leader(B1), TRIO | {S3}),  # two servers
            (leader(B1), PAIR),  # none
            (leader(B1), frozenset({S1})),  # itself
        ],
    )
    def test_it_puts_off_what_it_may_not_change(self, state: State, asked: frozenset[Any]) -> None:
        assert SERVER.request(state, C0, Change(1, asked)) == step(state, Reply(C0, NOT_NOW))

    def test_it_may_go_on_once_a_change_is_committed(self) -> None:
        assert SERVER.may_change(leader(B1, TO_TRIO, commit=2), TRIO | {S3})
        assert SERVER.may_change(leader(B1, TO_TRIO, commit=2), PAIR)

    @pytest.mark.parametrize(("role", "hint"), [(Follower(S1), S1), (Follower(), None), (Candidate(frozenset({S0})), None)])
    def test_whoever_does_not_lead_says_so(self, role: Follower | Candidate, hint: Any) -> None:
        state = State(1, S1, (), 0, role)

        assert SERVER.request(state, C0, Change(0, TRIO)) == step(state, Reply(C0, NotLeader(hint)))
        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, NotLeader(hint)))


class TestServing:
    def test_a_server_asks_the_members_by_its_log(self) -> None:
        asked = RequestVote(2, Position(1, 2))
        candidate = State(2, S0, (B1, TO_TRIO), 0, Candidate(frozenset({S0})))

        assert SERVER.fire(State(1, S0, (B1, TO_TRIO)), Elect()) == step(
            candidate, Announce(Voted(2, S0)), Send(S1, asked), Send(S2, asked)
        )
        assert SERVER.armed(candidate) == (Elect(), Contact(S1), Contact(S2))

    def test_who_is_no_member_does_not_stand_and_votes(self) -> None:
        newcomer = Server(Beginner(S2, ()), PAIR)

        assert newcomer.armed(State()) == ()
        assert newcomer.receive(State(), S0, RequestVote(1, Position(0, 0))) == step(
            State(1, S0), Announce(Voted(1, S0)), Send(S0, Grant(1))
        )

    def test_who_was_removed_by_its_log_does_not_stand_though_it_was_a_member(self) -> None:
        removed = Server(Beginner(S1, ()), PAIR)
        alone = Entry(1, Configuration(C0, 0, "", frozenset({S0})))

        assert removed.armed(State(1, S0, (B1, alone))) == ()
        assert removed.armed(State(1, S0, (B1, alone), 2)) == ()

    def test_it_votes_for_who_is_no_member_by_its_own_log(self) -> None:
        assert SERVER.receive(State(1, None, (B1,)), S2, RequestVote(2, Position(1, 2))) == step(
            State(2, S2, (B1,)), Announce(Voted(2, S2)), Send(S2, Grant(2))
        )

    def test_it_hears_a_leader_that_is_no_member_by_its_own_log(self) -> None:
        newcomer, sent = Server(Beginner(S2, ()), frozenset({S0})), AppendEntries(1, Position(0, 0), TO_TRIO, 0)

        assert newcomer.receive(State(), S1, sent) == step(State(1, None, (TO_TRIO,), 0, Follower(S1)), Send(S1, Stored(1, 1)))

    def test_it_leads_with_a_majority_of_them(self) -> None:
        candidate = State(2, S0, (TO_TRIO,), 0, Candidate(frozenset({S0})))
        begins = Entry(2, beginning(2, S0))
        leads = Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 0, S2: 0}))

        assert SERVER.receive(candidate, S2, Grant(2)) == step(
            State(2, S0, (TO_TRIO, begins), 0, leads), Announce(Elected(2, frozenset({S0, S2}), (TO_TRIO,))), Announce(Appended(2, begins))
        )

    def test_it_commits_with_a_majority_of_them(self) -> None:
        role = Leader(Map.of({S1: 2, S2: 1}), Map.of({S0: 2, S1: 1, S2: 0}), Map.of({2: C0}))
        after = Leader(Map.of({S1: 3, S2: 1}), Map.of({S0: 2, S1: 2, S2: 0}))

        assert SERVER.receive(leader(B1, TO_TRIO, role=role), S1, Stored(1, 2)) == step(
            leader(B1, TO_TRIO, commit=2, role=after),
            Announce(Advanced(1, (B1, TO_TRIO), frozenset({S0, S1}))),
            Reply(C0, Committed(2, 1)),
        )

    @pytest.mark.parametrize("message", [Stored(1, 1), Mismatch(1, 1)])
    def test_it_does_not_hear_who_was_removed(self, message: Stored | Mismatch) -> None:
        assert SERVER.receive(leader(B1), S2, message) is None

    def test_a_follower_goes_by_a_change_as_soon_as_it_has_it(self) -> None:
        follower = State(1, S1, (B1,), 0, Follower(S1))
        received = SERVER.receive(follower, S1, AppendEntries(1, Position(1, 1), TO_TRIO, 0))

        assert received == step(evolve(follower, log=(B1, TO_TRIO)), Send(S1, Stored(1, 2)))
        assert SERVER.members(received.state.log) == TRIO

    def test_what_a_crash_leaves_is_what_raft_keeps(self) -> None:
        assert SERVER.survives(leader(B1, X1)) == (State(1, S0, (B1,)), State(1, S0, (B1, X1)))
        assert SERVER.recover(State(1, S0)) == step(State(1, S0))
        assert SERVER.view(leader(B1)) == ServerView(1, S0, leads=True, log=(B1,), commit=1)


def test_a_client_asks_for_commands_and_changes() -> None:
    assert asks(("x", PAIR)) == ((Submit(0, "x"),), (Change(1, PAIR),))


class TestClauses:
    def test_history_knows_the_log_of_a_leader_and_whom_that_counts(self) -> None:
        elected = History(2, first=PAIR).after(S0, S0, Elected(1, PAIR, (B1,)))
        appended = elected.after(S0, S0, Appended(2, X1)).after(S0, S0, Appended(3, TO_TRIO))

        assert (elected.logs, elected.leading(S0)) == (Map.of({S0: (B1,)}), PAIR)
        assert (appended.logs, appended.leading(S0)) == (Map.of({S0: (B1, X1, TO_TRIO)}), TRIO)
        assert History(2, first=PAIR).after(S0, S0, Appended(1, TO_TRIO)).leading(S0) == TRIO
        assert elected.after(S1, S1, Send(S0, Stored(1, 1))).stored == {(S1, 1, 1)}

    def test_what_a_client_has_asked_for_may_be_in_a_log(self) -> None:
        history = History(2, first=PAIR).after(S0, C0, Change(1, TRIO)).after(S0, S0, Elected(1, PAIR, ()))

        assert history.possible() == {TO_TRIO.command, B1.command}

    def test_what_a_later_leader_has_committed_is_unknown_to_an_earlier_one(self) -> None:
        begun = History(2, first=PAIR, committed=(Commitment(B1, 1),), leaders=frozenset({(1, S0)}))
        later = evolve(begun, committed=(*begun.committed, Commitment(evolve(TO_TRIO, term=2), 2)))

        assert begun.may_change(S0, TRIO)
        assert later.may_change(S0, TRIO)

    def test_whoever_follows_names_the_leader(self) -> None:
        led = History(2, first=PAIR, votes=frozenset({(1, S0, S0)}), leaders=frozenset({(1, S0)}))
        stored = evolve(led, stored=frozenset({(S1, 1, 1)}))

        assert list(spec.whoever_follows_says_whom.cases(led, S1, Reply(C0, NotLeader(None)))) == []
        for hint, holds in ((S0, True), (S1, False), (None, False)):
            assert [case.holds for case in spec.whoever_follows_says_whom.cases(stored, S1, Reply(C0, NotLeader(hint)))] == [holds]

    def test_nobody_needs_to_be_answered_before_anybody_has_asked(self) -> None:
        assert list(spec.every_request_is_answered.cases(SimpleNamespace(history=History(2)))) == []

    def test_a_command_is_no_change(self) -> None:
        assert list(spec.one_change_at_a_time.cases(History(2), S0, Appended(1, X1))) == []

    @pytest.mark.parametrize(("answer", "holds"), [(Committed(1, 1), True), (Committed(2, 1), False), (NOT_NOW, True), (Unknown(), False)])
    def test_a_change_is_answered_by_where_it_is(self, answer: object, holds: bool) -> None:
        asked = History(2, first=PAIR, committed=(Commitment(TO_TRIO, 1),), leaders=frozenset({(1, S0)})).after(S0, C0, Change(1, TRIO))

        assert [case.holds for case in spec.an_answer_is_true.cases(asked, S0, Reply(C0, answer))] == [holds]

    def test_changes_are_told_by_what_they_leave(self) -> None:
        command = Commitment(X1, 1)

        def reached(clause: Any, first: frozenset[Any], *committed: Commitment) -> list[bool]:
            return [case.holds for case in clause.cases(SimpleNamespace(history=History(2, first=first, committed=committed)))]

        joined = Commitment(TO_TRIO, 1)
        assert reached(spec.a_server_joins, PAIR, command, joined) == [True]
        assert reached(spec.a_server_leaves, PAIR, command, joined) == [False]
        assert reached(spec.a_server_leaves, TRIO | {S3}, command, joined) == [True]
