"""Eventually consistent memory: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.memory.dsm_eventual.bridge import BRIDGE
from concordant.proofs.memory.dsm_eventual.claim import MEMORY
from concordant.spec.memory.dsm_eventual import Stamp
from concordant.spec.vocabulary import addresses
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("DSM-1", "DSM-1/exchanges", "DSM-2/read", "dsm_eventual.FirstWins", "dsm_eventual.CountsItsOwn"), 3),
    **dict.fromkeys(("DSM-2", "DSM-7", "dsm_eventual.CountsWhatCameLast"), 4),
    **dict.fromkeys(("DSM-8", "dsm_eventual.KeepsNothing"), 2),
    "dsm_eventual.StampsWithoutAName": 1,  # nobody has written what the name says
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    "DSM-3": LIVENESS,
    **dict.fromkeys(
        ("DSM-10", "DSM-11", "DSM-11/silent", "dsm_eventual.TellsTheStampBefore", "dsm_eventual.CountsItsPart"), UNSAID
    ),  # what users are told
    **dict.fromkeys(("dsm_eventual.Restamps", "dsm_eventual.RepeatsItsStamp", "dsm_eventual.OneKey"), UNSAID),  # what is written
}


@pytest.mark.parametrize("id", pitfalls("dsm_eventual"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("dsm_eventual")[id], SEEN, NOT_SEEN)


STOPPED = {
    "last_arrival_wins": (3, "guard newer"),
    "keeps_both": None,
    "makes_up": (1, "guard was_written"),
    "counts_its_own": (3, "guard newest"),
    "first_wins": (3, "guard older"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(MEMORY, mutant) for mutant in MEMORY.mutants} == STOPPED


def test_stamps_are_compared_as_in_their_theorem_by_counts_and_then_by_nodes() -> None:
    nodes = sorted((*addresses("node", 3), *addresses("agent", 2)))
    stamps = [(count, place, Stamp(count, node)) for count in range(3) for place, node in enumerate(nodes)]

    assert all(
        (one < other) == (count < counts or (count == counts and place < places))
        for count, place, one in stamps
        for counts, places, other in stamps
    )
