"""Pools: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.synchronization.resource_pool.bridge import BRIDGE
from concordant.proofs.synchronization.resource_pool.claim import POOL
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {"POL-1": 3, "POL-2": 2, "POL-4": 2, "resource_pool.LosesAUnit": 3, "resource_pool.TakesNothingBack": 2}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    "POL-3": UNSAID,  # that a unit was given back
    **dict.fromkeys(("resource_pool.LendsOneMore", "resource_pool.LendsTheLast"), UNSAID),  # how many units there are, and which is lent
    "resource_pool.KeepsTheNext": UNSAID,  # who has cancelled
    "resource_pool.ServesTheLatest": UNSAID,  # the order of the queue
    **dict.fromkeys(("POL-7", "X-7", "resource_pool.KeepsAUnit"), LIVENESS),
    **dict.fromkeys(("resource_pool.HasNoTimeOut", "resource_pool.HasNoTimeOut/at_rest", "resource_pool.WaitsABitLonger"), LIVENESS),
    **dict.fromkeys(("resource_pool.GivesUpAtOnce", "resource_pool.SaysFailed", "resource_pool.SaysCancelled"), UNSAID),  # why a wait ends
    **dict.fromkeys(("resource_pool.TakesAllForHolders", "resource_pool.AnswersTwice"), UNSAID),  # who is rejected, who is answered
}


@pytest.mark.parametrize("id", pitfalls("resource_pool"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("resource_pool")[id], SEEN, NOT_SEEN)


STOPPED = {
    "grants_silently": None,
    "says_no_to_a_holder": (2, "guard holds_none"),
    "checks_then_waits": (2, "guard is_free"),
    "holds_again": (2, "guard holds_none"),
    "holds_and_waits": (2, "guard holds_none"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(POOL, mutant) for mutant in POOL.mutants} == STOPPED
