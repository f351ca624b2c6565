"""Effects that take place once: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.recovery.retry_recovery.bridge import BRIDGE
from concordant.proofs.recovery.retry_recovery.claim import RETRIES
from tests.proofs.mistakes import UNSAID, pitfalls, require_as_listed

SEEN = {
    "RET-1": 1,
    "RET-3": 4,
    "RET-3/sent": 4,
    "retry_recovery.KnowsNoKeys": 8,
    "retry_recovery.KeepsKeysInMemory": 4,
    "retry_recovery.TakesFailureForSuccess": 3,
    "retry_recovery.TakesSilenceForFailure": 5,
    "retry_recovery.GivesUpInDoubt": 5,
    "retry_recovery.ForgetsTheKey": 7,
    "retry_recovery.ActsInTheNext": 3,
    "retry_recovery.ActsWithoutKey": 3,
    "retry_recovery.RecordsFirst": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {id: UNSAID for id in pitfalls("retry_recovery") if id not in SEEN}  # how often, when, on what, and that it ends or stops


@pytest.mark.parametrize("id", SEEN)
def test_a_mistake_about_effects_is_no_step_of_the_model(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("retry_recovery")[id], SEEN, {})


@pytest.mark.thorough
@pytest.mark.parametrize("id", NOT_SEEN)
def test_no_other_mistake_is_seen(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("retry_recovery")[id], {}, NOT_SEEN)


STOPPED = {
    "tries_without_key": (2, "guard is_known_again"),
    "knows_no_keys": (4, "guard is_not_recorded"),
    "acts_unasked": (1, "guard was_sent"),
    "fails_after_acting": (3, "guard did_nothing"),
    "gives_up_in_doubt": (2, "guard all_have_failed"),
    "takes_silence_for_success": (2, "guard was_answered"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(RETRIES, mutant) for mutant in RETRIES.mutants} == STOPPED
