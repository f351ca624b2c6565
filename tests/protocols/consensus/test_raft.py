"""Raft, input in and step out: whole steps, for every branch of every handler."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.consensus.raft.answering import FINDS_BY_VALUE
from concordant.refimpl.consensus.raft import Candidate, Follower, Leader, Server, State, asks_leaders, stands_in_turn, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import Ask, Fire, Move, step
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
    History,
    Log,
    Message,
    Mismatch,
    NotLeader,
    Outdated,
    Position,
    RequestVote,
    ServerView,
    Stored,
    Submit,
    Voted,
    Written,
    clauses,
)
from concordant.spec.consensus.raft.clauses import linearizable
from concordant.spec.vocabulary import Address, Announce, Crashed, Eventually, Faults, Map, Reply, Send, Unknown, addresses

S0, S1, S2, S3 = addresses("server", 4)
C0, C1 = addresses("client", 2)
SERVER = Server(S0, (S1, S2))
X, Y, Z = Command(C0, 0, "x"), Command(C1, 0, "y"), Command(C0, 1, "z")
X1, Y1, Y2, Z2 = Entry(1, X), Entry(1, Y), Entry(2, Y), Entry(2, Z)


def leader(log: Log, *, term: int = 2, commit: int = 0, own: int = 0, waiting: Map[int, Address] = Map()) -> State:
    """A leader whose disk has `own` entries; its peers have stored nothing that it knows of, and are sent the first entry next."""
    return State(term, S0, log, commit, Leader(Map.of({S1: 1, S2: 1}), Map.of({S0: own, S1: 0, S2: 0}), waiting))


class TestElections:
    def test_a_server_stands_in_a_new_term_votes_for_itself_and_asks_the_others(self) -> None:
        follower = State(1, S1, (X1,), 1, Follower(S1))
        asked = RequestVote(2, Position(1, 1))

        assert SERVER.fire(follower, Elect()) == step(
            State(2, S0, (X1,), 1, Candidate(frozenset({S0}))), Announce(Voted(2, S0)), Send(S1, asked), Send(S2, asked)
        )

    def test_a_server_alone_leads_as_soon_as_it_stands(self) -> None:
        assert Server(S0, ()).fire(State(), Elect()) == step(
            State(1, S0, role=Leader(Map(), Map.of({S0: 0}))), Announce(Voted(1, S0)), Announce(Elected(1, frozenset({S0}), ()))
        )

    def test_it_votes_for_a_candidate_whose_log_is_as_far_as_its_own(self) -> None:
        follower = State(2, None, (X1,))

        assert SERVER.receive(follower, S1, RequestVote(2, Position(1, 1))) == step(
            State(2, S1, (X1,)), Announce(Voted(2, S1)), Send(S1, Grant(2))
        )

    def test_it_votes_for_a_shorter_log_that_ends_in_a_later_term(self) -> None:
        assert SERVER.receive(State(3, None, (X1, Y1)), S1, RequestVote(3, Position(2, 1))) == step(
            State(3, S1, (X1, Y1)), Announce(Voted(3, S1)), Send(S1, Grant(3))
        )

    def test_it_grants_the_same_vote_again(self) -> None:
        voted = State(2, S1, (X1,))

        assert SERVER.receive(voted, S1, RequestVote(2, Position(1, 1))) == step(voted, Send(S1, Grant(2)))

    @pytest.mark.parametrize(
        ("state", "last"),
        [
            (State(2, S2), Position(0, 0)),  # it has voted for another
            (State(2, None, (X1,)), Position(0, 0)),  # it has more
            (State(2, None, (X1, Y1)), Position(1, 1)),
            (State(2, None, (Y2,)), Position(1, 5)),  # it has a later entry
        ],
    )
    def test_it_is_silent_where_it_may_not_vote(self, state: State, last: Position) -> None:
        assert SERVER.receive(state, S1, RequestVote(2, last)) is None

    def test_it_enters_a_later_term_even_if_it_does_not_vote_there(self) -> None:
        assert SERVER.receive(State(1, S0, (X1,)), S1, RequestVote(2, Position(0, 0))) == step(State(2, None, (X1,)))

    def test_it_tells_who_is_behind(self) -> None:
        state = State(2, S0)

        assert SERVER.receive(state, S1, RequestVote(1, Position(0, 0))) == step(state, Send(S1, Outdated(2)))
        assert SERVER.receive(state, S1, AppendEntries(1, Position(0, 0), None, 0)) == step(state, Send(S1, Outdated(2)))

    @pytest.mark.parametrize("message", [Grant(1), Stored(1, 1), Mismatch(1, 1), Outdated(1)])
    def test_it_ignores_answers_of_earlier_terms(self, message: Message) -> None:
        assert SERVER.receive(leader((X1,)), S1, message) is None

    def test_a_candidate_counts_each_voter_once(self) -> None:
        wide = Server(S0, (S1, S2, S3))
        candidate = State(1, S0, role=Candidate(frozenset({S0, S1})))

        assert wide.receive(candidate, S1, Grant(1)) == step(candidate)

    def test_and_no_vote_of_an_earlier_term(self) -> None:
        assert SERVER.receive(State(2, S0, role=Candidate(frozenset({S0}))), S1, Grant(1)) is None

    def test_when_it_stands_again_it_has_its_own_vote_alone(self) -> None:
        wide = Server(S0, (S1, S2, S3))
        again = wide.fire(State(1, S0, role=Candidate(frozenset({S0, S1}))), Elect())

        assert again.state == State(2, S0, role=Candidate(frozenset({S0})))

    def test_it_leads_with_the_votes_of_a_majority_and_begins_at_the_end_of_its_log(self) -> None:
        candidate = State(2, S0, (X1,), 1, Candidate(frozenset({S0})))
        leads = Leader(Map.of({S1: 2, S2: 2}), Map.of({S0: 1, S1: 0, S2: 0}))

        assert SERVER.receive(candidate, S2, Grant(2)) == step(
            State(2, S0, (X1,), 1, leads), Announce(Elected(2, frozenset({S0, S2}), (X1,)))
        )

    def test_a_vote_that_comes_after_the_election_changes_nothing(self) -> None:
        assert SERVER.receive(leader(()), S2, Grant(2)) is None

    def test_a_leader_that_is_deposed_does_not_know_what_becomes_of_those_who_wait(self) -> None:
        deposed = SERVER.receive(leader((Y2,), waiting=Map.of({1: C1})), S1, Outdated(3))

        assert deposed == step(State(3, None, (Y2,)), Reply(C1, Unknown()))

    def test_nobody_is_deposed_by_its_own_term(self) -> None:
        assert SERVER.receive(leader(()), S1, Outdated(2)) is None


class TestReplication:
    def test_a_leader_may_send_all_of_its_log(self) -> None:
        candidate = State(2, S0, (X1,), 0, Candidate(frozenset({S0})))
        leads = Leader(Map.of({S1: 1, S2: 1}), Map.of({S0: 1, S1: 0, S2: 0}))
        every = SendsAll(S0, (S1, S2))

        assert every.receive(candidate, S2, Grant(2)) == step(
            State(2, S0, (X1,), 0, leads), Announce(Elected(2, frozenset({S0, S2}), (X1,)))
        )
        assert every.receive(State(2, S1), S2, Grant(2)) is None

    def test_a_leader_sends_the_entry_that_is_next_behind_the_one_before(self) -> None:
        state = evolve(leader((X1, Y2), commit=1), role=Leader(Map.of({S1: 2, S2: 3}), Map.of({S0: 2, S1: 1, S2: 2})))

        assert SERVER.fire(state, Contact(S1)) == step(state, Send(S1, AppendEntries(2, Position(1, 1), Y2, 1)))
        assert SERVER.fire(state, Contact(S2)) == step(state, Send(S2, AppendEntries(2, Position(2, 2), None, 1)))

    def test_a_candidate_asks_again_who_has_not_voted(self) -> None:
        candidate = State(2, S0, (X1,), 0, Candidate(frozenset({S0, S2})))

        assert SERVER.armed(candidate) == (Elect(), Contact(S1))
        assert SERVER.fire(candidate, Contact(S1)) == step(candidate, Send(S1, RequestVote(2, Position(1, 1))))

    def test_who_may_do_what(self) -> None:
        assert SERVER.armed(State()) == (Elect(),)
        assert SERVER.armed(leader((Y2,))) == (Written(), Contact(S1), Contact(S2))
        assert SERVER.armed(leader((Y2,), own=1)) == (Contact(S1), Contact(S2))

    def test_a_follower_stores_an_entry_that_fits_and_commits_as_far_as_it_agrees(self) -> None:
        stored = SERVER.receive(State(2, S1, (X1,)), S1, AppendEntries(2, Position(1, 1), Y2, 5))

        assert stored == step(State(2, S1, (X1, Y2), 2, Follower(S1)), Send(S1, Stored(2, 2)))

    def test_it_commits_nothing_that_stands_behind_what_it_was_sent(self) -> None:
        stored = SERVER.receive(State(2, S1, (X1, Y1)), S1, AppendEntries(2, Position(0, 0), X1, 2))

        assert stored == step(State(2, S1, (X1, Y1), 1, Follower(S1)), Send(S1, Stored(2, 1)))

    def test_a_new_entry_replaces_another_and_what_follows_it(self) -> None:
        stored = SERVER.receive(State(2, S1, (X1, Y1), 0), S1, AppendEntries(2, Position(0, 0), Y2, 0))

        assert stored == step(State(2, S1, (Y2,), 0, Follower(S1)), Send(S1, Stored(2, 1)))

    @pytest.mark.parametrize(
        ("message", "index"), [(AppendEntries(2, Position(0, 0), X1, 0), 1), (AppendEntries(2, Position(0, 0), None, 0), 0)]
    )
    def test_an_old_message_shortens_neither_the_log_nor_what_is_committed(self, message: AppendEntries, index: int) -> None:
        state = State(2, S1, (X1, Y2), 2, Follower(S1))

        assert SERVER.receive(state, S1, message) == step(state, Send(S1, Stored(2, index)))

    @pytest.mark.parametrize("previous", [Position(1, 2), Position(2, 1)])
    def test_a_follower_without_the_entry_before_says_so(self, previous: Position) -> None:
        refused = SERVER.receive(State(2, S1, (X1,)), S1, AppendEntries(2, previous, Z2, 1))

        assert refused == step(State(2, S1, (X1,), 0, Follower(S1)), Send(S1, Mismatch(2, previous.index)))

    def test_a_candidate_follows_whoever_was_elected_in_its_term(self) -> None:
        candidate = State(2, S0, (), 0, Candidate(frozenset({S0})))

        assert SERVER.receive(candidate, S1, AppendEntries(2, Position(0, 0), None, 0)) == step(
            State(2, S0, (), 0, Follower(S1)), Send(S1, Stored(2, 0))
        )

    def test_a_leader_goes_back_where_a_peer_lacks_the_entry_before(self) -> None:
        state = evolve(leader((X1, Y2)), role=Leader(Map.of({S1: 3, S2: 3}), Map.of({S0: 2, S1: 0, S2: 0})))

        assert SERVER.receive(state, S1, Mismatch(2, 2)) == step(
            evolve(state, role=Leader(Map.of({S1: 2, S2: 3}), Map.of({S0: 2, S1: 0, S2: 0})))
        )

    @pytest.mark.parametrize("message", [Mismatch(2, 2), Mismatch(2, 1), Stored(2, 1), Stored(2, 0)])
    def test_a_leader_ignores_what_it_knows_better(self, message: Message) -> None:
        state = evolve(leader((X1, Y2)), role=Leader(Map.of({S1: 2, S2: 3}), Map.of({S0: 2, S1: 1, S2: 0})))

        assert SERVER.receive(state, S1, message) is None

    @pytest.mark.parametrize("message", [Mismatch(2, 1), Stored(2, 1), Grant(2)])
    def test_a_follower_ignores_what_is_said_to_leaders(self, message: Message) -> None:
        assert SERVER.receive(State(2, S0), S1, message) is None

    def test_a_leader_commits_what_a_majority_stores_and_answers_who_waits_for_it(self) -> None:
        state = leader((X1, Y2, Z2), own=3, waiting=Map.of({2: C1, 3: C0}))
        after = evolve(leader((X1, Y2, Z2), commit=2), role=Leader(Map.of({S1: 3, S2: 1}), Map.of({S0: 3, S1: 2, S2: 0}), Map.of({3: C0})))

        assert SERVER.receive(state, S1, Stored(2, 2)) == step(
            after, Announce(Advanced(2, (X1, Y2), frozenset({S0, S1}))), Reply(C1, Committed(2, 2))
        )

    def test_its_own_copy_counts_once_its_disk_has_it(self) -> None:
        role = Leader(Map.of({S1: 2, S2: 1}), Map.of({S0: 0, S1: 1, S2: 0}), Map.of({1: C1}))
        counted = Leader(Map.of({S1: 2, S2: 1}), Map.of({S0: 1, S1: 1, S2: 0}))

        assert SERVER.fire(State(2, S0, (Y2,), 0, role), Written()) == step(
            State(2, S0, (Y2,), 1, counted), Announce(Advanced(2, (Y2,), frozenset({S0, S1}))), Reply(C1, Committed(1, 2))
        )

    def test_half_of_four_servers_do_not_commit(self) -> None:
        role = Leader(Map.of({S1: 1, S2: 1, S3: 1}), Map.of({S0: 1, S1: 0, S2: 0, S3: 0}))
        counted = Leader(Map.of({S1: 2, S2: 1, S3: 1}), Map.of({S0: 1, S1: 1, S2: 0, S3: 0}))
        stored = Server(S0, (S1, S2, S3)).receive(State(2, S0, (Y2,), 0, role), S1, Stored(2, 1))

        assert stored == step(State(2, S0, (Y2,), 0, counted))

    def test_an_entry_of_an_earlier_term_is_not_committed_by_itself(self) -> None:
        stored = SERVER.receive(leader((X1,), own=1), S1, Stored(2, 1))

        assert stored == step(State(2, S0, (X1,), 0, Leader(Map.of({S1: 2, S2: 1}), Map.of({S0: 1, S1: 1, S2: 0}))))


class TestClients:
    def test_a_leader_appends_a_command_and_remembers_who_waits(self) -> None:
        appended = SERVER.request(leader((X1,)), C1, Submit(0, "y"))

        assert appended == step(leader((X1, Y2), waiting=Map.of({2: C1})), Announce(Appended(2, Y2)))

    def test_a_command_that_stands_already_is_not_appended_again(self) -> None:
        assert SERVER.request(leader((X1,)), C0, Submit(0, "x")) == step(leader((X1,), waiting=Map.of({1: C0})))

    def test_a_command_that_is_committed_already_is_answered_at_once(self) -> None:
        state = leader((X1,), commit=1)

        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, Committed(1, 1)))

    @pytest.mark.parametrize(
        ("state", "hint"), [(State(), None), (State(1, S1, role=Follower(S1)), S1), (State(1, S0, role=Candidate(frozenset({S0}))), None)]
    )
    def test_who_does_not_lead_says_who_may(self, state: State, hint: Address | None) -> None:
        assert SERVER.request(state, C0, Submit(0, "x")) == step(state, Reply(C0, NotLeader(hint)))


class TestCrashes:
    def test_term_vote_and_log_survive(self) -> None:
        state = State(2, S1, (X1, Y2), 1, Follower(S1))

        assert tuple(SERVER.survives(state)) == (State(2, S1, (X1, Y2)),)
        assert SERVER.recover(State(2, S1, (X1, Y2))) == step(State(2, S1, (X1, Y2)))

    def test_a_candidate_comes_back_as_none(self) -> None:
        assert tuple(SERVER.survives(State(2, S0, (X1,), 1, Candidate(frozenset({S0}))))) == (State(2, S0, (X1,)),)

    def test_of_what_the_disk_of_a_leader_need_not_have_any_end_may_be_lost(self) -> None:
        assert tuple(SERVER.survives(leader((X1, Y2, Z2), own=1))) == (
            State(2, S0, (X1,)),
            State(2, S0, (X1, Y2)),
            State(2, S0, (X1, Y2, Z2)),
        )

    def test_it_shows_whether_it_leads(self) -> None:
        assert [SERVER.view(state) for state in (State(1, S1, (X1,), 1), leader((X1,)))] == [
            ServerView(1, S1, leads=False, log=(X1,), commit=1),
            ServerView(2, S0, leads=True, log=(X1,), commit=0),
        ]


def asked(history: History, client: Address, at: Address, number: int, value: str) -> History:
    """The history after one more request."""
    return history.after(at, client, Submit(number, value))


def test_what_was_asked_may_be_in_a_log_unless_every_answer_was_no() -> None:
    waits = asked(asked(History(2), C0, S0, 0, "x"), C1, S1, 0, "y")

    assert waits.possible() == {X, Y}
    assert waits.after(S0, S0, Reply(C0, NotLeader(None))).possible() == {Y}
    assert waits.after(S0, S0, Reply(C0, Unknown())).possible() == {X, Y}
    assert waits.after(S0, S0, Crashed()).possible() == {X, Y}


def test_a_command_that_is_asked_for_again_began_when_it_was_first_asked_for() -> None:
    first = asked(History(1), C0, S0, 0, "x").after(S0, S0, Reply(C0, Unknown()))
    other = asked(first, C1, S1, 0, "y").after(S1, S1, Reply(C1, Committed(1, 1)))

    assert asked(asked(other, C0, S1, 0, "x"), C1, S1, 1, "z").asked == Map.of({X: 0, Y: 0, Command(C1, 1, "z"): 1})


def test_the_term_of_a_commitment_is_the_first_in_which_it_was_committed() -> None:
    first = History(1).after(S0, S0, Advanced(1, (X1,), frozenset({S0})))

    assert first.after(S1, S1, Advanced(2, (X1, Y2), frozenset({S1}))).committed == (Commitment(X1, 1), Commitment(Y2, 2))


def test_the_shortest_way_to_lose_a_command_that_is_like_another_is_this() -> None:
    report = explore(FINDS_BY_VALUE.system, (linearizable,), until=linearizable)

    assert tuple(frame.move for frame in report.verdict(linearizable).trace or ()) == (
        Fire(S0, Elect()),
        Ask(S0, C0, Submit(0, "x")),
        Fire(S0, Written()),
        Ask(S0, C0, Submit(1, "x")),
    )


def seen(history: History, up: int, **views: ServerView) -> Any:
    """A state in which the first servers are up."""
    servers = {Address("server", int(name[1:])): view for name, view in views.items()}
    return SimpleNamespace(history=history, views=lambda _view: servers, up=lambda who: who.number < up, waiting=lambda: ())


def shown(*log: Entry, term: int = 0) -> ServerView:
    return ServerView(term, None, leads=False, log=log, commit=0)


def test_who_stands_in_turn_stands_in_its_own_terms_alone() -> None:
    in_turn = stands_in_turn((S0, S1))
    moves = [Fire(S0, Elect()), Fire(S1, Elect()), Fire(S1, Contact(S0))]

    def allowed(term: int) -> list[bool]:
        return [in_turn(move, seen(History(2), 2, s0=shown(term=term), s1=shown(term=term))) for move in moves]

    assert [allowed(term) for term in (0, 1, 2)] == [[True, False, True], [False, True, True], [False, False, True]]


def test_who_is_informed_asks_only_who_leads() -> None:
    moves: list[Move] = [*(Ask(at, C0, Submit(0, "x")) for at in (S0, S1)), Fire(S0, Elect())]
    views = {"s0": shown(), "s1": evolve(shown(), leads=True)}

    assert system(informed=True).assume == (asks_leaders,)
    assert [asks_leaders(move, seen(History(2), 2, **views)) for move in moves] == [False, True, True]


def test_those_who_neither_stand_nor_crash_nor_are_asked_by_name_are_interchangeable() -> None:
    assert system(servers=4).symmetric == (((S0,), (S1,), (S2,), (S3,)),)
    assert system(servers=4, candidates=(S0, S0)).symmetric == (((S1,), (S2,), (S3,)),)
    assert system(servers=4, candidates=(S0,), asked=((S1,),)).symmetric == (((S2,), (S3,)),)
    assert system(servers=4, faults=Faults(crashes=1, who=(S3,))).symmetric == (((S0,), (S1,), (S2,)),)


@pytest.mark.parametrize("clause", [clauses.every_request_is_answered, clauses.a_leader_is_elected])
def test_where_no_majority_is_up_neither_an_answer_nor_a_leader_is_promised(clause: Eventually[History]) -> None:
    assert [len(list(clause.cases(seen(History(2), up, s0=shown(), s1=shown(), s2=shown())))) for up in (1, 2, 3)] == [0, 1, 1]


def test_logs_differ_where_two_servers_hold_different_entries_at_one_index() -> None:
    def differ(first: ServerView, second: ServerView) -> bool:
        return any(case.holds for case in clauses.logs_differ.cases(seen(History(2), 2, s0=first, s1=second)))

    assert differ(shown(X1, Y2), shown(X1, Z2))
    assert not differ(shown(X1, Y2), shown(X1))


def test_no_answer_but_the_three_is_true() -> None:
    waits = asked(History(1), C0, S0, 0, "x")

    assert [case.holds for case in clauses.an_answer_is_true.cases(waits, S0, Reply(C0, "hello"))] == [False]


def test_clauses_say_nothing_of_messages_of_another_protocol() -> None:
    waits = asked(History(1), C0, S0, 0, "x")

    assert list(clauses.a_message_is_true.cases(waits, S0, Send(S1, "hello"))) == []
    assert list(clauses.linearizable.cases(waits, S0, Reply(C0, Unknown()))) == []
