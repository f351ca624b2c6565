"""Counterexamples on record are believed only if they are counterexamples, and spare the solver what they show."""

from __future__ import annotations

from typing import Any

import pytest
import z3
from attrs import evolve

from concordant.proofs.consensus.paxos_synod.claim import PAXOS
from concordant.proofs.consensus.two_phase_commit.claim import COMMIT, commit
from concordant.proofs.kernel.counterexamples import smallest
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import obligations, obligations_of
from concordant.proofs.kernel.proofs import Proof, check
from concordant.proofs.kernel.recorded import Record, record_of, recorded, standing, written
from concordant.proofs.ledgers import counterexamples, proofs, without

SHOWN = recorded("two_phase_commit")
REFUSES = SHOWN["without guard"]["refuse.not_prepared"]


def mistaken(kind: str, proof: Proof, name: str) -> Model:
    if kind == "mutants":
        return next(mutant for mutant in proof.mutants if mutant.name == name).model()
    return without(proof.model(), kind, name)


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.stem)
def test_every_counterexample_on_record_still_is_one(proof: Proof) -> None:
    stale = [
        f"{kind} {name}"
        for kind, entries in recorded(proof.stem).items()
        for name, record in entries.items()
        if standing(mistaken(kind, proof, name), record) is None
    ]

    assert stale == [], "run `python -m concordant.proofs.ledgers STEM`"


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.stem)
def test_every_mutant_has_its_counterexample_on_record(proof: Proof) -> None:
    assert list(recorded(proof.stem)["mutants"]) == [mutant.name for mutant in proof.mutants], (
        "run `python -m concordant.proofs.ledgers STEM`"
    )


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"sizes": {}},
        {"sizes": {"Node": 0}},
        {"sizes": {"Node": True}},
        {"rigid": {"leader": 0}},
        {"action": "decide"},
        {"breaks": "harmony"},
        {"arguments": []},
        {"arguments": [1]},
        {"arguments": 0},
        {"state": {"prepared": [[0]], "committed": [[0]], "voted": [[0]]}},
        {"state": {"prepared": [[0]], "committed": [[1]]}},
        {"state": {"prepared": [[0, 0]], "committed": [[0]]}},
        {"state": {"prepared": "all"}},
        {"state": {}},
        {"state": {"prepared": [[0]], "commit_logged": [[]]}},
        {"action": "abort"},
    ],
    ids=str,
)
def test_a_record_that_is_no_counterexample_says_nothing(other: Record) -> None:
    record = {"breaks": "agreement"} if other == {} else {**REFUSES, **other}

    assert standing(commit().without_guard("refuse", "not_prepared"), record) is None


def test_a_record_is_no_counterexample_to_the_protocol_itself() -> None:
    entries = [record for entries in SHOWN.values() for record in entries.values()]

    assert [record for record in entries if standing(commit(), record) is not None] == []


def test_the_solver_finds_the_same_without_the_record() -> None:
    model = commit().without_guard("refuse", "not_prepared")
    (failing,) = (each for each in obligations_of(model, "refuse") if each.goal == "agreement")

    assert record_of(smallest(model, failing)) == REFUSES
    assert COMMIT.ledger() == COMMIT.ledger(SHOWN)


def test_a_proof_whose_counterexamples_are_on_record_asks_only_for_its_obligations(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    decides = z3.Solver.check

    def counting(*solver: Any) -> Any:
        asked.append(solver)
        return decides(*solver)

    monkeypatch.setattr(z3.Solver, "check", counting)

    assert check(COMMIT).detail == "42 obligations, 4 mutants refuted"
    changed = 42 - sum(each.is_supposed for each in obligations(COMMIT.model()))
    assert changed == 20  # of the others the action changes nothing
    # And whether the axioms contradict each other, or imply a conjunct: to that matching does not say no.
    assert len(asked) == changed + 2 * (1 + 6)


def test_what_is_on_record_is_what_would_be_written() -> None:
    found = counterexamples(PAXOS, PAXOS.ledger())

    assert {name: dict(entries) for name, entries in found.items() if entries} == recorded("paxos_synod")
    assert written(found).count("\n") == 2 + sum(2 + len(entries) for entries in found.values() if entries)


def test_a_mutant_that_changes_is_shown_by_the_solver_again() -> None:
    (alone,) = (each for each in COMMIT.mutants if each.name == "decides_alone")
    changed = evolve(alone, model=lambda: commit().without_guard("log_abort", "not_committed"))

    assert COMMIT.counterexample(changed).breaks == "one_decision"
