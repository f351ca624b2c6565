"""Two-phase commit, input in and step out."""

from __future__ import annotations

from concordant.checks.exploration.replay import replay_fails
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import step
from concordant.refimpl.two_phase_commit import BLOCKS, Collecting, Coordinator, Idle, Logged, Participant, Participating
from concordant.spec.two_phase_commit import (
    Commit,
    CoordinatorView,
    Decision,
    Finish,
    GiveUp,
    Inquire,
    Inquiry,
    ParticipantView,
    Phase,
    Prepare,
    Prepared,
    Refused,
    Resolved,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply, Send, addresses

USER, CHAIR = Address("user"), Address("coordinator")
M0, M1 = addresses("participant", 2)
COORDINATOR, PARTICIPANT = Coordinator((M0, M1)), Participant(CHAIR)
WORKING, ASKED = Participating(), Participating(asked=True)
PREPARED, COMMITTED, ABORTED = (Participating(phase, asked=True) for phase in (Phase.PREPARED, Phase.COMMITTED, Phase.ABORTED))


def resolved(*, commit: bool) -> object:
    told = Decision(commit)
    return step(Logged(commit), Announce(Resolved(commit)), Reply(USER, Resolved(commit)), Send(M0, told), Send(M1, told))


class TestCoordinator:
    def test_asks_every_participant_once(self) -> None:
        assert COORDINATOR.request(Idle(), USER, Commit()) == step(Collecting(USER), Send(M0, Prepare()), Send(M1, Prepare()))
        assert COORDINATOR.request(Logged(commit=True), USER, Commit()) == step(
            Logged(commit=True), Reply(USER, Rejected("commitment was asked for before"))
        )

    def test_commits_with_the_last_yes_and_aborts_with_the_first_no_or_when_it_gives_up(self) -> None:
        one = Collecting(USER, frozenset({M0}))

        assert COORDINATOR.receive(Collecting(USER), M0, Vote(commit=True)) == step(one)
        assert COORDINATOR.receive(one, M1, Vote(commit=True)) == resolved(commit=True)
        assert COORDINATOR.receive(one, M1, Vote(commit=False)) == resolved(commit=False)
        assert COORDINATOR.fire(one, GiveUp()) == resolved(commit=False)

    def test_answers_inquiries_once_it_has_decided(self) -> None:
        assert COORDINATOR.receive(Logged(commit=True), M0, Inquiry()) == step(Logged(commit=True), Send(M0, Decision(commit=True)))
        assert COORDINATOR.receive(Collecting(USER), M0, Inquiry()) is None

    def test_ignores_votes_and_deadlines_outside_the_vote(self) -> None:
        assert COORDINATOR.receive(Logged(commit=False), M0, Vote(commit=True)) is None
        assert COORDINATOR.fire(Idle(), GiveUp()) == step(Idle())
        assert (COORDINATOR.armed(Idle()), COORDINATOR.armed(Collecting(USER))) == ((), (GiveUp(),))

    def test_comes_back_with_its_decision_or_aborts(self) -> None:
        told, abort = Decision(commit=True), Decision(commit=False)

        assert [tuple(COORDINATOR.survives(state)) for state in (Collecting(USER), Logged(commit=True))] == [
            (Idle(),),
            (Logged(commit=True),),
        ]
        assert COORDINATOR.recover(Logged(commit=True)) == step(Logged(commit=True), Send(M0, told), Send(M1, told))
        assert COORDINATOR.recover(Idle()) == step(Logged(commit=False), Announce(Resolved(commit=False)), Send(M0, abort), Send(M1, abort))

    def test_shows_its_decision(self) -> None:
        assert [COORDINATOR.view(state) for state in (Idle(), Logged(commit=True))] == [
            CoordinatorView(None),
            CoordinatorView(decision=True),
        ]


class TestParticipant:
    def test_finishes_its_work_once_it_is_asked(self) -> None:
        assert PARTICIPANT.receive(WORKING, CHAIR, Prepare()) == step(ASKED)
        assert (PARTICIPANT.armed(WORKING), PARTICIPANT.armed(ABORTED)) == ((), ())
        assert PARTICIPANT.armed(ASKED) == (Finish(commit=True), Finish(commit=False))

    def test_votes_as_its_work_ends_and_repeats_its_vote_when_it_is_asked_again(self) -> None:
        assert PARTICIPANT.fire(ASKED, Finish(commit=True)) == step(PREPARED, Announce(Prepared()), Send(CHAIR, Vote(commit=True)))
        assert PARTICIPANT.fire(ASKED, Finish(commit=False)) == step(ABORTED, Announce(Refused()), Send(CHAIR, Vote(commit=False)))
        assert PARTICIPANT.receive(PREPARED, CHAIR, Prepare()) == step(PREPARED, Send(CHAIR, Vote(commit=True)))
        assert PARTICIPANT.receive(ABORTED, CHAIR, Prepare()) == step(ABORTED, Send(CHAIR, Vote(commit=False)))

    def test_does_as_it_is_told_and_keeps_to_it(self) -> None:
        assert PARTICIPANT.receive(PREPARED, CHAIR, Decision(commit=True)) == step(COMMITTED)
        assert PARTICIPANT.receive(PREPARED, CHAIR, Decision(commit=False)) == step(ABORTED)
        assert PARTICIPANT.receive(COMMITTED, CHAIR, Decision(commit=False)) is None

    def test_asks_again_while_it_is_prepared_and_when_it_comes_back(self) -> None:
        assert PARTICIPANT.armed(PREPARED) == (Inquire(),)
        assert PARTICIPANT.fire(PREPARED, Inquire()) == step(PREPARED, Send(CHAIR, Inquiry()))
        assert PARTICIPANT.recover(Participating(Phase.PREPARED)) == step(Participating(Phase.PREPARED), Send(CHAIR, Inquiry()))
        assert PARTICIPANT.recover(WORKING) == step(WORKING)

    def test_keeps_its_phase_through_a_crash_and_shows_it(self) -> None:
        assert tuple(PARTICIPANT.survives(PREPARED)) == (Participating(Phase.PREPARED),)
        assert PARTICIPANT.view(PREPARED) == ParticipantView(Phase.PREPARED)


def test_the_witness_shows_that_a_prepared_participant_is_blocked_when_the_coordinator_stops() -> None:
    verdict = replay_fails(BLOCKS)

    assert (verdict.status, verdict.length) == (Status.VIOLATED, 5)
    assert dict(verdict.facts) == {"blocked": M0, "phases": ((M0, Phase.PREPARED),)}
