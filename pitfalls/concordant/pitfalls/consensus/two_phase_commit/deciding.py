"""What participants and the coordinator decide, promise and log wrongly."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus.two_phase_commit import (
    SAFETY,
    Collecting,
    Coordinating,
    Coordinator,
    Idle,
    Logged,
    Participant,
    Participating,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import two_phase_commit as spec
from concordant.spec.consensus.two_phase_commit import (
    Abandon,
    Decision,
    Finish,
    GiveUp,
    Inquire,
    Inquiry,
    Phase,
    Resolved,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Network, Send, addresses, broadcast

# ---- participants


@frozen
class DecidesAlone(Participant):
    """Takes silence for an abort, although it has promised to wait."""

    def inquire(self, state: Participating) -> Step[Participating]:
        return step(evolve(state, phase=Phase.ABORTED))


@frozen
class CommitsWithItsVote(Participant):
    """Takes its own yes for the decision."""

    def fire(self, state: Participating, trigger: Finish | Abandon | Inquire) -> Step[Participating]:
        after = super().fire(state, trigger)
        return Step(evolve(after.state, phase=Phase.COMMITTED), after.effects) if trigger == Finish(commit=True) else after


@frozen
class VotesBeforeItLogs(Participant):
    """Votes yes and logs nothing: after a crash it aborts, as if it had promised nothing."""

    def survives(self, state: Participating) -> Iterable[Participating]:
        return (Participating() if state.phase is Phase.PREPARED else Participating(state.phase),)


@frozen
class LogsInMemory(Participant):
    """Keeps no log: after a crash it begins anew."""

    def survives(self, state: Participating) -> Iterable[Participating]:  # noqa: ARG002  # that is the mistake
        return (Participating(),)


@frozen
class GoesOnAfterACrash(Participant):
    """Comes back as if its work were still there."""

    def recover(self, state: Participating) -> Step[Participating]:
        return step(state) if state.phase is Phase.WORKING else super().recover(state)


@frozen
class TimesOutAfterTheEnd(Participant):
    """Does not stop its timer when it has committed, and gives up what it was told."""

    def armed(self, state: Participating) -> tuple[Finish | Abandon | Inquire, ...]:
        return (Inquire(),) if state.phase is Phase.COMMITTED else super().armed(state)

    def inquire(self, state: Participating) -> Step[Participating]:
        return step(Participating(Phase.ABORTED)) if state.phase is Phase.COMMITTED else super().inquire(state)


@frozen
class PromisesWhenAsked(Participant):
    """Votes yes as soon as it is asked, whatever becomes of its work."""

    def asked(self, state: Participating) -> Step[Participating]:
        after = super().asked(state)
        return step(after.state, Send(self.coordinator, Vote(commit=True))) if state.phase is Phase.WORKING else after


@frozen
class TakesBackItsVote(Participant):
    """Votes no when it is asked again, although it is prepared."""

    def asked(self, state: Participating) -> Step[Participating]:
        return step(state, Send(self.coordinator, Vote(commit=False))) if state.phase is Phase.PREPARED else super().asked(state)


@frozen
class NeverAsks(Participant):
    """Waits for the decision without asking again."""

    def armed(self, state: Participating) -> tuple[Finish | Abandon | Inquire, ...]:
        return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Inquire))


# ---- coordinators


@frozen
class CountsAMajority(Coordinator):
    """Commits when most participants can."""

    def all_can_commit(self, state: Collecting) -> bool:
        return len(state.votes) > len(self.participants) // 2


@frozen
class WaitsForItself(Coordinator):
    """Counts itself as a participant, and never hears its own vote."""

    def all_can_commit(self, state: Collecting) -> bool:
        return len(state.votes) == len(self.participants) + 1


@frozen
class NeverGivesUp(Coordinator):
    """Waits for every vote."""

    def armed(self, state: Coordinating) -> tuple[GiveUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class LeavesItsTimerOn(Coordinator):
    """Does not stop its timer when it has decided, and gives up what it has committed."""

    def armed(self, state: Coordinating) -> tuple[GiveUp, ...]:
        return () if isinstance(state, Idle) else (GiveUp(),)

    def fire(self, state: Coordinating, trigger: GiveUp) -> Step[Coordinating]:
        return step(Logged(commit=False)) if isinstance(state, Logged) else super().fire(state, trigger)


@frozen
class DecidesAgain(LeavesItsTimerOn):
    """Does not stop its timer when it has decided, and logs an abort besides."""

    def fire(self, state: Coordinating, trigger: GiveUp) -> Step[Coordinating]:
        after = super().fire(state, trigger)
        return step(after.state, Announce(Resolved(commit=False))) if isinstance(state, Logged) else after


@frozen
class AnswersTooSoon(Coordinator):
    """Presumes abort, of which it has no record, also while it collects votes."""

    def inquired(self, state: Coordinating, source: Address) -> Step[Coordinating] | None:
        return super().inquired(state, source) or step(state, Send(source, Decision(commit=False)))


@frozen
class TellsBeforeItLogs(Coordinator):
    """Tells its decision and logs nothing: after a crash it presumes abort."""

    def survives(self, state: Coordinating) -> Iterable[Coordinating]:  # noqa: ARG002  # that is the mistake
        return (Idle(),)


@frozen
class PresumesCommit(Coordinator):
    """Comes back without a record, and commits."""

    def recover(self, state: Coordinating) -> Step[Coordinating]:
        if isinstance(state, Logged):
            return super().recover(state)
        return step(Logged(commit=True), Announce(Resolved(commit=True)), *broadcast(self.participants, Decision(commit=True)))


@frozen
class CountsLateVotes(Coordinator):
    """Goes on counting after it has given up."""

    def receive(self, state: Coordinating, source: Address, message: Vote | Inquiry) -> Step[Coordinating] | None:
        late = state == Logged(commit=False) and message == Vote(commit=True)
        return step(Logged(commit=True)) if late else super().receive(state, source, message)


# ---- the pitfalls, in systems as small as shows them

DUPLICATING = Network(duplicating=True)
LOSING = Network(duplicating=True, losses=None)
COORDINATOR, MEMBERS = Address("coordinator"), addresses("participant", 2)

DECIDES_ALONE = Pitfall(
    "two_phase_commit.DecidesAlone",
    "A participant that is prepared aborts when it hears nothing, while the coordinator commits.",
    breaks=spec.agreement,
    subject=system(participant=DecidesAlone),
    length=9,
)
COUNTS_A_MAJORITY = Pitfall(
    "two_phase_commit.CountsAMajority",
    "The coordinator commits when a majority can, as if it were a vote.",
    breaks=spec.a_commit_needs_every_vote,
    subject=system(3, coordinator=CountsAMajority),
    length=7,
)
COMMITS_WITH_ITS_VOTE = Pitfall(
    "two_phase_commit.CommitsWithItsVote",
    "A participant commits as soon as it has voted yes.",
    breaks=spec.a_prepared_participant_obeys,
    subject=system(participant=CommitsWithItsVote),
    length=3,
)
LOGS_IN_MEMORY = Pitfall(
    "two_phase_commit.LogsInMemory",
    "A participant keeps its decision in memory, and has forgotten it after a crash.",
    breaks=spec.a_decision_is_final,
    subject=system(1, network=DUPLICATING, participant=LogsInMemory, faults=Faults(crashes=1, recoveries=1, who=MEMBERS[:1])),
    length=2,
)
VOTES_BEFORE_IT_LOGS = Pitfall(
    "two_phase_commit.VotesBeforeItLogs",
    "A participant votes yes before that is logged, crashes, refuses, and is overruled by a commit.",
    breaks=spec.agreement,
    subject=system(network=DUPLICATING, participant=VotesBeforeItLogs, faults=Faults(crashes=1, recoveries=1, who=MEMBERS)),
    length=10,
)
WAITS_FOR_ITSELF = Pitfall(
    "two_phase_commit.WaitsForItself",
    "The coordinator counts itself as a participant: all can commit, and the transaction aborts.",
    breaks=spec.what_all_can_commit_is_committed,
    subject=system(1, coordinator=WaitsForItself, faults=Faults(synchronous=True)),
    length=6,
)
PRESUMES_COMMIT = Pitfall(
    "two_phase_commit.PresumesCommit",
    "A coordinator that comes back without a record commits: some participant may have refused.",
    breaks=spec.a_commit_needs_every_vote,
    subject=system(
        1, network=DUPLICATING, coordinator=PresumesCommit, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR,)), promises=SAFETY
    ),
    length=2,
)
NEVER_ASKS = Pitfall(
    "two_phase_commit.NeverAsks",
    "A participant that is prepared does not ask again: when the decision is lost it waits for ever.",
    breaks=spec.nobody_is_blocked,
    subject=system(1, network=LOSING, participant=NeverAsks),
    length=5,
)
NEVER_GIVES_UP = Pitfall(
    "two_phase_commit.NeverGivesUp",
    "The coordinator waits for every vote: when one is lost, its user waits for ever.",
    breaks=spec.nobody_waits,
    subject=system(1, network=LOSING, coordinator=NeverGivesUp),
    length=4,
)
LEAVES_ITS_TIMER_ON = Pitfall(
    "two_phase_commit.LeavesItsTimerOn",
    "The coordinator's timer runs on after it has committed, and turns the commit into an abort.",
    breaks=spec.the_coordinator_keeps_its_decision,
    subject=system(1, coordinator=LeavesItsTimerOn),
    length=5,
)
DECIDES_AGAIN = Pitfall(
    "two_phase_commit.DecidesAgain",
    "The coordinator's timer runs on after it has decided, and it decides once more.",
    breaks=spec.the_coordinator_decides_once,
    subject=system(1, coordinator=DecidesAgain),
    length=3,
)
LOSES_ITS_LOG = Pitfall(
    "two_phase_commit.TellsBeforeItLogs/shown",
    "The coordinator decides before that is logged, and a crash leaves no trace of it.",
    breaks=spec.the_log_tells_the_decision,
    subject=system(1, network=DUPLICATING, coordinator=TellsBeforeItLogs, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR,))),
    length=3,
)
ANSWERS_TOO_SOON = Pitfall(
    "two_phase_commit.AnswersTooSoon",
    "The coordinator answers an inquiry with abort while votes still come in, and then commits.",
    breaks=spec.agreement,
    subject=system(coordinator=AnswersTooSoon),
    length=11,
)
TELLS_BEFORE_IT_LOGS = Pitfall(
    "two_phase_commit.TellsBeforeItLogs",
    "The coordinator announces a commit before it is logged, crashes, finds no record, and tells the others to abort.",
    breaks=spec.agreement,
    subject=system(coordinator=TellsBeforeItLogs, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR,))),
    length=11,
)
ABORTS_ALONE = Pitfall(
    "two_phase_commit.DecidesAlone/alone",
    "A participant that is prepared aborts when it hears nothing, before the coordinator has decided.",
    breaks=spec.a_prepared_participant_obeys,
    subject=system(1, participant=DecidesAlone),
    length=4,
)
GOES_ON_AFTER_A_CRASH = Pitfall(
    "two_phase_commit.GoesOnAfterACrash",
    "A participant whose work was ended by a crash promises it all the same.",
    breaks=spec.lost_work_is_not_promised,
    subject=system(1, network=DUPLICATING, participant=GoesOnAfterACrash, faults=Faults(crashes=1, recoveries=1, who=MEMBERS[:1])),
    length=5,
)
TIMES_OUT_AFTER_THE_END = Pitfall(
    "two_phase_commit.TimesOutAfterTheEnd",
    "A participant's timer runs on after it has committed, and turns the commit into an abort.",
    breaks=spec.a_decision_is_final,
    subject=system(1, network=DUPLICATING, participant=TimesOutAfterTheEnd),
    length=6,
)
COUNTS_LATE_VOTES = Pitfall(
    "two_phase_commit.CountsLateVotes",
    "A yes that comes after the coordinator gave up turns its abort into a commit.",
    breaks=spec.the_coordinator_keeps_its_decision,
    subject=system(1, coordinator=CountsLateVotes),
    length=5,
)
FORGETS_ITS_DECISION = Pitfall(
    "two_phase_commit.TellsBeforeItLogs/forgets",
    "The coordinator decides before that is logged, and has forgotten it after a crash.",
    breaks=spec.the_coordinator_keeps_its_decision,
    subject=system(1, network=DUPLICATING, coordinator=TellsBeforeItLogs, faults=Faults(crashes=1, recoveries=1, who=(COORDINATOR,))),
    length=3,
)
PROMISES_WHEN_ASKED = Pitfall(
    "two_phase_commit.PromisesWhenAsked",
    "A participant votes yes when it is asked, before its work is done.",
    breaks=spec.a_message_is_true,
    subject=system(1, participant=PromisesWhenAsked),
    length=2,
)
TAKES_BACK_ITS_VOTE = Pitfall(
    "two_phase_commit.TakesBackItsVote",
    "A participant that has voted yes votes no when it is asked again.",
    breaks=spec.a_message_is_true,
    subject=system(1, network=DUPLICATING, participant=TakesBackItsVote),
    length=4,
)
TELLS_WHAT_IS_NOT_DECIDED = Pitfall(
    "two_phase_commit.AnswersTooSoon/early",
    "The coordinator announces an abort that it has not decided.",
    breaks=spec.a_message_is_true,
    subject=system(1, coordinator=AnswersTooSoon),
    length=5,
)
