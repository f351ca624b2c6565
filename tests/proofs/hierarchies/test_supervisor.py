"""Supervision: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.hierarchies.supervisor.bridge import BRIDGE
from concordant.proofs.hierarchies.supervisor.claim import SUPERVISION
from concordant.proofs.kernel.proofs import stopped_by
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("SUP-1", "SUP-2"), 1),
    **dict.fromkeys(("supervisor.DoesNotWait", "supervisor.TakesAnother", "supervisor.AnswersTheCancellation"), 2),
    **dict.fromkeys(("SUP-3", "supervisor.RejectsLate", "supervisor.TellsTheTotal"), 4),
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "supervisor.DoesAnother",
            "supervisor.TakesCopies",
            "supervisor.StopsWhateverRuns",
            "supervisor.TriesAgain",
            "supervisor.FirstResultWins",
        ),
        UNSAID,
    ),  # what agents do
    **dict.fromkeys(
        (
            "SUP-4",
            "SUP-5",
            "supervisor.OneAtATime",
            "supervisor.TakesWhatFits",
            "supervisor.TakesAnything",
            "supervisor.AsksEverybody",
            "supervisor.ForgetsWhoIsDown",
            "supervisor.WantsAnAgentEach",
            "supervisor.GoesOnWithoutIt",
        ),
        UNSAID,
    ),  # who is given what, which tasks are taken, and what stops them
    **dict.fromkeys(("supervisor.ForgetsEarlyStops", "supervisor.StopsInSilence", "supervisor.DeafToSuspicion"), LIVENESS),
}


@pytest.mark.parametrize("id", pitfalls("supervisor"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("supervisor")[id], SEEN, NOT_SEEN)


STOPPED = {
    "ends_before_its_children": (4, "guard is_last"),
    "leaves_out_what_waits": None,
    "drops_what_ends": None,
    "gives_it_again": (4, "guard waits"),
    "tells_of_others": (2, "guard runs"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(SUPERVISION, mutant) for mutant in SUPERVISION.mutants} == STOPPED
