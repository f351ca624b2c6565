"""Byzantine broadcast: which shipped mistakes the bridge and the proof of the handlers see, and where an attack gets stuck."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.pitfalls.consensus import byzantine_broadcast as pitfall
from concordant.proofs.consensus.byzantine_broadcast.bridge import BRIDGE
from concordant.proofs.consensus.byzantine_broadcast.claim import BRACHA
from concordant.proofs.consensus.byzantine_broadcast.handlers import BROADCASTS
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.refimpl.machine import AnyProcess
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "byzantine_broadcast.CountsWhomItCanWaitFor": 2,
    "byzantine_broadcast.BelievesOne": 1,
    "byzantine_broadcast.BelievesWhoeverSaysSo": 1,
    "byzantine_broadcast.EchoesWhateverItIsTold": 2,
    "byzantine_broadcast.CountsAnybody": 1,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(
        (f"byzantine_broadcast.{name}" for name in ("DeliversWhatIsEchoed", "NeedsAQuorumOfItsOwn", "DeliversByWitnesses")),
        LIVENESS,  # that all deliver or none
    ),
    "byzantine_broadcast.WaitsForEverybody": LIVENESS,
    "byzantine_broadcast.GoesOnCounting": UNSAID,  # that nothing is delivered twice
}


LONG = "byzantine_broadcast.NeedsAQuorumOfItsOwn"
SEARCHED = [pytest.param(id, marks=pytest.mark.thorough if id == LONG else ()) for id in pitfalls("byzantine_broadcast")]
"""All; of those that are not seen one is searched for long."""


@pytest.mark.parametrize("id", SEARCHED)
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("byzantine_broadcast")[id], SEEN, NOT_SEEN)


def thorough(*values: object) -> Any:
    """Return a case that takes as long as the whole proof, since it is not refuted."""
    return pytest.param(*values, marks=pytest.mark.thorough)


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (pitfall.CountsWhomItCanWaitFor, "guard be_ready.quorum_echoed"),
        (pitfall.DeliversWhatIsEchoed, "guard deliver.witness_is_ready"),
        thorough(pitfall.NeedsAQuorumOfItsOwn, "nothing"),  # of what all deliver, or none, the model says nothing
        thorough(pitfall.DeliversByWitnesses, "nothing"),  # the same: what one honest process is ready for is safe
        (pitfall.BelievesOne, "guard be_ready.quorum_echoed"),
        (pitfall.BelievesWhoeverSaysSo, "guard echo.was_told"),
        (pitfall.EchoesWhateverItIsTold, "Listening: without an echo of its own it has echoed nothing, and told nothing"),
        thorough(pitfall.WaitsForEverybody, "nothing"),  # it promises no progress
        thorough(pitfall.GoesOnCounting, "nothing"),  # it delivers once more what it has delivered
        (pitfall.CountsAnybody, "Listening: whom it has heard are members"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_the_model_does_not_speak_of_it(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(BROADCASTS, kind) == by


STOPPED = {
    "echoes_twice": (5, "guard once"),
    "ready_for_anything": (1, "guard quorum_echoed"),
    "delivers_at_once": (1, "guard witness_is_ready"),
    "believes_whoever_says_so": (1, "guard was_told"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; at step 0 an axiom rules its quorums out."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(BRACHA, mutant) for mutant in BRACHA.mutants} == STOPPED
