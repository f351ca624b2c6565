"""Every theorem stands as it claims, every gate is on, and the ledger notices what changes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attrs import evolve

from concordant.proofs.handlers.paxos_synod import WRONG, refuted_by
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.gates import walked
from concordant.proofs.kernel.ledger import differences, expected
from concordant.proofs.kernel.proofs import Proof, gates
from concordant.proofs.kernel.scenarios import play
from concordant.proofs.kernel.theorems import Standing, Theorem, theorems
from concordant.proofs.ledgers import proofs
from concordant.proofs.paxos_synod import PAXOS, any_earlier_vote, paxos, universe

MUST_FAIL = {
    "quorums.halves_miss",
    "quorums.half_of_the_weight_misses",
    "quorums.flexible_quorums_miss",
    "quorums.fast_quorums_miss",
    "quorums.one_fewer_misses",
    "quorums.two_f_plus_one_is_unsafe",
    "stage_executor.ranks_are_needed",
}


@pytest.mark.parametrize("theorem", theorems(), ids=lambda theorem: theorem.id)
def test_every_theorem_stands_as_it_claims(theorem: Theorem) -> None:
    outcome = theorem.prove()

    assert outcome.standing is (Standing.REFUTED if theorem.id in MUST_FAIL else Standing.PROVED), outcome.detail


def test_theorems_have_distinct_names() -> None:
    ids = [theorem.id for theorem in theorems()]

    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.stem)
def test_removing_any_guard_or_axiom_is_noticed_by_the_ledger(proof: Proof) -> None:
    found = proof.ledger()
    for kind in ("without guard", "without axiom", "without conjunct"):
        for name in expected(proof.stem)[kind]:
            fewer = {**found, kind: {other: entry for other, entry in found[kind].items() if other != name}}
            assert differences(proof.stem, fewer) == [
                f"{kind} {name}: the ledger expects {expected(proof.stem)[kind][name]}, but it is None"
            ]


def test_what_survives_without_a_reason_is_refused() -> None:
    found = {"without guard": {"vote.new": ""}}

    assert differences("nobody", found) == ["without guard vote.new: the proof survives, and the ledger gives no reason"]


@pytest.mark.parametrize("mutant", PAXOS.mutants, ids=lambda mutant: mutant.name)
def test_mutants_of_paxos_have_counterexamples_of_at_most_three_nodes_that_python_agrees_with(mutant: object) -> None:
    found = PAXOS.counterexample(mutant)  # type: ignore[arg-type]

    assert found.sizes["Node"] <= 3
    assert found.faults() == ()


def test_any_earlier_vote_passes_exploration_at_two_rounds_and_is_attacked_at_three() -> None:
    (mutant,) = (each for each in PAXOS.mutants if each.name == "any_earlier_vote")

    assert walked(FiniteModel(any_earlier_vote(), universe(3, 2, 2))) == (13_021, ())
    attacked = play(FiniteModel(any_earlier_vote(), universe(3, 3, 2)), mutant.attack)
    assert attacked.stuck_at is None
    assert "agreement" in attacked.broken
    correct = play(FiniteModel(paxos(), universe(3, 3, 2)), mutant.attack)
    assert (correct.stuck_at, correct.guard) == (16, "highest_vote")


def test_the_gates_notice_an_attack_that_fails_and_a_mutant_that_is_none() -> None:
    (late,) = (each for each in PAXOS.mutants if each.name == "late_votes")
    harmless = evolve(late, attack=late.attack[:3])

    assert list(gates(evolve(PAXOS, mutants=(harmless,)))) == [
        "the attack of late_votes does not succeed: stuck at step None by None",
        "the attack of late_votes succeeds on the protocol itself",
    ]
    with pytest.raises(ValueError, match="mutant late_votes of paxos_synod is proved all the same"):
        PAXOS.counterexample(evolve(late, model=paxos))


@pytest.mark.parametrize(("role", "number"), [("acceptor", 0), ("acceptor", 1), ("proposer", 0)])
def test_a_wrong_handler_is_refuted_by_a_named_guard(role: str, number: int) -> None:
    _, run, guard = WRONG[role][number]

    assert refuted_by(run) == guard


def test_the_command_lists_theorems_and_explains_them() -> None:
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "concordant.checks", "prove", "two_phase_commit", "--explain"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    for part in (
        "Claim: No participant commits while another aborts, and a commit needs every vote.",
        "who_refused_is_not_prepared: A participant that refused cannot be among the votes of a commit.",
        "Mutant decides_alone: A participant that is prepared aborts by itself.",
        "An attack of 5 steps breaks agreement",
        "two_phase_commit.agreement  proved",
    ):
        assert part in done.stdout


def test_a_wrong_name_gets_the_nearest_right_ones() -> None:
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "concordant.checks", "prove", "quorum"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "did you mean quorums" in done.stderr
