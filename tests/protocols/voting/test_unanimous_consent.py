"""Unanimity, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.pitfalls.voting.unanimous_consent.coordinators import WAITS_FOR_ITSELF
from concordant.refimpl.machine import Ask, Fire, Receive, step
from concordant.refimpl.voting.unanimous_consent import (
    VETO,
    Closed,
    Collecting,
    Considering,
    Coordinator,
    Elector,
    Idle,
    Listening,
    Told,
    Voted,
    lies,
    system,
)
from concordant.spec.vocabulary import Address, Announce, Fault, Rejected, Reply, Send, addresses
from concordant.spec.voting.unanimous_consent import (
    Cast,
    Close,
    Consented,
    Decided,
    Decision,
    ParticipantView,
    Put,
    Question,
    Vetoed,
    Vote,
    consent_of_all_is_acceptance,
)

USER, CHAIR, STRANGER = Address("user"), Address("coordinator"), Address("stranger")
E0, E1 = addresses("elector", 2)
COORDINATOR, ELECTOR = Coordinator((E0, E1)), Elector(CHAIR)


def decided(*, accepted: bool) -> object:
    decision = Decision(accepted)
    return step(Closed(accepted), Announce(Decided(accepted)), Reply(USER, Decided(accepted)), Send(E0, decision), Send(E1, decision))


class TestCoordinator:
    def test_asks_every_elector(self) -> None:
        assert COORDINATOR.start() == step(Idle())
        assert COORDINATOR.request(Idle(), USER, Put()) == step(Collecting(USER), Send(E0, Question()), Send(E1, Question()))

    @pytest.mark.parametrize("state", [Collecting(USER), Closed(accepted=True)])
    def test_rejects_a_second_proposal(self, state: Collecting | Closed) -> None:
        assert COORDINATOR.request(state, USER, Put()) == step(state, Reply(USER, Rejected("the proposal was put before")))

    def test_accepts_when_the_last_elector_consents_and_counts_each_once(self) -> None:
        one = Collecting(USER, frozenset({E0}))

        assert COORDINATOR.receive(Collecting(USER), E0, Vote(consents=True)) == step(one)
        assert COORDINATOR.receive(one, E0, Vote(consents=True)) == step(one)
        assert COORDINATOR.receive(one, E1, Vote(consents=True)) == decided(accepted=True)

    def test_declines_at_the_first_veto_and_at_the_deadline(self) -> None:
        assert COORDINATOR.receive(Collecting(USER), E0, Vote(consents=False)) == decided(accepted=False)
        assert COORDINATOR.fire(Collecting(USER, frozenset({E0})), Close()) == decided(accepted=False)

    @pytest.mark.parametrize("consents", [True, False])
    def test_ignores_votes_outside_the_vote_and_from_outside_the_electorate(self, consents: bool) -> None:
        assert COORDINATOR.receive(Idle(), E0, Vote(consents)) is None
        assert COORDINATOR.receive(Closed(accepted=False), E0, Vote(consents)) is None
        assert COORDINATOR.receive(Collecting(USER), STRANGER, Vote(consents)) is None

    def test_has_a_deadline_while_it_collects_votes_and_only_then(self) -> None:
        states = (Idle(), Collecting(USER), Closed(accepted=True))

        assert [COORDINATOR.armed(state) for state in states] == [(), (Close(),), ()]
        assert COORDINATOR.fire(Closed(accepted=False), Close()) == step(Closed(accepted=False))

    def test_shows_its_decision_also_when_it_has_stopped(self) -> None:
        states = (Idle(), Collecting(USER), Closed(accepted=True))

        assert [COORDINATOR.view(state).decision for state in states] == [None, None, True]
        assert [tuple(COORDINATOR.survives(state)) for state in states] == [(state,) for state in states]


class TestElector:
    def test_considers_once_it_is_asked_and_not_again(self) -> None:
        assert ELECTOR.start() == step(Listening())
        assert ELECTOR.receive(Listening(), CHAIR, Question()) == step(Considering())
        assert [ELECTOR.receive(state, CHAIR, Question()) for state in (Considering(), Voted(), Told(accepted=True))] == [None] * 3

    def test_votes_as_it_has_made_up_its_mind(self) -> None:
        choices = (Cast(consents=True), Cast(consents=False))

        assert [ELECTOR.armed(state) for state in (Listening(), Considering(), Voted(), Told(accepted=True))] == [(), choices, (), ()]
        assert [ELECTOR.fire(Considering(), choice) for choice in choices] == [
            step(Voted(), Announce(Consented()), Send(CHAIR, Vote(consents=True))),
            step(Voted(), Announce(Vetoed()), Send(CHAIR, Vote(consents=False))),
        ]

    @pytest.mark.parametrize("state", [Listening(), Considering(), Voted(), Told(accepted=False)])
    def test_keeps_what_it_is_told_whether_it_has_voted_or_not(self, state: Listening | Considering | Voted | Told) -> None:
        assert ELECTOR.receive(state, CHAIR, Decision(accepted=False)) == step(Told(accepted=False))
        assert tuple(ELECTOR.survives(state)) == (state,)

    @pytest.mark.parametrize("message", [Question(), Decision(accepted=True)])
    def test_believes_only_the_coordinator(self, message: Question | Decision) -> None:
        assert ELECTOR.receive(Listening(), E1, message) is None

    def test_shows_what_it_was_told(self) -> None:
        assert [ELECTOR.view(state) for state in (Listening(), Considering(), Voted(), Told(accepted=False))] == [
            *[ParticipantView(None)] * 3,
            ParticipantView(decision=False),
        ]


def test_liars_are_no_part_of_the_honest_electorate_and_say_everything_to_everybody() -> None:
    built = system(2, liars=(E1, STRANGER))

    assert (tuple(built.processes), built.history.electorate) == ((CHAIR, E0), frozenset({E0}))
    assert [liar.address for liar in built.byzantine] == [E1, STRANGER]
    assert tuple(built.byzantine[0].may_send(built.history)) == lies(CHAIR, (E0,))
    assert lies(CHAIR, (E0,)) == (
        Send(CHAIR, Vote(consents=True)),
        Send(CHAIR, Vote(consents=False)),
        Send(E0, Question()),
        Send(E0, Decision(accepted=True)),
        Send(E0, Decision(accepted=False)),
    )


def test_the_shortest_way_to_decline_what_all_accept_is_to_wait_for_ones_own_vote() -> None:
    clause = consent_of_all_is_acceptance

    trace = explore(WAITS_FOR_ITSELF.system, (clause,), until=clause).verdict(clause).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Ask(CHAIR, USER, Put()),
        Receive(E0, CHAIR, Question()),
        Receive(E1, CHAIR, Question()),
        Fire(E0, Cast(consents=True)),
        Receive(CHAIR, E0, Vote(consents=True)),
        Fire(E1, Cast(consents=True)),
        Receive(CHAIR, E1, Vote(consents=True)),
        Fire(CHAIR, Close()),
        Receive(E0, CHAIR, Decision(accepted=False)),
        Receive(E1, CHAIR, Decision(accepted=False)),
    )


def test_a_liar_vetoes_what_all_others_accept_and_there_is_no_shorter_way() -> None:
    shown = replay_known_violation(VETO)
    promised = evolve(consent_of_all_is_acceptance, under=Fault.BYZANTINE)
    found = explore(VETO.system, (promised,), until=promised).verdict(promised)

    assert (shown.status, dict(shown.facts)) == (Status.VIOLATED, {"decisions": frozenset({False})})
    assert (found.status, found.length) == (Status.VIOLATED, len(VETO.witness))
