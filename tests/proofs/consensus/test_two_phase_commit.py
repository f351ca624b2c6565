"""Two-phase commit: which shipped mistakes the proofs of the handlers and the bridge see, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.pitfalls.consensus.two_phase_commit import deciding as pitfalls_of
from concordant.proofs.consensus.two_phase_commit.bridge import BRIDGE
from concordant.proofs.consensus.two_phase_commit.claim import COMMIT as CLAIM
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.refimpl.machine import AnyProcess
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

NOTHING = "nothing"


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (pitfalls_of.DecidesAlone, "guard abort.abort_logged"),
        (pitfalls_of.CommitsWithItsVote, "guard commit.commit_logged"),
        (pitfalls_of.VotesBeforeItLogs, "Participating: it has done nothing"),
        (pitfalls_of.LogsInMemory, "Participating: it has done nothing"),
        (pitfalls_of.NeverAsks, NOTHING),
        (pitfalls_of.CountsAMajority, "guard log_commit.all_prepared"),
        (pitfalls_of.WaitsForItself, "Collecting.votes is {sender}, which is none of the shapes that were run"),
        (pitfalls_of.NeverGivesUp, NOTHING),
        (pitfalls_of.LeavesItsTimerOn, "Logged: it has logged what it says"),
        (pitfalls_of.AnswersTooSoon, "Decision: it is what was logged"),
        (pitfalls_of.TellsBeforeItLogs, "Idle: nothing is logged"),
        (pitfalls_of.PresumesCommit, "guard log_commit.all_prepared"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_it_is_one_of_progress(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(COMMIT, kind) == by


SEEN = {
    "two_phase_commit.DecidesAlone": 4,
    "two_phase_commit.CountsAMajority": 7,
    "two_phase_commit.CommitsWithItsVote": 3,
    "two_phase_commit.LogsInMemory": 2,
    "two_phase_commit.VotesBeforeItLogs": 5,
    "two_phase_commit.PresumesCommit": 2,
    "two_phase_commit.LeavesItsTimerOn": 5,
    "two_phase_commit.AnswersTooSoon": 6,
    "two_phase_commit.TellsBeforeItLogs": 9,
    "two_phase_commit.TellsBeforeItLogs/forgets": 6,
    "two_phase_commit.DecidesAlone/alone": 4,
    "two_phase_commit.TimesOutAfterTheEnd": 6,
    "two_phase_commit.CountsLateVotes": 5,
    "two_phase_commit.PromisesWhenAsked": 3,
    "two_phase_commit.AnswersTooSoon/early": 6,
    "two_phase_commit.ConfirmsAtOnce": 1,
    "two_phase_commit.TellsTheOpposite": 2,
    "two_phase_commit.PresumesAbortForALaterUser": 5,
    "two_phase_commit.DecidesAgain": 5,
    "two_phase_commit.TellsBeforeItLogs/shown": 6,
    "two_phase_commit.TellsParticipantsTheOpposite": 3,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    "two_phase_commit.WaitsForItself": LIVENESS,
    "two_phase_commit.NeverAsks": LIVENESS,
    "two_phase_commit.NeverGivesUp": LIVENESS,
    **dict.fromkeys(
        (
            f"two_phase_commit.{name}"
            for name in ("WaitsToBeTold", "PreparesAgain", "RefusesInSilence", "AsksOnceMore", "LetsThemAsk", "MakesSure")
        ),
        LIVENESS,
    ),
    "two_phase_commit.LogsInSilence": UNSAID,  # that what is logged is announced
    "two_phase_commit.GoesOnAfterACrash": UNSAID,  # whose work is lost
    "two_phase_commit.TakesBackItsVote": UNSAID,  # that a no is not sent after a yes
    **dict.fromkeys(("two_phase_commit.RejectsALaterUser", "two_phase_commit.GivesNoReason"), UNSAID),  # why somebody is rejected
    "two_phase_commit.AnswersTheLatestUser": UNSAID,  # who is answered
}


@pytest.mark.parametrize("id", pitfalls("two_phase_commit"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("two_phase_commit")[id], SEEN, NOT_SEEN)


STOPPED = {
    "decides_alone": (5, "guard not_prepared"),
    "some_votes": (3, "guard all_prepared"),
    "changes_its_mind": (5, "guard not_committed"),
    "prepares_after_all": (3, "guard not_refused"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CLAIM, mutant) for mutant in CLAIM.mutants} == STOPPED
