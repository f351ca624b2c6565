"""Exactly-once delivery: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.guaranteed_delivery.bridge import BRIDGE
from concordant.proofs.messaging.guaranteed_delivery.claim import DELIVERY
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "guaranteed_delivery.AcknowledgesOnArrival": 2,
    "guaranteed_delivery.Echoes": 3,
    "guaranteed_delivery.WaitsForTheNext": 2,
    "guaranteed_delivery.ForgetsWhatCame": 3,
    "guaranteed_delivery.TakesOldEpochs": 6,
    "GDL-6": 2,
    "guaranteed_delivery.ForgetsItsEpoch": 4,
    "guaranteed_delivery.AcknowledgedInAnyEpoch": 6,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("GDL-1", "GDL-2", "GDL-3", "GDL-7", "GDL-8", "GDL-8/no bound"), LIVENESS),
    **dict.fromkeys(
        tuple(f"guaranteed_delivery.{name}" for name in ("SilentOnCopies", "HasNoDeadline", "HasNoDeadline/dead", "KeepsTheOldEpoch")),
        LIVENESS,
    ),
    "GDL-5": UNSAID,  # what is handed up beside the number that is remembered: a copy changes no number
    **dict.fromkeys(
        tuple(f"guaranteed_delivery.{name}" for name in ("StillListens", "OneCounter", "ShowsNothing", "ShowsAllItSent")), UNSAID
    ),  # what is given up, that numbers are given one by one, and views
    **dict.fromkeys(
        tuple(f"guaranteed_delivery.{name}" for name in ("NeverForgets", "CountsFromZero", "CountsFromZero/late", "GivesUpAtOnce")), UNSAID
    ),  # how often a message is sent
}


@pytest.mark.parametrize("id", pitfalls("guaranteed_delivery"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("guaranteed_delivery")[id], SEEN, NOT_SEEN)


STOPPED = {
    "knows_no_copies": (3, "guard is_new"),
    "takes_what_is_over": (4, "guard is_current"),
    "goes_back": (4, "guard is_later"),
    "acknowledges_first": (2, "guard is_remembered"),
    "makes_up": (1, "guard was_sent"),
    "numbers_twice": (3, "guard is_new"),
    "believes_any_acknowledgement": (2, "guard was_acknowledged"),
    "confirms_another": (4, "guard was_sent"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(DELIVERY, mutant) for mutant in DELIVERY.mutants} == STOPPED
