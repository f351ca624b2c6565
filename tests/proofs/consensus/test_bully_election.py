"""Bully election: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.consensus.bully_election.bridge import BRIDGE
from concordant.proofs.consensus.bully_election.claim import BULLY
from concordant.proofs.kernel.proofs import stopped_by
from tests.proofs.mistakes import crossed, pitfalls

SEEN = {
    "BUL-3": 2,
    "bully_election.AnnouncesAnother": 2,
    "bully_election.KeepsItsEpochInMemory": 3,
    "bully_election.KeepsItsEpochInMemory/again": 3,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""


@pytest.mark.parametrize("id", SEEN)
def test_a_shipped_mistake_about_epochs_is_no_step_of_the_model(id: str) -> None:
    crossing = crossed(BRIDGE, pitfalls("bully_election")[id])

    assert (crossing.problem is not None, len(crossing.trace)) == (True, SEEN[id])


STOPPED = {
    "takes_any_name": (2, "guard own_name"),
    "begins_what_it_knows": (2, "guard later"),
    "last_comes_wins": (3, "guard later"),
    "epochs_without_a_name": (0, "axiom one_name"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(BULLY, mutant) for mutant in BULLY.mutants} == STOPPED
