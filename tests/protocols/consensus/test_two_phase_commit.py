"""Two-phase commit, input in and step out."""

from __future__ import annotations

from itertools import product

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.pitfalls.consensus.two_phase_commit.deciding import TELLS_BEFORE_IT_LOGS
from concordant.refimpl.consensus.two_phase_commit import (
    BLOCKS,
    Collecting,
    Coordinator,
    Idle,
    Logged,
    Participant,
    Participating,
    system,
)
from concordant.refimpl.machine import Ask, Crash, Fire, Receive, Recover, step
from concordant.spec.consensus.two_phase_commit import (
    Abandon,
    Commit,
    CoordinatorView,
    Decision,
    Finish,
    GiveUp,
    History,
    Inquire,
    Inquiry,
    ParticipantView,
    Phase,
    Prepare,
    Prepared,
    Refused,
    Resolved,
    Vote,
    agreement,
    nobody_is_blocked,
)
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Fault,
    Faults,
    Network,
    Rejected,
    Reply,
    Seen,
    Send,
    addresses,
    at_rest,
    case,
)

USER, CHAIR = Address("user"), Address("coordinator")
M0, M1 = addresses("participant", 2)
COORDINATOR, PARTICIPANT = Coordinator((M0, M1)), Participant(CHAIR)
WORKING, ASKED = Participating(), Participating(asked=True)
PREPARED, COMMITTED, ABORTED = (Participating(phase) for phase in (Phase.PREPARED, Phase.COMMITTED, Phase.ABORTED))
REFUSED = step(ABORTED, Announce(Refused()), Send(CHAIR, Vote(commit=False)))
INQUIRED = step(PREPARED, Send(CHAIR, Inquiry()))


def to_both(message: object) -> tuple[Send, Send]:
    return Send(M0, message), Send(M1, message)


def resolved(*, commit: bool) -> object:
    return step(Logged(commit), Announce(Resolved(commit)), Reply(USER, Resolved(commit)), *to_both(Decision(commit)))


class TestCoordinator:
    def test_asks_every_participant(self) -> None:
        assert COORDINATOR.start() == step(Idle())
        assert COORDINATOR.request(Idle(), USER, Commit()) == step(Collecting(USER), *to_both(Prepare()))

    def test_rejects_a_second_request_while_it_collects_votes_and_answers_it_afterwards(self) -> None:
        assert COORDINATOR.request(Collecting(USER), USER, Commit()) == step(
            Collecting(USER), Reply(USER, Rejected("the votes on this transaction are being collected"))
        )
        assert COORDINATOR.request(Logged(commit=False), USER, Commit()) == step(Logged(commit=False), Reply(USER, Resolved(commit=False)))

    def test_commits_with_the_last_yes_counting_each_participant_once(self) -> None:
        one = Collecting(USER, frozenset({M0}))

        assert COORDINATOR.receive(Collecting(USER), M0, Vote(commit=True)) == step(one)
        assert COORDINATOR.receive(one, M0, Vote(commit=True)) == step(one)
        assert COORDINATOR.receive(one, M1, Vote(commit=True)) == resolved(commit=True)

    def test_aborts_with_the_first_no_and_when_it_gives_up(self) -> None:
        one = Collecting(USER, frozenset({M0}))

        assert COORDINATOR.receive(one, M1, Vote(commit=False)) == resolved(commit=False)
        assert COORDINATOR.fire(one, GiveUp()) == resolved(commit=False)

    @pytest.mark.parametrize("commit", [True, False])
    def test_answers_inquiries_once_it_has_decided_and_not_before(self, commit: bool) -> None:
        assert COORDINATOR.receive(Logged(commit), M0, Inquiry()) == step(Logged(commit), Send(M0, Decision(commit)))
        assert COORDINATOR.receive(Collecting(USER), M0, Inquiry()) is None
        assert COORDINATOR.receive(Idle(), M0, Inquiry()) is None

    @pytest.mark.parametrize("commit", [True, False])
    def test_ignores_votes_while_it_does_not_collect_them(self, commit: bool) -> None:
        assert COORDINATOR.receive(Idle(), M0, Vote(commit)) is None
        assert COORDINATOR.receive(Logged(not commit), M0, Vote(commit)) is None

    def test_has_a_deadline_while_it_collects_votes_and_only_then(self) -> None:
        states = (Idle(), Collecting(USER), Logged(commit=True))

        assert [COORDINATOR.armed(state) for state in states] == [(), (GiveUp(),), ()]
        assert COORDINATOR.fire(Logged(commit=True), GiveUp()) == step(Logged(commit=True))

    def test_keeps_its_decision_through_a_crash_and_nothing_else(self) -> None:
        states = (Idle(), Collecting(USER), Logged(commit=True))

        assert [tuple(COORDINATOR.survives(state)) for state in states] == [(Idle(),), (Idle(),), (Logged(commit=True),)]

    def test_comes_back_with_its_decision_or_aborts(self) -> None:
        assert COORDINATOR.recover(Logged(commit=True)) == step(Logged(commit=True), *to_both(Decision(commit=True)))
        assert COORDINATOR.recover(Idle()) == step(Logged(commit=False), Announce(Resolved(commit=False)), *to_both(Decision(commit=False)))

    def test_shows_its_decision(self) -> None:
        states = (Idle(), Collecting(USER), Logged(commit=True))

        assert [COORDINATOR.view(state) for state in states] == [*[CoordinatorView(None)] * 2, CoordinatorView(decision=True)]


