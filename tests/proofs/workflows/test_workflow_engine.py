"""The durable engine: its shipped mistakes are no steps of the model, and the model stops each attack where it should."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.workflows.workflow_engine.bridge import BRIDGE
from concordant.proofs.workflows.workflow_engine.claim import ENGINE
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

OF_THREADS = (
    "WFE-1/threads",
    "WFE-2/threads",
    "WFE-3/threads",
    "WFE-5/threads",
    "WFE-6/threads",
    "WFE-7/threads",
    "WFE-8/threads",
    "WFE-9/threads",
    "WFE-10/threads",
    "WFE-11/threads",
    "WFE-12/threads",
    "WFE-13/threads",
    "WFE-14/threads",
    "WFE-15/threads",
    "workflow_engine.WritesBack",
)
"""Mistakes of the documents' engine, whose threads share what they know: it keeps no log, and starts what the model does not know to be wanted."""
SEEN = {
    **dict.fromkeys(OF_THREADS, 2),
    **dict.fromkeys(("workflow_engine.StartsWhatIsCreated",), 1),
    **dict.fromkeys(
        (
            "workflow_engine.GoesOnAfterACancellation",
            "workflow_engine.Shares",
            "workflow_engine.Joins",
            "workflow_engine.RenamesIt",
        ),
        2,
    ),
    **dict.fromkeys(
        (
            "workflow_engine.NoErrorIsSuccess",
            "workflow_engine.ForgetsWhatWasWanted",
            "workflow_engine.OneIsEnough",
            "workflow_engine.FailsTheUntried",
            "workflow_engine.FailsFast",
            "workflow_engine.EndsAtAFailure",
            "workflow_engine.LeavesItsThreads",
            "workflow_engine.FailsFast/skips",
            "workflow_engine.FearsTheWorst",
            "workflow_engine.HopesForTheBest",
            "workflow_engine.ReportsProgress",
            "workflow_engine.SkipsTheFailed",
        ),
        3,
    ),
    **dict.fromkeys(
        (
            "workflow_engine.TakesItBack",
            "workflow_engine.SomethingWasDone",
            "workflow_engine.ForgetsCancellations",
            "workflow_engine.TakesItForDone",
        ),
        4,
    ),
    **dict.fromkeys(
        (
            "workflow_engine.LogsStartsOnly",
            "workflow_engine.LogsStartsOnly/grows",
        ),
        5,
    ),
}
"""After how many moves a mistake is no step of the model."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "workflow_engine.Unvalidated",
            "workflow_engine.TellsTheFirst",
            "WFE-4/threads",
            "workflow_engine.WaitsForTheDead",
            "workflow_engine.Restarts",
            "workflow_engine.OneWorkflowAtATime",
            "workflow_engine.MissesAJoin",
            "workflow_engine.HopesForAnAgent",
            "workflow_engine.OneWorkflowAtATime/beside",
        ),
        LIVENESS,
    ),
    # who is answered, and how often; attempts, agents and results; what a view shows; other workflows
    **dict.fromkeys(
        (
            "workflow_engine.TellsEverybody",
            "workflow_engine.TakenByItself",
            "workflow_engine.AnyIsTheSame",
            "workflow_engine.SaysItTwice",
            "workflow_engine.CancelledIsFailed",
            "workflow_engine.CreatesWhatItCan",
            "workflow_engine.FailedIsCancelled",
            "workflow_engine.TellsWhatRan",
            "workflow_engine.LogsEndsOnly",
            "workflow_engine.KeepsResultsInMemory",
            "workflow_engine.KeepsResultsInMemory/reads",
            "workflow_engine.TrustsTheLostAgain",
            "workflow_engine.WaitsForTheDead/shown",
            "workflow_engine.AnnouncesAgain",
            "workflow_engine.OnePlaceForAll",
            "workflow_engine.LogsEndsOnly/grows",
            "workflow_engine.TriesForEver",
            "workflow_engine.TakesTheFirst",
            "workflow_engine.TakesAnybody",
            "workflow_engine.TrustsTheLost",
            "workflow_engine.PutsBack",
            "workflow_engine.ShowsWhatItHopes",
            "workflow_engine.CountsFailures",
            "workflow_engine.ForetellsTheEnd",
            "workflow_engine.LeavesScraps",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("workflow_engine"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("workflow_engine")[id], SEEN, NOT_SEEN)


STOPPED = {
    "starts_at_once": (5, "guard may_run"),
    "starts_beside": (6, "guard alone"),
    "starts_unasked": (2, "guard is_wanted"),
    "starts_again": (5, "guard waits"),
    "skips_what_was_started": (6, "guard untried"),
    "fails_what_runs": (4, "guard waits"),
    "calls_it_complete": (6, "guard all_done"),
    "gives_up_what_is_done": (6, "guard one_is_not"),
    "does_not_wait_for_optional_tasks": (5, "guard over"),
    "depends_on_others": (2, "guard tasks"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(ENGINE, mutant) for mutant in ENGINE.mutants} == STOPPED
