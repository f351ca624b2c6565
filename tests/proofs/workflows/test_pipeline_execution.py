"""Pipelines: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.workflows.pipeline_execution.bridge import BRIDGE
from concordant.proofs.workflows.pipeline_execution.claim import ORDER
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "pipeline_execution.TakesTheNewest": 6,
    "pipeline_execution.BeginsTheNewest": 5,
    "pipeline_execution.LeavesACopy": 3,
    "pipeline_execution.LeavesACopy/again": 3,
    "pipeline_execution.LeavesStagesAtWork": 2,
    "pipeline_execution.LetsInWhoWaited": 5,
    "pipeline_execution.NumbersFromOne": 1,
    "pipeline_execution.GivesUpInSilence": 3,
}
"""After how many moves a mistake is no step of the model."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "PIP-1",
            "pipeline_execution.TriesForEver",
            "pipeline_execution.WakesNobody",
            "pipeline_execution.WakesNobody/room",
            "pipeline_execution.LetsInWhenAsked",
            "pipeline_execution.LooksOnceWhetherAllIsOut",
            "pipeline_execution.TellsNobodyThatItIsOver",
            "pipeline_execution.TellsNobodyThatItIsOver/waits",
            "pipeline_execution.LooksWhenAsked",
            "pipeline_execution.LooksWhenAsked/waits",
            "pipeline_execution.FillsWhenEmpty",
            "pipeline_execution.HandsOutAtLast",
            "pipeline_execution.ForgetsTheOthers",
        ),
        LIVENESS,
    ),
    # what is made of an item, and whether it failed; how much a buffer holds; who is told what
    **dict.fromkeys(
        (
            "PIP-2",
            "PIP-3",
            "pipeline_execution.DoesNotWaitForTheStage",
            "pipeline_execution.KnowsNoBounds",
            "pipeline_execution.HidesWhatIsHeld",
            "pipeline_execution.LooksOpen",
            "pipeline_execution.LooksFree",
            "pipeline_execution.NumbersAgain",
            "pipeline_execution.LetsNobodyWait",
            "pipeline_execution.CallsItClosed",
            "pipeline_execution.IsNeverClosed",
            "pipeline_execution.IsNotStopped",
            "pipeline_execution.RejectsWhenFull",
            "pipeline_execution.TakesEmptyForOver",
            "pipeline_execution.KeepsWhoLeft",
            "pipeline_execution.LooksIntoBuffersAlone",
            "pipeline_execution.DrainsNothing",
            "pipeline_execution.ServesTheLast",
            "pipeline_execution.LetsTheLastIn",
            "pipeline_execution.ForgetsWhoWaits",
            "pipeline_execution.KeepsTheLastFailure",
            "pipeline_execution.LetsNobodyGo",
            "pipeline_execution.KeepsWhoPuts",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("pipeline_execution"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("pipeline_execution")[id], SEEN, NOT_SEEN)


STOPPED = {
    "takes_the_newest": (3, "guard is_next"),
    "drops_what_passes": None,
    "puts_it_in_again": (3, "guard is_new"),
    "puts_in_front": (2, "guard is_later"),
    "passes_by": (3, "guard is_way"),
    "makes_earlier_parts": (3, "guard is_later"),
    "makes_parts_of_others": (2, "guard is_part"),
    "works_on_two": (3, "guard has_place"),
    "holds_two": (3, "guard has_place"),
    "is_never_closed": (3, "guard is_open"),
    "ends_while_it_is_open": (1, "guard is_closed"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(ORDER, mutant) for mutant in ORDER.mutants} == STOPPED
