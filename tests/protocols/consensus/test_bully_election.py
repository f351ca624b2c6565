"""Bully election, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.bully_election import IGNORES_WHAT_IS_OVER
from concordant.refimpl.consensus.bully_election import DETECTED, Member, Prober, State, system
from concordant.refimpl.machine import Crash, Receive, Recover, Suspect, step
from concordant.spec.consensus.bully_election import (
    AreYouThere,
    Coordinator,
    Elected,
    Election,
    Epoch,
    Here,
    MemberView,
    Message,
    Probe,
    Silence,
    one_leader_for_good,
    two_lead,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Send, addresses

M0, M1, M2 = MEMBERS = addresses("member", 3)
EQUAL = Map.of(dict.fromkeys(MEMBERS, 0))
LOWEST, SECOND, HIGHEST = (Member(member, EQUAL) for member in MEMBERS)
FIRST, NEXT = Epoch(0, M2), Epoch(1, M1)
FOLLOWS = State(FIRST)
STANDS = State(FIRST, stands=True, suspects=frozenset({M2}))


def elected(member: Address, epoch: Epoch, *, suspects: frozenset[Address] = frozenset()) -> object:
    others = tuple(Send(other, Coordinator(epoch)) for other in MEMBERS if other != member)
    return step(State(epoch, suspects=suspects), Announce(Elected(epoch)), *others)


class TestMember:
    def test_begins_by_following_the_highest_by_priority_and_by_name_among_equals(self) -> None:
        assert [member.start() for member in (LOWEST, SECOND, HIGHEST)] == [step(FOLLOWS)] * 3
        assert Member(M0, Map.of({M0: 2, M1: 2, M2: 1})).start() == step(State(Epoch(0, M1)))

    def test_knows_who_is_higher_by_priority_and_by_name_among_equals(self) -> None:
        assert [member.higher for member in (LOWEST, SECOND, HIGHEST)] == [(M1, M2), (M2,), ()]
        assert Member(M1, Map.of({M0: 2, M1: 1, M2: 1})).higher == (M0, M2)

    def test_stands_when_it_suspects_its_leader_and_asks_who_is_higher_and_not_suspected(self) -> None:
        assert LOWEST.suspect(FOLLOWS, M2) == step(STANDS, Send(M1, Election(FIRST)))

    def test_notes_whom_else_it_suspects_and_each_once(self) -> None:
        assert LOWEST.suspect(FOLLOWS, M1) == step(State(FIRST, suspects=frozenset({M1})))
        assert LOWEST.suspect(STANDS, M2) is None

    def test_leads_in_a_new_epoch_when_all_that_are_higher_are_suspected(self) -> None:
        assert SECOND.suspect(FOLLOWS, M2) == elected(M1, NEXT, suspects=frozenset({M2}))
        assert LOWEST.suspect(STANDS, M1) == elected(M0, Epoch(1, M0), suspects=frozenset({M1, M2}))

    def test_goes_on_standing_while_one_that_is_higher_may_be_up(self) -> None:
        waiting = State(FIRST, stands=True)

        assert LOWEST.suspect(waiting, M1) == step(State(FIRST, stands=True, suspects=frozenset({M1})))

    def test_asks_one_that_is_higher_and_up_after_all(self) -> None:
        assert LOWEST.trust(STANDS, M2) == step(State(FIRST, stands=True), Send(M2, Election(FIRST)))
        assert SECOND.trust(State(FIRST, stands=True, suspects=frozenset({M0})), M0) == step(State(FIRST, stands=True))
        assert SECOND.trust(State(NEXT, suspects=frozenset({M2})), M2) == step(State(NEXT))
        assert LOWEST.trust(FOLLOWS, M2) is None

    @pytest.mark.parametrize("message", [Coordinator(NEXT), AreYouThere(), Here()])
    def test_takes_whomever_it_hears_from_to_be_up(self, message: Message) -> None:
        state = State(NEXT, suspects=frozenset({M1, M2}), asked=frozenset({M1, M2}))

        assert LOWEST.receive(state, M1, message).state == State(NEXT, suspects=frozenset({M2}), asked=frozenset({M2}))

    def test_stands_when_one_that_is_lower_does(self) -> None:
        assert SECOND.receive(FOLLOWS, M0, Election(FIRST)) == step(State(FIRST, stands=True), Send(M2, Election(FIRST)))
        assert SECOND.receive(State(FIRST, stands=True), M0, Election(NEXT)) == step(State(NEXT, stands=True))

    def test_says_that_it_leads_or_leads_again_where_a_later_epoch_is_known(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M0, Election(FIRST)) == step(FOLLOWS, Send(M0, Coordinator(FIRST)))
        assert HIGHEST.receive(FOLLOWS, M0, Election(NEXT)) == elected(M2, Epoch(2, M2))

    def test_bullies_one_that_is_lower_and_leads(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M1, Coordinator(NEXT)) == elected(M2, Epoch(2, M2))
        assert SECOND.receive(FOLLOWS, M0, Coordinator(Epoch(1, M0))) == step(
            State(Epoch(1, M0), stands=True), Send(M2, Election(Epoch(1, M0)))
        )

    def test_follows_one_that_is_higher(self) -> None:
        assert LOWEST.receive(STANDS, M1, Coordinator(NEXT)) == step(State(NEXT, suspects=frozenset({M2})))

    def test_does_not_follow_whom_it_suspects(self) -> None:
        later = Epoch(2, M2)

        assert LOWEST.receive(STANDS, M1, Coordinator(later)) == step(evolve(STANDS, epoch=later), Send(M1, Election(later)))

    def test_answers_who_leads_in_an_epoch_that_is_over_if_the_present_leader_does_not(self) -> None:
        later = Epoch(2, M1)

        assert LOWEST.receive(State(later), M2, Coordinator(Epoch(1, M2))) == step(State(later), Send(M2, Coordinator(later)))
        assert SECOND.receive(State(later), M0, Coordinator(FIRST)) == step(State(later), Send(M0, Coordinator(later)))
        assert LOWEST.receive(State(later, stands=True), M1, Coordinator(NEXT)) == step(
            State(later, stands=True), Send(M1, Coordinator(later))
        )
        assert LOWEST.receive(State(Epoch(2, M2)), M1, Coordinator(NEXT)) == step(State(Epoch(2, M2)))

    def test_answers_who_asks_whether_it_is_there(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M0, AreYouThere()) == step(FOLLOWS, Send(M0, Here()))

    def test_has_its_latest_epoch_on_its_disk_and_holds_an_election_when_it_comes_up_again(self) -> None:
        state = State(NEXT, suspects=frozenset({M2}), asked=frozenset({M1}))

        assert LOWEST.survives(state) == (State(NEXT),)
        assert LOWEST.recover(State(NEXT)) == step(State(NEXT, stands=True), Send(M1, Election(NEXT)), Send(M2, Election(NEXT)))
        assert HIGHEST.recover(State(NEXT)) == elected(M2, Epoch(2, M2))

    def test_shows_its_epoch_whom_it_follows_and_whom_it_suspects(self) -> None:
        assert LOWEST.view(FOLLOWS) == MemberView(FIRST, M2, frozenset())
        assert LOWEST.view(STANDS) == MemberView(FIRST, None, frozenset({M2}))


class TestProber:
    PROBER = Prober(M0, EQUAL)

    def test_asks_its_leader_whether_it_is_there(self) -> None:
        asked = State(FIRST, asked=frozenset({M2}))

        assert self.PROBER.armed(FOLLOWS) == (Probe(),)
        assert self.PROBER.fire(FOLLOWS, Probe()) == step(asked, Send(M2, AreYouThere()))
        assert self.PROBER.armed(asked) == (Silence(),)
        assert self.PROBER.receive(asked, M2, Here()) == step(FOLLOWS)

    def test_takes_silence_for_death(self) -> None:
        assert self.PROBER.fire(State(FIRST, asked=frozenset({M2})), Silence()) == step(STANDS, Send(M1, Election(FIRST)))

    def test_asks_those_that_are_higher_and_not_suspected_while_it_stands(self) -> None:
        assert self.PROBER.fire(STANDS, Probe()) == step(evolve(STANDS, asked=frozenset({M1})), Send(M1, AreYouThere()))

    def test_has_nobody_to_ask_while_it_leads(self) -> None:
        assert Prober(M2, EQUAL).armed(FOLLOWS) == ()


def test_the_shortest_way_to_ignore_the_highest_for_ever_is_this() -> None:
    verdict = explore(IGNORES_WHAT_IS_OVER.system, (one_leader_for_good,), until=one_leader_for_good).verdict(one_leader_for_good)

    assert tuple(frame.move for frame in verdict.trace or ()) == (
        Crash(M0, State(Epoch(0, M0))),
        Suspect(M1, M0),
        Receive(M0, M1, Coordinator(Epoch(1, M1))),
        Recover(M0),
        Receive(M1, M0, Coordinator(Epoch(1, M0))),
    )


def test_a_detector_that_errs_costs_one_leader_at_a_time_and_nothing_else() -> None:
    report = explore(system(faults=Faults(detector=True, mistakes=1), promises=(*DETECTED, two_lead)))

    assert [(each.clause.name, each.status) for each in report.verdicts if each.status is not Status.HOLDS] == [
        ("one_leader_at_a_time", Status.NOT_PROMISED),
        ("the_highest_leads", Status.NOT_PROMISED),
    ]


def test_where_all_are_down_nobody_is_to_be_followed() -> None:
    found = explore(system(members=1, faults=Faults(crashes=1, detector=True, who=(M0,)), promises=(one_leader_for_good,)))

    assert (found.states, found.verdict(one_leader_for_good).status) == (2, Status.HOLDS)
