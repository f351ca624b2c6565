"""Checkpoints: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.recovery.state_checkpoint.bridge import BRIDGE
from concordant.proofs.recovery.state_checkpoint.claim import CHECKPOINTS
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

OURS = "state_checkpoint"
SEEN = {
    **dict.fromkeys(("STA-1", "STA-7"), 6),
    **dict.fromkeys(("STA-4", "STA-10/names"), 5),
    "STA-9": 9,
    **dict.fromkeys(("STA-2", "STA-5", "STA-6", f"{OURS}.WritesOver", f"{OURS}.WritesAnything"), 2),
    "STA-10": 4,
    f"{OURS}.LoadsDrafts": 3,
    f"{OURS}.SharesTheDraft": 5,
    **dict.fromkeys((f"{OURS}.TellsTooSoon", f"{OURS}.TellsTooSoon/twice"), 4),
    f"{OURS}.PrunesFirst": 7,
    f"{OURS}.PrunesAcrossAgents": 10,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("STA-3", f"{OURS}.CannotWriteSets", f"{OURS}.SaysItCannot"), UNSAID),  # who is told no
    "STA-8": UNSAID,  # whose a state is
    **dict.fromkeys(("STA-9/set_back", f"{OURS}.NumbersAcrossAgents", f"{OURS}.SavesWhatIsNew"), UNSAID),  # numbers
    f"{OURS}.LoadsWhatIsNotSafe": UNSAID,  # that a state stays
    **dict.fromkeys((f"{OURS}.PrunesTheNewest", f"{OURS}.NeverPrunes", f"{OURS}.SortsNamesAsText"), UNSAID),  # which are kept
    f"{OURS}.LeavesDrafts": UNSAID,
    **{f"{OURS}.{name}": LIVENESS for name in ("WaitsForTheOther", "WaitsForTheOther/end", "StartsOver")},
}


@pytest.mark.parametrize("id", pitfalls("state_checkpoint"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("state_checkpoint")[id], SEEN, NOT_SEEN)


STOPPED = {
    "renames_what_is_not_synced": (3, "guard is_synced"),
    "renames_what_a_crash_has_left": (1, "guard holds_a_state"),
    "writes_over": (4, "guard is_new"),
    "removes_the_last": (7, "guard another_stays"),
    "takes_another_s_name": (9, "guard is_free"),
    "says_so_too_early": (1, "guard is_on_the_disk"),
    "loads_what_it_has_not": (5, "guard holds_it"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CHECKPOINTS, mutant) for mutant in CHECKPOINTS.mutants} == STOPPED
