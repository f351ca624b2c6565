"""Bully election: which shipped mistakes the bridge and the proof of the handlers see, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.consensus.bully_election.bridge import BRIDGE
from concordant.proofs.consensus.bully_election.claim import BULLY
from concordant.proofs.consensus.bully_election.handlers import BULLIES
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
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


EPOCHS = "State: it knows the epochs up to that, and no others"
REFUTED = {
    "AnnouncesAnother": "guard begin.own_name",
    "BeginsAsItStands": EPOCHS,
    "ElectsOnce": "guard begin.own_name",
    "KeepsItsEpochInMemory": EPOCHS,
    "KeepsTheOldLeader": "State: whom it follows leads in that",
    "LastComesWins": EPOCHS,
    "LeadsBeforeItIsElected": "Coordinator: that has begun",
    "LeavesRoom": "computes with a int",  # of an epoch one more than the last is known, and no more
    "NotesTheEpoch": "State: whom it follows leads in that",
    "TakesACallForAReport": "State: whom it suspects, and has asked, are other members",
}
"""What refutes a mistake in the handlers. The others are of who is elected, on what grounds, and of progress."""


@pytest.mark.thorough
def test_shipped_mistakes_about_epochs_and_who_leads_in_them_are_refuted_in_the_handlers() -> None:
    mistaken = {type(process) for pitfall in pitfalls("bully_election").values() for process in pitfall.system.processes.values()}
    found = {kind.__name__: refuted_by(BULLIES, kind) for kind in mistaken}

    assert {name for name, by in found.items() if by != "nothing"} == set(REFUTED)
    assert all(by in found[name] for name, by in REFUTED.items())


STOPPED = {
    "takes_any_name": (2, "guard own_name"),
    "begins_what_it_knows": (2, "guard later"),
    "last_comes_wins": (3, "guard later"),
    "epochs_without_a_name": (0, "axiom one_name"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(BULLY, mutant) for mutant in BULLY.mutants} == STOPPED
