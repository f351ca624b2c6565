"""Central coordination: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.hierarchies.centralized_coordinator.bridge import BRIDGE
from concordant.proofs.hierarchies.centralized_coordinator.claim import COORDINATION
from concordant.proofs.kernel.proofs import stopped_by
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("CEN-7", "centralized_coordinator.AnswersFirst"), 1),
    "centralized_coordinator.TakesAnother": 2,
    **dict.fromkeys(("CEN-3", "CEN-4", "centralized_coordinator.DoesAnother"), 4),
    **dict.fromkeys(("centralized_coordinator.TellsWhoAskedLast", "centralized_coordinator.KeepsTheOlder"), 5),
    "centralized_coordinator.GoodEnough": 7,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "CEN-1",
            "CEN-6",
            "centralized_coordinator.LastFirst",
            "centralized_coordinator.AllAtOnce",
            "centralized_coordinator.AsksTwo",
            "centralized_coordinator.OneNumber",
            "centralized_coordinator.TakesCopies",
        ),
        UNSAID,
    ),  # who is given what, and when
    **dict.fromkeys(
        (
            "CEN-2",
            "CEN-5",
            "centralized_coordinator.TakesTheFirst",
            "centralized_coordinator.NamesTheLast",
            "centralized_coordinator.RejectsWhatFails",
            "centralized_coordinator.WantsOneForAll",
            "centralized_coordinator.MixesResults",
        ),
        UNSAID,
    ),  # what a client is told besides, and what a result says
    **dict.fromkeys(
        ("centralized_coordinator.DeafToSuspicion", "centralized_coordinator.DeafToFailure", "centralized_coordinator.TriesAgain"), LIVENESS
    ),
}


@pytest.mark.parametrize("id", pitfalls("centralized_coordinator"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("centralized_coordinator")[id], SEEN, NOT_SEEN)


STOPPED = {
    "good_enough": (5, "guard is_last"),
    "takes_it_for_done": (5, "guard is_done"),
    "adds_what_nobody_wanted": (3, "guard is_left"),
    "keeps_what_was_done": None,
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(COORDINATION, mutant) for mutant in COORDINATION.mutants} == STOPPED
