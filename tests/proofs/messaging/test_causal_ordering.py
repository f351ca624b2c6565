"""Causal order: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import proved, refuted_by
from concordant.proofs.messaging.causal_ordering.bridge import BRIDGE
from concordant.proofs.messaging.causal_ordering.claim import CAUSAL
from concordant.proofs.messaging.causal_ordering.handlers import CLOCKS, WaitsForTheSenderOnly
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "CAU-2": 4,
    **dict.fromkeys(("CAU-3", "CAU-3/needlessly", "CAU-3/asks"), 3),  # the clock tells of numbers that no message has
    "causal_ordering.HandsUpAtOnce": 4,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("causal_ordering.HoldsNothing", "causal_ordering.LooksOnce"), LIVENESS),
    **dict.fromkeys(
        ("causal_ordering.LooksInTheBuffer", "causal_ordering.HandsUpTheStamp", "causal_ordering.LeavesItselfOut"), UNSAID
    ),  # what is handed up, beside what is counted
    "causal_ordering.DoesNotCountItself": UNSAID,  # that two messages have one number
    "causal_ordering.HandsUpAtOnce/link": UNSAID,  # which message of a sender the clock counts
}


@pytest.mark.parametrize("id", pitfalls("causal_ordering"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("causal_ordering")[id], SEEN, NOT_SEEN)


STOPPED = {
    "hands_up_at_once": (3, "guard causes"),
    "answers_what_it_lacks": (3, "guard causes"),
    "sends_again": (2, "guard new"),
    "makes_up": (1, "guard was_sent"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(CAUSAL, mutant) for mutant in CAUSAL.mutants} == STOPPED


@pytest.mark.thorough  # three processes take seconds
def test_that_causes_of_others_are_waited_for_is_seen_with_three_processes_and_not_with_two() -> None:
    (role,) = CLOCKS.roles

    assert refuted_by(CLOCKS, WaitsForTheSenderOnly, "Stamped") == "nothing"
    with pytest.raises(Refuted, match=r"guard hand_up\.causes"):
        proved(CLOCKS, role, WaitsForTheSenderOnly, role.large, "Stamped")
