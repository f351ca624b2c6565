"""Raft: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.checks.bridge import cross
from concordant.checks.registry import protocol
from concordant.proofs.consensus.raft.bridge import BRIDGE
from concordant.proofs.consensus.raft.claim import RAFT
from concordant.proofs.kernel.proofs import stopped_by
from tests.proofs.mistakes import crossed, pitfalls

SEEN = {
    "RFT-4": 3,
    "raft.StandsInItsTerm": 3,
    "raft.VotesForNobody": 1,
    "raft.GrantsWithoutVoting": 3,
    "raft.KeepsItsVote": 6,
    "raft.HeedsThePast": 6,
    "raft.ForgetsItsVote": 7,
    "raft.ForgetsItsTerm": 2,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""


@pytest.mark.parametrize("id", SEEN)
def test_a_shipped_mistake_is_no_step_of_the_model(id: str) -> None:
    crossing = crossed(BRIDGE, pitfalls("raft")[id])

    assert (crossing.problem is not None, len(crossing.trace)) == (True, SEEN[id])


def test_crossing_ends_where_the_scope_does() -> None:
    (scope,) = (each for each in protocol("raft").scopes if each.name == "alone")

    crossing = cross(BRIDGE, scope.system, scope.reductions)

    assert scope.expected is not None
    assert (crossing.states, crossing.transitions) == (scope.expected.states, scope.expected.transitions)


STOPPED = {
    "votes_twice": (6, "guard not_voted"),
    "votes_ahead": (2, "guard in_term"),
    "forgets_its_vote": (7, "guard not_voted"),
    "elects_itself": (2, "guard quorum_voted"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(RAFT, mutant) for mutant in RAFT.mutants} == STOPPED
