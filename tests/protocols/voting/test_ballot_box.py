"""The ballot box, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.pitfalls.voting.ballot_box.officers import PARTITION
from concordant.refimpl.machine import Ask, Fire, Receive, Step, step
from concordant.refimpl.voting.ballot_box import (
    BORDA,
    HEAVIER,
    MAJORITY,
    SAFETY,
    TWO_FACED,
    Closed,
    Collecting,
    Decided,
    Deciding,
    Elector,
    Form,
    Idle,
    Officer,
    lies,
    system,
)
from concordant.refimpl.voting.borda_count import borda
from concordant.refimpl.voting.majority_vote import majority
from concordant.refimpl.voting.weighted_vote import weighted
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Announce, Call, Fault, Map, Reply, Send, addresses
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting import weighted_vote
from concordant.spec.voting.ballot_box import (
    NO_VOTE,
    OPENED_BEFORE,
    VOTED_BEFORE,
    Cast,
    Close,
    Counted,
    ElectorView,
    History,
    OfficerView,
    Open,
    Opened,
    Vote,
    Voted,
    WeightedElection,
    agreement,
    answers,
    possible,
)
from concordant.spec.voting.majority_vote import Poll
from concordant.spec.voting.shared.voting import Ballot, Elected, Election, Ranking, Undecided

CHAIR, VOTER, STRANGER = Address("chair"), Address("voter"), Address("stranger")
DESK, OTHER_DESK = addresses("officer", 2)
E0, E1, E2 = addresses("elector", 3)
OFFICER = Officer((E0, E1), MAJORITY)
ELECTOR = Elector((DESK, OTHER_DESK), MAJORITY)
TERMS = Poll(("x", "y"), (), 2)
X, Y, ABSTAIN = ("x",), ("y",), ()


def counted(**votes: Ranking) -> Counted:
    poll = Poll(("x", "y"), tuple(Ballot(elector, vote) for elector, vote in votes.items()), 2)
    return Counted(poll, majority(poll))


def closes(result: Counted) -> Step[object]:
    return step(Closed(result), Announce(result), Reply(CHAIR, result))


class TestOfficer:
    def test_calls_every_elector_to_vote(self) -> None:
        assert OFFICER.start() == step(Idle())
        assert OFFICER.request(Idle(), CHAIR, Open()) == step(Collecting(CHAIR), Send(E0, Opened()), Send(E1, Opened()))

    @pytest.mark.parametrize("state", [Collecting(CHAIR), Closed(counted())])
    def test_rejects_to_open_again(self, state: Collecting | Closed) -> None:
        assert OFFICER.request(state, CHAIR, Open()) == step(state, Reply(CHAIR, OPENED_BEFORE))

    def test_keeps_the_first_vote_of_each_elector(self) -> None:
        one = Collecting(CHAIR, Map.of({E0: X}))

        assert OFFICER.receive(Collecting(CHAIR), E0, Vote(X)) == step(one)
        assert OFFICER.receive(one, E0, Vote(X)) == step(one)
        assert OFFICER.receive(one, E0, Vote(Y)) == step(one)

    def test_closes_when_all_have_voted(self) -> None:
        one = Collecting(CHAIR, Map.of({E0: X}))

        assert OFFICER.receive(one, E1, Vote(X)) == closes(counted(elector0=X, elector1=X))
        assert OFFICER.receive(one, E1, Vote(ABSTAIN)) == closes(counted(elector0=X, elector1=ABSTAIN))

    def test_closes_at_the_deadline_whoever_is_silent(self) -> None:
        assert OFFICER.fire(Collecting(CHAIR, Map.of({E0: X})), Close()) == closes(counted(elector0=X))
        assert counted(elector0=X).outcome == Undecided(Map.of({"x": 1, "y": 0}))
        assert counted(elector0=X, elector1=X).outcome == Elected("x", ("x",), Map.of({"x": 2, "y": 0}))

    def test_ignores_votes_outside_the_poll_from_strangers_and_for_what_is_no_option(self) -> None:
        assert OFFICER.receive(Idle(), E0, Vote(X)) is None
        assert OFFICER.receive(Closed(counted()), E0, Vote(X)) is None
        assert OFFICER.receive(Collecting(CHAIR), STRANGER, Vote(X)) is None
        assert OFFICER.receive(Collecting(CHAIR), E0, Vote(("z",))) is None
        assert OFFICER.receive(Collecting(CHAIR), E0, Vote(("x", "y"))) is None

    def test_counts_rankings_of_some_or_all_options_by_points_and_ignores_what_is_no_ranking(self) -> None:
        officer, ballots = Officer((E0, E1), BORDA), (Ballot("elector0", ("y", "x", "z")), Ballot("elector1", ("y",)))
        one = Collecting(CHAIR, Map.of({E0: ("y", "x", "z")}))
        election = Election(("x", "y", "z"), ballots)

        assert officer.receive(one, E1, Vote(("y",))) == closes(Counted(election, borda(election)))
        assert [officer.receive(one, E1, Vote(ranking)) for ranking in (("x", "x"), ("w",))] == [None, None]

    def test_counts_votes_as_their_electors_weigh_and_ignores_what_is_no_vote(self) -> None:
        officer, ballots = Officer((E0, E1), HEAVIER), (Ballot("elector0", X), Ballot("elector1", ABSTAIN))
        votes = (weighted_vote.Vote("elector0", "x"), weighted_vote.Vote("elector1", None))
        one = Collecting(CHAIR, Map.of({E0: X}))
        outcome = weighted(weighted_vote.WeightedPoll(("x", "y"), HEAVIER.electorate, votes))

        assert outcome == Elected("x", ("x",), Map.of({"x": 2, "y": 0}))
        assert officer.receive(one, E1, Vote(ABSTAIN)) == closes(
            Counted(WeightedElection(("x", "y"), ballots, HEAVIER.electorate), outcome)
        )
        assert [officer.receive(one, E1, Vote(ranking)) for ranking in (("z",), ("x", "y"))] == [None, None]

    def test_has_a_deadline_while_the_poll_is_open_and_only_then(self) -> None:
        states = (Idle(), Collecting(CHAIR), Closed(counted()))

        assert [OFFICER.armed(state) for state in states] == [(), (Close(),), ()]
        assert OFFICER.fire(Closed(counted()), Close()) == step(Closed(counted()))

    def test_shows_its_result_also_when_it_has_stopped(self) -> None:
        states = (Idle(), Collecting(CHAIR), Closed(counted()))

        assert [OFFICER.view(state) for state in states] == [OfficerView(), OfficerView(), OfficerView(counted().outcome)]
        assert [tuple(OFFICER.survives(state)) for state in states] == [(state,) for state in states]


class TestElector:
    def test_votes_at_every_officer_that_calls_before_it_decides_or_after(self) -> None:
        called = Deciding((DESK, OTHER_DESK))

        assert ELECTOR.start() == step(Deciding())
        assert ELECTOR.receive(Deciding((OTHER_DESK,)), DESK, Opened()) == step(called)
        assert ELECTOR.receive(called, DESK, Opened()) == step(called)
        assert ELECTOR.request(called, VOTER, Cast(X)) == step(
            Decided(X), Announce(Voted(X)), Reply(VOTER, Voted(X)), Send(DESK, Vote(X)), Send(OTHER_DESK, Vote(X))
        )
        assert ELECTOR.receive(Decided(X), DESK, Opened()) == step(Decided(X), Send(DESK, Vote(X)))

    def test_decides_once(self) -> None:
        assert ELECTOR.request(Decided(X), VOTER, Cast(Y)) == step(Decided(X), Reply(VOTER, VOTED_BEFORE))

    @pytest.mark.parametrize(("form", "ranking"), [(MAJORITY, ("z",)), (MAJORITY, ("x", "y")), (BORDA, ("x", "x")), (BORDA, ("x", "w"))])
    def test_rejects_what_is_no_vote_and_may_vote_later(self, form: Form, ranking: Ranking) -> None:
        assert Elector((DESK,), form).request(Deciding(), VOTER, Cast(ranking)) == step(Deciding(), Reply(VOTER, NO_VOTE))

    def test_hears_only_officers(self) -> None:
        assert ELECTOR.receive(Deciding(), E1, Opened()) is None

    def test_shows_what_it_decided_on_also_when_it_has_stopped(self) -> None:
        assert [ELECTOR.view(state) for state in (Deciding(), Decided(X))] == [ElectorView(), ElectorView(X)]
        assert [tuple(ELECTOR.survives(state)) for state in (Deciding(), Decided(X))] == [(Deciding(),), (Decided(X),)]


class TestRecord:
    def test_remembers_votes_and_results_up_to_twice_and_nothing_else(self) -> None:
        start = History(frozenset({E0, E1}), TERMS)

        voted = start.after(E0, E0, Voted(X))
        once = voted.after(DESK, DESK, counted())

        assert voted == evolve(start, votes=Map.of({E0: X}))
        assert once == evolve(voted, results=Map.of({DESK: (counted(),)}))
        assert tuple(once.after(DESK, DESK, counted()).after(DESK, DESK, counted()).counted()) == (counted(),) * 2
        assert start.after(DESK, DESK, Close()) == start

    def test_owes_the_result_to_who_opened_the_poll_and_the_vote_to_who_cast_it_until_they_are_answered(self) -> None:
        start = History(frozenset({E0, E1}), TERMS)
        chair, voter = Call(CHAIR, DESK), Call(VOTER, E0)

        opened = start.after(DESK, CHAIR, Open()).after(DESK, DESK, Send(E0, Opened()))
        again = opened.after(DESK, VOTER, Open()).after(DESK, DESK, Send(E1, Opened()))
        voted = opened.after(E0, VOTER, Cast(X)).after(E0, E0, Voted(X))

        assert opened == evolve(start, calls=Calls(Map.of({chair: Open()})), opened=frozenset({DESK}), owed=Map.of({DESK: chair}))
        assert again.owed == opened.owed == again.after(DESK, DESK, Reply(VOTER, OPENED_BEFORE)).owed
        assert voted.owed == Map.of({DESK: chair, E0: voter})
        assert voted.after(E0, E0, Reply(VOTER, Voted(X))).owed == opened.owed

    def test_each_call_may_be_answered_with_what_came_of_it_or_with_the_rule_that_it_breaks(self) -> None:
        start = History(frozenset({E0, E1}), TERMS)
        chair, voter = Call(CHAIR, DESK), Call(VOTER, E0)
        opening, casting = start.after(DESK, CHAIR, Open()), start.after(E0, VOTER, Cast(X))
        opened, voted = opening.after(DESK, DESK, Send(E0, Opened())), casting.after(E0, E0, Voted(X))
        nonsense = start.after(E0, VOTER, Cast(("z",)))

        assert [tuple(answers(each, chair)) for each in (start, opening, opened)] == [(), (), ()]
        assert tuple(answers(opened.after(DESK, DESK, counted()), chair)) == (counted(),)
        assert tuple(answers(evolve(opened, owed=Map()), chair)) == (OPENED_BEFORE,)
        assert [tuple(answers(each, voter)) for each in (casting, voted)] == [(), (Voted(X),)]
        assert tuple(answers(nonsense, voter)) == (NO_VOTE,)
        assert tuple(answers(evolve(nonsense, votes=Map.of({E0: X})), voter)) == (VOTED_BEFORE, NO_VOTE)

    def test_one_option_may_be_voted_or_where_rankings_count_some_options_in_any_order(self) -> None:
        assert possible(TERMS) == possible(HEAVIER.election((), 2)) == ((), X, Y)
        assert possible(Election(("x", "y"), ())) == ((), X, Y, ("x", "y"), ("y", "x"))


def test_liars_among_the_electors_are_counted_to_the_electorate_and_say_everything_to_everybody() -> None:
    built = system(2, liars=(E1, STRANGER))

    assert tuple(built.processes) == (DESK, E0)
    assert built.history == History(frozenset({E0, E1}), TERMS, frozenset({E1}))
    assert [liar.address for liar in built.byzantine] == [E1, STRANGER]
    assert tuple(built.byzantine[0].may_send(built.history)) == lies((DESK,), (E0,), ("x", "y"))
    assert lies((DESK,), (E0,), ("x", "y")) == (
        Send(DESK, Vote(X)),
        Send(DESK, Vote(Y)),
        Send(DESK, Vote(("none of them",))),
        Send(E0, Opened()),
    )


def test_the_shortest_way_to_elect_two_options_is_one_vote_on_each_side() -> None:
    trace = explore(PARTITION.system, (agreement,), until=agreement).verdict(agreement).trace or ()

    moves = tuple(frame.move for frame in trace)
    assert len(moves) == PARTITION.length
    assert {move.trigger for move in moves if isinstance(move, Fire)} == {Close()}
    assert sorted(str(move.at) for move in moves if isinstance(move, Ask)) == ["elector0", "elector1", "officer0", "officer1"]
    assert len([move for move in moves if isinstance(move, Receive)]) == 4


def test_an_elector_that_lies_makes_two_officers_disagree_and_there_is_no_shorter_way() -> None:
    shown = replay_known_violation(TWO_FACED)
    promised = evolve(spec.agreement, under=spec.ALL)
    found = explore(TWO_FACED.system, (promised,), until=promised).verdict(promised)

    assert (shown.status, dict(shown.facts)) == (Status.VIOLATED, {"elected": {"x", "y"}})
    assert (found.status, found.length) == (Status.VIOLATED, len(TWO_FACED.witness))
    assert agreement in SAFETY
    assert Fault.BYZANTINE not in agreement.under
