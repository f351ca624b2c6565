"""FIFO order: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.messaging.fifo_ordering.bridge import BRIDGE
from concordant.proofs.messaging.fifo_ordering.claim import FIFO
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "FIF-11": 3,
    "fifo_ordering.Skips": 4,
    "fifo_ordering.NamesWhatCame": 4,
    "fifo_ordering.NamesTheFirst": 6,
    "fifo_ordering.StaysOpen": 5,
    "fifo_ordering.StaysOpen/goes on": 5,
    "FIF-1": 4,
    "FIF-2": 4,
    "fifo_ordering.NeverEmpties": 2,
    "fifo_ordering.OneCounter": 2,
    "fifo_ordering.StaysInItsEpoch": 4,
    "FIF-4": 2,
    "fifo_ordering.OneSender": 4,
    "fifo_ordering.OneSender/turned": 4,
    "fifo_ordering.TakesWhatIsLater": 5,
    "FIF-5": 1,
    "FIF-6": 2,
    "FIF-7": 2,
    "FIF-8": 2,
    "FIF-12": 1,
    "GDL-4": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("FIF-9/waits", "FIF-3", "FIF-13", "fifo_ordering.LooksAgain", "fifo_ordering.SendsItBack", "X-1"), LIVENESS),
    **dict.fromkeys(("FIF-9", "fifo_ordering.LeavesAPlaceFree"), UNSAID),  # how much a buffer holds
    "fifo_ordering.TakesSilenceForAGap": UNSAID,  # that more was sent than is missing
}


@pytest.mark.parametrize("id", pitfalls("fifo_ordering"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("fifo_ordering")[id], SEEN, NOT_SEEN)


STOPPED = {
    "hands_up_as_it_comes": (3, "guard is_next"),
    "knows_no_copies": (3, "guard is_new"),
    "leaves_numbers_out": (1, "guard is_next"),
    "names_what_came": (1, "guard is_next"),
    "stays_open": (3, "guard no_gap"),
    "holds_copies": (3, "guard is_new"),
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
