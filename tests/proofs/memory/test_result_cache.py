"""Caches of results: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.memory.result_cache.bridge import BRIDGE
from concordant.proofs.memory.result_cache.claim import CACHE
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

OURS = "result_cache"
SEEN = {
    "CAC-2": 2,
    **dict.fromkeys(("CAC-4", "CAC-7"), 3),
    **{f"{OURS}.{name}": 3 for name in ("FillsLate", "JoinsLate", "JoinsLate/waits", "KeepsOnInvalidation", "WaitsAllTheSame")},
    f"{OURS}.TellsTheLatest": 5,
    f"{OURS}.TellsTheLatest/inputs": 5,
    f"{OURS}.TellsTheLatest/runs": 4,
    f"{OURS}.NumbersWhatRuns": 3,
    f"{OURS}.HasOneLock": 4,
    f"{OURS}.CallsAgain": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("CAC-1", "CAC-6", f"{OURS}.KeepsFailures", f"{OURS}.SaysNoNumber"), UNSAID),  # who is told no result
    **dict.fromkeys((f"{OURS}.CancelsTheCall", f"{OURS}.HoldsWhoJoined", f"{OURS}.StillTellsWhoLeft"), UNSAID),  # who leaves
    "CAC-3": UNSAID,  # what a result holds
    **dict.fromkeys(("CAC-5", f"{OURS}.EvictsInOrder", f"{OURS}.EvictsInOrder/view", f"{OURS}.EvictsTheNew"), UNSAID),  # what makes room
    f"{OURS}.LeavesRoom": UNSAID,
    **{f"{OURS}.{name}": UNSAID for name in ("CountsFromTheEnd", "KeepsATickMore", "TrustsItsClock", "JoinsASlowCall")},  # age
    **{f"{OURS}.{name}": LIVENESS for name in ("DropsTheCall", "DropsTheCall/view", "TellsTheFirst", "TellsTheFirst/at_rest")},
    f"{OURS}.TakesNothingForAnAnswer": LIVENESS,
}


@pytest.mark.parametrize("id", pitfalls("result_cache"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("result_cache")[id], SEEN, NOT_SEEN)


STOPPED = {
    "calls_for_each": (4, "guard none_is_current"),
    "fills_late": None,
    "joins_any_call": (4, "guard is_current"),
    "waits_for_what_is_there": (4, "guard runs"),
    "keys_by_stage": (5, "guard is_current"),
    "tells_before_it_knows": (3, "guard has_come_back"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CACHE, mutant) for mutant in CACHE.mutants} == STOPPED
