"""Epochs of a hierarchy: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.hierarchies.adaptive_hierarchy.bridge import BRIDGE
from concordant.proofs.hierarchies.adaptive_hierarchy.claim import EPOCHS
from concordant.proofs.kernel.proofs import stopped_by
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

STEM = "adaptive_hierarchy"


def own(*names: str) -> tuple[str, ...]:
    return tuple(f"{STEM}.{name}" for name in names)


SEEN = {
    **dict.fromkeys(own("AppointsTheFirst", "AppointsItself", "BelievesAtOnce"), 1),
    **dict.fromkeys(own("SameEpoch", "SameEpoch/again", "InventsAnEpoch", "DoesAnother"), 2),
    **dict.fromkeys(own("GoesOnForEver"), 3),
    **dict.fromkeys(own("NeverContent", "CreditsItself", "CreditsTheNext", "RecordsTheTop", "RecordsTheNext", "TakesCopies"), 4),
    **dict.fromkeys(own("AppointsAnew", "NoFence", "CountsItself"), 5),
    **dict.fromkeys(own("PassesOnWhatIsDone"), 6),
}
"""After how many moves a mistake is no step of the model."""
NOT_SEEN = {
    **dict.fromkeys(("ADH-2", *own("StopsAtOne", "DeafToSuspicion")), LIVENESS),
    **dict.fromkeys(own("TakesAnother", "TakesTheTop", "TakesAnything", "WantsOneMore"), UNSAID),  # what is accepted
    **dict.fromkeys(
        own("RejectsLate", "TellsWhoAskedLast", "CallsItDone", "CreditsAll", "GivesUpAtOnce", "AnswersEarly"), UNSAID
    ),  # who is told what
    **dict.fromkeys(
        ("ADH-1", *own("OneForAll", "KeepsWhoIsDown", "AnybodyWillDo", "ShufflesAll", "TakesTheLast")), UNSAID
    ),  # who has which role
    **dict.fromkeys(("ADH-2/load", "ADH-3", *own("NoMargin", "TwiceTheMargin", "LeavesTheRole")), UNSAID),  # when it passes on
    **dict.fromkeys(own("SkipsAnEpoch", "AllAtOnce"), UNSAID),  # in which order
    **dict.fromkeys(own("HidesWhatIsDone", "HidesWhoHasWhat"), UNSAID),  # what is shown
    **dict.fromkeys(own("CountsAgain", "StartsOver"), UNSAID),  # how often one result is recorded, and when a task begins anew
}


@pytest.mark.parametrize("id", pitfalls(STEM))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls(STEM)[id], SEEN, NOT_SEEN)


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(EPOCHS, mutant) for mutant in EPOCHS.mutants} == {
        "same_epoch": (3, "guard new"),
        "starts_over": (5, "guard open"),
        "no_fence": (7, "guard latest"),
        "believes_at_once": (3, "guard acted"),
        "acts_unasked": (3, "guard given"),
        "acts_again": (4, "guard once"),
    }
