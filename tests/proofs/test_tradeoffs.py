"""Trade-offs: what the axioms rule out together, and that each witness breaks the axiom that it is to break, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import z3

from concordant.proofs.kernel.theorems import Finding, ProofStatus
from concordant.proofs.kernel.tradeoffs import Tables, Values, Witness, tradeoff
from concordant.proofs.theorems.arrow import ARROW
from concordant.proofs.theorems.gibbard_satterthwaite import GIBBARD_SATTERTHWAITE
from concordant.proofs.theorems.green_laffont import GREEN_LAFFONT
from concordant.proofs.theorems.myerson_satterthwaite import MYERSON_SATTERTHWAITE
from concordant.proofs.theorems.roth import ROTH

P, Q = z3.Bools("p q")


def values(p: bool, q: bool) -> Callable[[], Values]:
    return lambda: [(P, z3.BoolVal(p)), (Q, z3.BoolVal(q))]


def findings(witnesses: dict[str, Witness], *always: Any) -> list[Finding]:
    tables = Tables([*always], {"either": [z3.Or(P, Q)], "neither": [z3.Not(P), z3.Not(Q)]})
    return [theorem.check() for theorem in tradeoff("pairs", "Not both.", "two truths", lambda: tables, witnesses, about="")]


RIGHT = {"either": Witness("nothing is true", values(False, False)), "neither": Witness("one is true", values(True, False))}


def test_axioms_are_impossible_together_and_possible_without_each() -> None:
    assert findings(RIGHT) == [
        Finding(ProofStatus.PROVED, "1 query"),
        Finding(ProofStatus.PROVED, "nothing is true"),
        Finding(ProofStatus.PROVED, "one is true"),
    ]


def test_a_witness_that_breaks_another_axiom_or_is_no_rule_shows_nothing() -> None:
    swapped = {"either": RIGHT["neither"], "neither": RIGHT["either"]}

    said = [finding.detail for finding in findings(swapped)[1:]]
    assert said == [
        "the witness breaks neither, not either alone: one is true",
        "the witness breaks either, not neither alone: nothing is true",
    ]
    assert findings(RIGHT, Q == P)[2] == Finding(ProofStatus.FAILED, "the witness breaks always, neither, not neither alone: one is true")


def test_an_axiom_without_a_witness_is_told() -> None:
    assert findings({"either": RIGHT["either"]})[0] == Finding(ProofStatus.FAILED, "no witness without neither")


def test_axioms_that_are_possible_together_or_impossible_without_one_have_failed() -> None:
    tables = Tables([], {"either": [z3.Or(P, Q)]})
    possible, _ = tradeoff("pairs", "Not both.", "two truths", lambda: tables, {"either": RIGHT["either"]}, about="")

    assert possible.check() == Finding(ProofStatus.FAILED, "there is a rule that keeps all axioms")
    assert findings(RIGHT, P, Q)[1] == Finding(ProofStatus.FAILED, "no rule keeps the other axioms")


@pytest.mark.parametrize(
    ("table", "without"),
    [
        (ARROW, ["transitivity", "unanimity", "independence", "no_dictator"]),
        (GIBBARD_SATTERTHWAITE, ["every_option_electable", "strategy_proofness", "no_dictator"]),
        (GREEN_LAFFONT, ["efficiency", "truthfulness", "balance"]),
        (MYERSON_SATTERTHWAITE, ["efficiency", "truthfulness", "participation", "balance"]),
        (ROTH, ["stability", "honesty_of_the_one_side", "honesty_of_the_other_side"]),
    ],
    ids=["arrow", "gibbard_satterthwaite", "green_laffont", "myerson_satterthwaite", "roth"],
)
def test_every_axiom_of_the_theorems_has_a_witness_and_the_page_names_it(table: tuple[Any, ...], without: list[str]) -> None:
    assert [theorem.id.partition(".")[2] for theorem in table] == ["impossible", *(f"possible_without_{name}" for name in without)]
    lines = list(table[0].explain())
    assert [line.split()[1] for line in lines if line.startswith("  without ")] == without
