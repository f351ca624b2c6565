"""Sequences: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.workflows.sequential_execution.bridge import BRIDGE
from concordant.proofs.workflows.sequential_execution.claim import SEQUENCES
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("SEQ-1", "sequential_execution.SeesTheContextAlone", "sequential_execution.TellsWhatWas"), 2),
    **dict.fromkeys(
        (
            "SEQ-3",
            "sequential_execution.TakesOnMore",
            "sequential_execution.GoesOn",
            "sequential_execution.KeepsWhatWasDone",
            "sequential_execution.ReadsTheCopy",
            "sequential_execution.AnswersWhoCancels",
        ),
        3,
    ),
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        ("SEQ-2", "sequential_execution.LeavesOneOut", "sequential_execution.RunsItAgain", "sequential_execution.IgnoresTheCancel"), UNSAID
    ),  # which stages begin
    **dict.fromkeys(
        (
            "sequential_execution.RefusesNothingToDo",
            "sequential_execution.ShowsTheFirst",
            "sequential_execution.SwallowsFailures",
            "sequential_execution.LooksIdle",
        ),
        UNSAID,
    ),  # what outsiders see, and how stages end
    **dict.fromkeys(
        (
            "sequential_execution.RunsItAgain/ends",
            "sequential_execution.StopsListening",
            "sequential_execution.StopsListening/waits",
            "sequential_execution.StopsListening/stuck",
        ),
        LIVENESS,
    ),
}


@pytest.mark.parametrize("id", pitfalls("sequential_execution"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("sequential_execution")[id], SEEN, NOT_SEEN)


STOPPED = {
    "updates_in_place": None,
    "keeps_what_was_done": None,
    "shows_the_context_alone": None,
    "reads_the_copy": None,
    "begins_beside": (2, "guard nothing_runs"),
    "overwrites": (4, "guard is_new"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(SEQUENCES, mutant) for mutant in SEQUENCES.mutants} == STOPPED
