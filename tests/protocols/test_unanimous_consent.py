"""Unanimity, input in and step out."""

from __future__ import annotations

from concordant.refimpl.machine import step
from concordant.refimpl.unanimous_consent import Closed, Collecting, Considering, Coordinator, Elector, Idle, Listening, Voted
from concordant.spec.unanimous_consent import Cast, Close, Consented, Decided, Decision, ParticipantView, Put, Question, Vetoed, Vote
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply, Send, addresses

USER, CHAIR = Address("user"), Address("coordinator")
E0, E1 = addresses("elector", 2)
COORDINATOR, ELECTOR = Coordinator((E0, E1)), Elector()


def decided(*, accepted: bool) -> object:
    decision = Decision(accepted)
    return step(Closed(accepted), Announce(Decided(accepted)), Reply(USER, Decided(accepted)), Send(E0, decision), Send(E1, decision))


class TestCoordinator:
    def test_asks_every_elector(self) -> None:
        assert COORDINATOR.request(Idle(), USER, Put()) == step(Collecting(USER), Send(E0, Question()), Send(E1, Question()))

    def test_rejects_a_second_proposal(self) -> None:
        assert COORDINATOR.request(Closed(accepted=True), USER, Put()) == step(
            Closed(accepted=True), Reply(USER, Rejected("the proposal was put before"))
        )

    def test_accepts_when_the_last_elector_consents(self) -> None:
        one = Collecting(USER, frozenset({E0}))

        assert COORDINATOR.receive(Collecting(USER), E0, Vote(consents=True)) == step(one)
        assert COORDINATOR.receive(one, E0, Vote(consents=True)) == step(one)
        assert COORDINATOR.receive(one, E1, Vote(consents=True)) == decided(accepted=True)

    def test_declines_at_the_first_veto_and_at_the_deadline(self) -> None:
        assert COORDINATOR.receive(Collecting(USER), E0, Vote(consents=False)) == decided(accepted=False)
        assert COORDINATOR.fire(Collecting(USER, frozenset({E0})), Close()) == decided(accepted=False)

    def test_ignores_votes_and_deadlines_outside_the_vote(self) -> None:
        assert COORDINATOR.receive(Idle(), E0, Vote(consents=True)) is None
        assert COORDINATOR.fire(Closed(accepted=False), Close()) == step(Closed(accepted=False))
        assert (COORDINATOR.armed(Idle()), COORDINATOR.armed(Collecting(USER))) == ((), (Close(),))

    def test_shows_its_decision_also_when_it_has_stopped(self) -> None:
        assert [COORDINATOR.view(state) for state in (Idle(), Closed(accepted=True))] == [
            ParticipantView(None),
            ParticipantView(decision=True),
        ]
        assert tuple(COORDINATOR.survives(Idle())) == (Idle(),)


class TestElector:
    def test_considers_once_it_is_asked_and_not_again(self) -> None:
        assert ELECTOR.receive(Listening(), CHAIR, Question()) == step(Considering(CHAIR))
        assert ELECTOR.receive(Voted(), CHAIR, Question()) is None
        assert ELECTOR.armed(Considering(CHAIR)) == (Cast(consents=True), Cast(consents=False))
        assert ELECTOR.armed(Listening()) == ()

    def test_votes_as_it_has_made_up_its_mind(self) -> None:
        assert ELECTOR.fire(Considering(CHAIR), Cast(consents=True)) == step(
            Voted(), Announce(Consented()), Send(CHAIR, Vote(consents=True))
        )
        assert ELECTOR.fire(Considering(CHAIR), Cast(consents=False)) == step(
            Voted(), Announce(Vetoed()), Send(CHAIR, Vote(consents=False))
        )
        assert ELECTOR.fire(Listening(), Cast(consents=True)) == step(Listening())

    def test_keeps_what_it_is_told(self) -> None:
        assert ELECTOR.receive(Listening(), CHAIR, Decision(accepted=False)) == step(Voted(told=False))
        assert ELECTOR.view(Voted(told=False)) == ParticipantView(decision=False)
        assert ELECTOR.view(Listening()) == ParticipantView(None)
        assert tuple(ELECTOR.survives(Voted(told=True))) == (Voted(told=True),)
