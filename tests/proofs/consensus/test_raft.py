"""Raft: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.checks.bridge import cross
from concordant.proofs.consensus.raft.bridge import BRIDGE
from concordant.proofs.consensus.raft.claim import RAFT
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.scenarios import play
from concordant.refimpl.consensus.raft import system
from concordant.spec.vocabulary import Faults, Network, addresses
from tests.proofs.mistakes import crossed, pitfalls

SEEN = {
    "RFT-4": 3,
    "RFT-5": 8,
    "RFT-6": 8,
    "raft.StandsInItsTerm": 3,
    "raft.VotesForNobody": 1,
    "raft.GrantsWithoutVoting": 3,
    "raft.KeepsItsVote": 6,
    "raft.HeedsThePast": 6,
    "raft.ForgetsItsVote": 7,
    "raft.ForgetsItsTerm": 2,
    "raft.AppendsEverywhere": 1,
    "raft.StampsTheNextTerm": 4,
    "raft.CutsAtAHeartbeat": 8,
    "raft.ReplacesTheRest": 12,
    "raft.CommitsAnyTerm": 14,
    "raft.CountsItselfAtOnce": 5,
    "raft.AcknowledgesFirst": 8,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""


@pytest.mark.parametrize("id", SEEN)
def test_a_shipped_mistake_is_no_step_of_the_model(id: str) -> None:
    crossing = crossed(BRIDGE, pitfalls("raft")[id])

    assert (crossing.problem is not None, len(crossing.trace)) == (True, SEEN[id])


def test_crossing_ends_at_the_bounds_of_a_scope() -> None:
    once = Faults(crashes=1, recoveries=1, who=addresses("server", 1))  # after which it stands again, beyond the bound
    crossing = cross(BRIDGE, system(servers=1, terms=1, network=Network(), faults=once))

    assert (crossing.states, crossing.transitions, crossing.stopped) == (33, 32, None)


STOPPED = {
    "votes_twice": (8, "guard not_voted"),
    "votes_ahead": (3, "guard in_term"),
    "forgets_its_vote": (9, "guard not_voted"),
    "elects_itself": (2, "guard quorum_voted"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
    "stores_anything": (12, "guard previous"),
    "appends_everywhere": (7, "guard leads"),
    "votes_for_any_log": (16, "guard up_to_date"),
    "commits_any_term": (23, "guard own_term"),
    "commits_without_a_quorum": (7, "guard quorum_stored"),
    "counts_itself_at_once": (9, "guard written"),
    "loses_its_log": (13, "guard unwritten"),
    "applies_anything": (7, "guard was_committed"),
    "confirms_anything": (14, "guard of_the_leader"),
    "cuts_what_it_has": (16, "guard new"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


@pytest.mark.thorough
def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(RAFT, mutant) for mutant in RAFT.mutants} == STOPPED


def test_figure_8_is_stopped_where_an_entry_of_an_earlier_term_would_be_committed() -> None:
    (figure_8,) = (mutant for mutant in RAFT.mutants if mutant.name == "commits_any_term")
    led = play(FiniteModel(figure_8.model(), figure_8.universe), figure_8.attack)

    assert (led.stuck_at, stopped_by(RAFT, figure_8)) == (None, (23, "guard own_term"))
    assert {"leader_completeness", "what_is_committed_stays"} <= set(led.broken)
