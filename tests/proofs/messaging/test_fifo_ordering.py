"""FIFO order: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.fifo_ordering.bridge import BRIDGE
from concordant.proofs.messaging.fifo_ordering.claim import FIFO
from tests.proofs.mistakes import pitfalls, require_as_listed

SEEN: dict[str, int] = {}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN: dict[str, str] = {}


@pytest.mark.parametrize("id", pitfalls("fifo_ordering"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("fifo_ordering")[id], SEEN, NOT_SEEN)


STOPPED = {
    "hands_up_as_it_comes": (3, "guard is_next"),
    "makes_up": (1, "guard was_sent"),
    "numbers_twice": (2, "guard is_new"),
    "holds_what_it_likes": (3, "guard was_sent"),
    "goes_on_beyond_a_gap": (3, "guard no_gap"),
    "does_not_begin_anew": (2, "guard is_last"),
    "takes_what_is_over": (4, "guard is_current"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(FIFO, mutant) for mutant in FIFO.mutants} == STOPPED
