"""Total order: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.total_ordering.bridge import BRIDGE
from concordant.proofs.messaging.total_ordering.claim import TOTAL
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "total_ordering.HandsItsOwnUpAtOnce": 1,
    "total_ordering.GivesPlacesItself": 5,
    "total_ordering.Several": 2,
    "total_ordering.IgnoresPlaces": 5,
    "total_ordering.IgnoresPlaces/link": 4,
    "total_ordering.KnowsNoCopies": 3,
    "total_ordering.CountsFromOne": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("total_ordering.LooksOnce", "total_ordering.LeavesTheSenderOut"), LIVENESS),
    "total_ordering.ForgetsTheLast": UNSAID,  # that the order is a causal one
    "total_ordering.SignsForAll": UNSAID,  # as whose a message is handed up
}


@pytest.mark.parametrize("id", pitfalls("total_ordering"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("total_ordering")[id], SEEN, NOT_SEEN)


STOPPED = {
    "hands_up_as_it_comes": (5, "guard is_next"),
    "does_not_wait_for_its_place": (5, "guard has_this_place"),
    "gives_a_place_twice": (4, "guard is_free"),
    "orders_copies": (3, "guard has_no_place"),
    "makes_up": (1, "guard was_sent"),
    "leaves_places_out": (2, "guard is_next"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(TOTAL, mutant) for mutant in TOTAL.mutants} == STOPPED
