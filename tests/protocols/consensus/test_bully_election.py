"""Bully election, input in and step out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.bully_election.electing import IGNORES_WHAT_IS_OVER
from concordant.refimpl.consensus.bully_election import DETECTED, Member, Prober, State, system
from concordant.refimpl.machine import Crash, Receive, Recover, Suspect, Trust, step
from concordant.spec.consensus.bully_election import (
    AreYouThere,
    Coordinator,
    Elected,
    Election,
    Epoch,
    Here,
    History,
    MemberView,
    Missed,
    Probe,
    Silence,
)
from concordant.spec.consensus.bully_election.clauses import a_message_is_true, all_are_told, one_leader_for_good, two_lead
from concordant.spec.vocabulary import Address, Announce, Crashed, Faults, Map, Recovered, Send, addresses, case

M0, M1, M2 = MEMBERS = addresses("member", 3)
EQUAL = Map.of(dict.fromkeys(MEMBERS, 0))
LOWEST, SECOND, HIGHEST = (Member(member, EQUAL) for member in MEMBERS)
FIRST, NEXT = Epoch(0, M2), Epoch(1, M1)
FOLLOWS = State(FIRST, M2)
LED_BY_THE_SECOND = State(NEXT, M1)
STANDS = State(FIRST, None, frozenset({M2}))


def elected(member: Address, epoch: Epoch, *, suspects: frozenset[Address] = frozenset()) -> object:
    others = tuple(Send(other, Coordinator(epoch)) for other in MEMBERS if other != member)
    return step(State(epoch, member, suspects), Announce(Elected(epoch)), *others)


class TestMember:
    def test_begins_by_following_the_highest_by_priority_and_by_name_among_equals(self) -> None:
        assert [member.start() for member in (LOWEST, SECOND, HIGHEST)] == [step(FOLLOWS)] * 3
        assert Member(M0, Map.of({M0: 2, M1: 2, M2: 1})).start() == step(State(Epoch(0, M1), M1))

    def test_knows_who_is_higher_by_priority_and_by_name_among_equals(self) -> None:
        assert [member.higher for member in (LOWEST, SECOND, HIGHEST)] == [(M1, M2), (M2,), ()]
        assert Member(M1, Map.of({M0: 2, M1: 1, M2: 1})).higher == (M0, M2)

    def test_stands_when_it_suspects_its_leader_and_asks_all_that_are_higher(self) -> None:
        assert LOWEST.suspect(FOLLOWS, M2) == step(STANDS, Send(M1, Election()), Send(M2, Election()))

    def test_notes_whom_else_it_suspects_and_each_once(self) -> None:
        assert LOWEST.suspect(FOLLOWS, M1) == step(evolve(FOLLOWS, suspects=frozenset({M1})))
        assert LOWEST.suspect(STANDS, M2) is None

    def test_leads_in_a_new_epoch_when_all_that_are_higher_are_suspected(self) -> None:
        assert SECOND.suspect(FOLLOWS, M2) == elected(M1, NEXT, suspects=frozenset({M2}))
        assert LOWEST.suspect(STANDS, M1) == elected(M0, Epoch(1, M0), suspects=frozenset({M1, M2}))

    def test_goes_on_standing_while_one_that_is_higher_may_be_up_and_asks_again(self) -> None:
        asked = Send(M1, Election()), Send(M2, Election())

        assert LOWEST.suspect(State(FIRST, None), M1) == step(State(FIRST, None, frozenset({M1})), *asked)

    def test_takes_a_suspicion_back(self) -> None:
        assert LOWEST.trust(STANDS, M2) == step(State(FIRST, None))
        assert LOWEST.trust(FOLLOWS, M2) is None

    def test_stands_when_one_that_is_lower_does(self) -> None:
        assert SECOND.receive(FOLLOWS, M0, Election()) == step(State(FIRST, None), Send(M2, Election()))

    def test_says_that_it_leads_to_one_that_stands(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M0, Election()) == step(FOLLOWS, Send(M0, Coordinator(FIRST)))

    def test_bullies_one_that_is_lower_and_leads(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M1, Coordinator(NEXT)) == elected(M2, Epoch(2, M2))
        assert SECOND.receive(FOLLOWS, M0, Coordinator(Epoch(1, M0))) == step(State(Epoch(1, M0), None), Send(M2, Election()))

    def test_follows_one_that_is_higher_and_suspects_it_no_more(self) -> None:
        later = Epoch(2, M2)

        assert LOWEST.receive(STANDS, M1, Coordinator(NEXT)) == step(State(NEXT, M1, frozenset({M2})))
        assert LOWEST.receive(STANDS, M1, Coordinator(later)) == step(State(later, M2))

    def test_tells_who_leads_in_an_epoch_that_is_over_if_it_leads_or_stands_itself(self) -> None:
        later, leads = Epoch(2, M1), State(Epoch(2, M1), M1)

        assert SECOND.receive(leads, M0, Coordinator(FIRST)) == step(leads, Send(M2, Coordinator(later)))
        assert LOWEST.receive(State(later, None), M1, Coordinator(FIRST)) == step(State(later, None), Send(M2, Coordinator(later)))
        assert LOWEST.receive(State(later, M1), M2, Coordinator(FIRST)) == step(State(later, M1))

    def test_learns_nothing_from_who_tells_it_of_its_own_reign(self) -> None:
        assert SECOND.receive(LED_BY_THE_SECOND, M0, Coordinator(NEXT)) == step(LED_BY_THE_SECOND)

    def test_answers_who_asks_whether_it_is_there(self) -> None:
        assert HIGHEST.receive(FOLLOWS, M0, AreYouThere()) == step(FOLLOWS, Send(M0, Here()))

    def test_has_its_latest_epoch_on_its_disk_and_holds_an_election_when_it_comes_up_again(self) -> None:
        state = State(NEXT, None, frozenset({M2}), frozenset({M1}))

        assert LOWEST.survives(state) == (LED_BY_THE_SECOND,)
        assert LOWEST.recover(LED_BY_THE_SECOND) == step(State(NEXT, None), Send(M1, Election()), Send(M2, Election()))
        assert HIGHEST.recover(LED_BY_THE_SECOND) == elected(M2, Epoch(2, M2))

    def test_shows_its_epoch_whom_it_follows_and_whom_it_suspects(self) -> None:
        assert LOWEST.view(FOLLOWS) == MemberView(FIRST, M2, frozenset())
        assert LOWEST.view(STANDS) == MemberView(FIRST, None, frozenset({M2}))


class TestProber:
    PROBER = Prober(M0, EQUAL)

    def test_asks_its_leader_whether_it_is_there(self) -> None:
        asked = evolve(FOLLOWS, asked=frozenset({M2}))

        assert self.PROBER.armed(FOLLOWS) == (Probe(),)
        assert self.PROBER.fire(FOLLOWS, Probe()) == step(asked, Send(M2, AreYouThere()))
        assert self.PROBER.armed(asked) == (Silence(),)
        assert self.PROBER.receive(asked, M2, Here()) == step(FOLLOWS)
        assert self.PROBER.receive(asked, M2, Coordinator(Epoch(1, M2))) == step(State(Epoch(1, M2), M2))

    def test_takes_silence_for_death(self) -> None:
        asked = evolve(FOLLOWS, asked=frozenset({M2}))

        missed = Announce(Missed(frozenset({M2})))
        assert self.PROBER.fire(asked, Silence()) == step(STANDS, missed, Send(M1, Election()), Send(M2, Election()))

    def test_asks_those_that_are_higher_and_not_suspected_while_it_stands(self) -> None:
        assert self.PROBER.fire(STANDS, Probe()) == step(evolve(STANDS, asked=frozenset({M1})), Send(M1, AreYouThere()))

    def test_has_nobody_to_ask_while_it_leads(self) -> None:
        assert Prober(M2, EQUAL).armed(FOLLOWS) == ()


def test_the_shortest_way_to_ignore_the_highest_for_ever_is_this() -> None:
    verdict = explore(IGNORES_WHAT_IS_OVER.system, (one_leader_for_good,), until=one_leader_for_good).verdict(one_leader_for_good)

    assert tuple(frame.move for frame in verdict.trace or ()) == (
        Crash(M0, State(Epoch(0, M0), M0)),
        Suspect(M1, M0),
        Receive(M0, M1, Coordinator(Epoch(1, M1))),
        Recover(M0),
        Receive(M1, M0, Coordinator(Epoch(1, M0))),
        Trust(M1, M0),
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


class TestHistory:
    def test_what_a_member_had_said_is_forgotten_when_it_crashes_and_to_come_back_is_a_cause_to_stand(self) -> None:
        before = History(MEMBERS, frozenset({FIRST}), awaited=frozenset({(M0, M2), (M1, M2)}), stood=frozenset({M0}))

        down = before.after(M0, M0, Crashed())

        assert down == History(MEMBERS, frozenset({FIRST}), awaited=frozenset({(M1, M2)}))
        assert down.after(M0, M0, Recovered()) == evolve(down, caused=frozenset({M0}))

    def test_while_nobody_has_a_cause_to_stand_it_is_no_case_that_nothing_is_owed(self) -> None:
        calm = History(MEMBERS, frozenset({FIRST}))
        seen: Any = SimpleNamespace(history=calm)
        caused: Any = SimpleNamespace(history=evolve(calm, caused=frozenset({M0})))

        assert list(all_are_told.cases(seen)) == []
        assert list(all_are_told.cases(caused)) == [case(True, owed=frozenset())]

    def test_what_another_protocol_does_and_says_is_nothing_to_it(self) -> None:
        calm = History(MEMBERS, frozenset({FIRST}))
        other: Any = Send(M1, Silence())

        assert calm.after(M0, M0, "what another does") == calm
        assert list(a_message_is_true.cases(calm, M0, other)) == []