class TestParticipant:
    def test_works_until_it_is_asked_and_may_abort_before(self) -> None:
        assert PARTICIPANT.start() == step(WORKING)
        assert PARTICIPANT.armed(WORKING) == (Abandon(),)
        assert PARTICIPANT.fire(WORKING, Abandon()) == REFUSED
        assert PARTICIPANT.receive(WORKING, CHAIR, Prepare()) == step(ASKED)

    def test_votes_as_its_work_ends_once_it_is_asked(self) -> None:
        assert PARTICIPANT.armed(ASKED) == (Finish(commit=True), Finish(commit=False))
        assert PARTICIPANT.fire(ASKED, Finish(commit=True)) == step(PREPARED, Announce(Prepared()), Send(CHAIR, Vote(commit=True)))
        assert PARTICIPANT.fire(ASKED, Finish(commit=False)) == REFUSED

    @pytest.mark.parametrize(("state", "commit"), [(PREPARED, True), (COMMITTED, True), (ABORTED, False)])
    def test_repeats_its_vote_when_it_is_asked_again(self, state: Participating, commit: bool) -> None:
        assert PARTICIPANT.receive(state, CHAIR, Prepare()) == step(state, Send(CHAIR, Vote(commit)))

    @pytest.mark.parametrize("state", [WORKING, ASKED, PREPARED])
    def test_does_as_it_is_told(self, state: Participating) -> None:
        assert PARTICIPANT.receive(state, CHAIR, Decision(commit=True)) == step(COMMITTED)
        assert PARTICIPANT.receive(state, CHAIR, Decision(commit=False)) == step(ABORTED)

    @pytest.mark.parametrize("state", [COMMITTED, ABORTED])
    def test_keeps_to_its_decision_and_has_nothing_left_to_do(self, state: Participating) -> None:
        assert PARTICIPANT.receive(state, CHAIR, Decision(commit=state is ABORTED)) is None
        assert PARTICIPANT.armed(state) == ()
        assert PARTICIPANT.recover(state) == step(state)

    def test_asks_again_while_it_is_prepared_and_when_it_comes_back(self) -> None:
        assert PARTICIPANT.armed(PREPARED) == (Inquire(),)
        assert PARTICIPANT.fire(PREPARED, Inquire()) == INQUIRED
        assert PARTICIPANT.recover(PREPARED) == INQUIRED

    def test_aborts_when_it_comes_back_without_having_promised_anything(self) -> None:
        assert tuple(PARTICIPANT.survives(ASKED)) == (WORKING,)
        assert PARTICIPANT.recover(WORKING) == REFUSED

    @pytest.mark.parametrize("state", [WORKING, PREPARED, COMMITTED, ABORTED])
    def test_keeps_its_phase_through_a_crash_and_shows_it(self, state: Participating) -> None:
        assert tuple(PARTICIPANT.survives(state)) == (state,)
        assert PARTICIPANT.view(state) == ParticipantView(state.phase)


def test_the_shortest_way_to_undo_a_commit_that_was_told_but_not_logged_is_this() -> None:
    trace = explore(TELLS_BEFORE_IT_LOGS.system, (agreement,), until=agreement).verdict(agreement).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Ask(CHAIR, USER, Commit()),
        Receive(M0, CHAIR, Prepare()),
        Receive(M1, CHAIR, Prepare()),
        Fire(M0, Finish(commit=True)),
        Receive(CHAIR, M0, Vote(commit=True)),
        Fire(M1, Finish(commit=True)),
        Receive(CHAIR, M1, Vote(commit=True)),
        Receive(M0, CHAIR, Decision(commit=True)),
        Crash(CHAIR, Idle()),
        Recover(CHAIR),
        Receive(M1, CHAIR, Decision(commit=False)),
    )


def test_a_prepared_participant_is_blocked_when_the_coordinator_stops_and_no_shorter_way_leads_there() -> None:
    shown = replay_known_violation(BLOCKS)
    found = explore(BLOCKS.system, (nobody_is_blocked,), until=nobody_is_blocked).verdict(nobody_is_blocked)

    assert (shown.status, dict(shown.facts)) == (Status.VIOLATED, {"blocked": (M0,), "phases": ((M0, Phase.PREPARED),)})
    assert (found.status, found.length) == (Status.VIOLATED, len(BLOCKS.witness))


def test_with_three_participants_the_coordinator_can_stop_in_seven_ways_that_leave_somebody_prepared() -> None:
    ends = set()

    @at_rest(under=Fault.DUPLICATION | Fault.CRASH)
    def is_noted(seen: Seen[History]) -> Cases:
        """Note in which phases the participants end."""
        ends.add(tuple(view.phase for view in seen.views(ParticipantView).values()))
        yield case(True)

    stopping = system(3, network=Network(duplicating=True), faults=Faults(crashes=1, who=(CHAIR,)), promises=(is_noted,))
    assert explore(stopping).verdict(is_noted).status is Status.HOLDS

    assert ends == {*product((Phase.PREPARED, Phase.ABORTED), repeat=3), (Phase.COMMITTED,) * 3}
    assert sum(Phase.PREPARED in end for end in ends) == 7
