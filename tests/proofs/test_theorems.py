"""Every theorem stands as it claims, every gate is on, and the ledger notices what changes."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve

from concordant.proofs.consensus.paxos_synod.claim import PAXOS, paxos, universe
from concordant.proofs.consensus.two_phase_commit.claim import COMMIT, commit
from concordant.proofs.kernel import solving
from concordant.proofs.kernel import theorems as kernel
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.ledger import differences, expected, pinned
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import failures
from concordant.proofs.kernel.pages import page
from concordant.proofs.kernel.proofs import Mutant, Proof, check, comes_to_nothing, gates, stopped_by
from concordant.proofs.kernel.scenarios import play
from concordant.proofs.kernel.theorems import Finding, ProofStatus, Theorem, theorems
from concordant.proofs.ledgers import proofs
from concordant.proofs.pinned import within

QUICK = tuple(theorem for theorem in theorems() if not theorem.large)
LONG = {"raft", "dsm_strong"}
"""Stems whose gates take too long to be asked every time; their obligations, their mutants, and what is pinned of them, are."""
MANY_CASES = {
    "vickrey_auction.truthful_up_to_five",
    "majority_vote.at_most_one_is_elected_of_4_weights",
    "majority_vote.elected_by_enough_of_the_electorate_of_4_weights",
    "majority_vote.exclusive_proposals_never_both_pass_of_4_weights",
}
"""Theorems with so many cases that `make test` leaves them to `make test-all`: it asks of smaller sizes, or of other rules, what they say."""


def often(stem: str, *values: object) -> Any:
    return pytest.param(*values, marks=pytest.mark.thorough if stem in LONG else ())


def one_of_each_stem() -> list[Any]:
    """Return the theorems as parameters; but for the first of its stem, `make test` leaves them to `make test-all`."""
    firsts = {theorem.stem: theorem for theorem in reversed(QUICK) if theorem.stem not in LONG}
    return [pytest.param(theorem, marks=() if theorem is firsts.get(theorem.stem) else pytest.mark.thorough) for theorem in QUICK]


def quick(theorem: Theorem) -> Any:
    return often(theorem.stem, theorem) if theorem.id not in MANY_CASES else pytest.param(theorem, marks=pytest.mark.thorough)


@pytest.mark.parametrize("theorem", [quick(theorem) for theorem in QUICK], ids=lambda theorem: theorem.id)
def test_every_theorem_stands_as_it_claims(theorem: Theorem) -> None:
    finding = theorem.prove()

    assert finding.standing is (ProofStatus.SHOWN if theorem.example else ProofStatus.PROVED), finding.detail
    if not theorem.example:
        assert finding.detail == pinned(theorem.stem).get(theorem.id), "run `python -m concordant.proofs.pinned STEM`"


@pytest.mark.parametrize("proof", [each for each in proofs() if each.stem in LONG], ids=lambda proof: proof.stem)
def test_every_obligation_of_a_long_proof_is_discharged(proof: Proof) -> None:
    assert list(failures(proof.model())) == []


def test_what_is_pinned_is_a_theorem_that_is_there() -> None:
    expected = {theorem.id for theorem in QUICK if not theorem.example}
    found = {id for stem in {theorem.stem for theorem in theorems()} for id in pinned(stem)}

    assert found ^ expected == set(), "run `python -m concordant.proofs.pinned STEM`"


def test_how_every_large_theorem_stands_is_on_record() -> None:
    large = [theorem for theorem in theorems() if theorem.large]
    found = {id: text for stem in {theorem.stem for theorem in large} for id, text in pinned(stem, "large").items()}

    assert set(found) ^ {theorem.id for theorem in large} == set(), "run `python -m concordant.proofs.pinned --large STEM`"
    assert [id for id, text in found.items() if not text.startswith(("proved: ", "unknown: not finished after "))] == []


def test_a_theorem_that_takes_longer_than_it_may_is_not_finished() -> None:
    def for_ever() -> Finding:
        while True:
            pass

    finding = within(0.05, Theorem("nobody.knows", "One is one.", "for all", for_ever))

    assert (finding.standing, finding.detail) == (ProofStatus.UNKNOWN, "not finished after 0.05 s")


def test_two_theorems_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    (theorem,) = (each for each in theorems() if each.id == "two_phase_commit.agreement")
    monkeypatch.setattr(kernel, "collected", lambda _: (theorem, evolve(theorem)))

    with pytest.raises(ValueError, match=r"two theorems are called two_phase_commit\.agreement: rename one"):
        theorems()


@pytest.mark.parametrize("theorem", one_of_each_stem(), ids=lambda theorem: theorem.id)
def test_where_the_solver_has_done_all_that_it_may_a_theorem_is_unknown(theorem: Theorem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "EFFORT", 1)

    finding = theorem.prove()

    assert finding.standing is ProofStatus.UNKNOWN
    assert finding.detail.startswith("the solver gave up on ")


# ---- the ledger, and what is dropped


@pytest.mark.parametrize("proof", proofs(), ids=lambda proof: proof.stem)
def test_the_ledger_lists_every_guard_axiom_conjunct_and_obligation_of_the_model_and_nothing_else(proof: Proof) -> None:
    model, listed = proof.model(), expected(proof.stem)
    guards = {
        f"{name}.{guard}" for name, action in model.actions.items() for guard in action.guards(model.state(), **model.arguments(action))
    }

    assert set(listed["without guard"]) == guards
    assert set(listed["without axiom"]) == set(model.axioms)
    assert set(listed["without conjunct"]) == {name for name, each in model.invariants.items() if not each.safety}
    assert set(listed["obligations"].values()) == {"unsat"}
    assert len(listed["obligations"]) == (1 + len(model.actions)) * len(model.invariants)


GUARDS = [name.split(".") for name in expected("two_phase_commit")["without guard"]]


@pytest.mark.parametrize(("action", "guard"), GUARDS, ids=[".".join(each) for each in GUARDS])
def test_a_model_that_lost_a_guard_is_not_proved_any_more(action: str, guard: str) -> None:
    finding = check(evolve(COMMIT, model=lambda: commit().without_guard(action, guard)))

    assert finding.standing is ProofStatus.FAILED


@pytest.mark.parametrize("axiom", expected("paxos_synod")["without axiom"])
def test_a_model_that_lost_an_axiom_is_not_proved_any_more(axiom: str) -> None:
    proof = evolve(PAXOS, model=lambda: paxos().without_axiom(axiom), mutants=())

    assert check(proof).standing is ProofStatus.FAILED


def test_what_survives_without_a_reason_is_refused() -> None:
    found = {"without guard": {"vote.new": ""}}

    assert differences("nobody", found) == ["without guard vote.new: the proof survives, and the ledger gives no reason"]


def test_what_the_ledger_expects_to_survive_and_does_not_is_refused() -> None:
    found = PAXOS.ledger()
    found["without guard"]["promise.not_left"] = "promise keeps promises_are_kept"

    reason = expected("paxos_synod")["without guard"]["promise.not_left"]
    said = f"without guard promise.not_left: the ledger expects {reason}, but it is promise keeps promises_are_kept"
    assert differences("paxos_synod", found) == [said]


# ---- mutants


MUTANTS = [(proof, mutant) for proof in proofs() for mutant in proof.mutants]
NAMES = [mutant.name for proof in proofs() for mutant in proof.mutants]


@pytest.mark.parametrize(("proof", "mutant"), MUTANTS, ids=NAMES)
def test_a_mutant_has_a_counterexample_of_at_most_four_of_a_kind_that_python_agrees_with(proof: Proof, mutant: Mutant) -> None:
    found = proof.counterexample(mutant)

    assert max(found.sizes.values()) <= 4
    assert found.faults() == ()


@pytest.mark.parametrize(("proof", "mutant"), MUTANTS, ids=NAMES)
def test_an_attack_breaks_what_the_mutant_claims_and_the_protocol_stops_it(proof: Proof, mutant: Mutant) -> None:
    attacked = play(FiniteModel(mutant.model(), mutant.universe), mutant.attack)

    assert attacked.stuck_at is None
    assert any(attacked.broken.count(name) for name, each in proof.model().invariants.items() if each.safety)
    assert stopped_by(proof, mutant) is not None or comes_to_nothing(proof, mutant)


# ---- gates


def test_the_gates_notice_an_attack_that_fails_and_a_mutant_that_is_none() -> None:
    (late,) = (each for each in PAXOS.mutants if each.name == "late_votes")
    (earlier,) = (each for each in PAXOS.mutants if each.name == "any_earlier_vote")
    harmless = evolve(late, attack=late.attack[:3])
    stuck = evolve(late, attack=earlier.attack, universe=earlier.universe)

    assert list(gates(evolve(PAXOS, mutants=(harmless, stuck))))[:3] == [
        "the attack of late_votes breaks nothing that is claimed",
        "the attack of late_votes is possible in the protocol itself",
        "the attack of late_votes is stuck at step 18, by highest_vote",
    ]
    with pytest.raises(ValueError, match="mutant late_votes of paxos_synod is proved all the same"):
        PAXOS.counterexample(evolve(late, model=paxos))


def test_the_gates_notice_an_attack_in_a_universe_that_the_mutant_rules_out() -> None:
    (late,) = (each for each in PAXOS.mutants if each.name == "late_votes")

    wrong = list(gates(evolve(PAXOS, mutants=(evolve(late, universe=universe(3, 2, 2, members=1), attack=()),))))

    assert wrong[0].startswith("axiom quorums_meet of paxos_synod is false with")


def test_a_claim_that_fails_is_reported_and_its_page_shows_the_counterexample() -> None:
    def forgetful() -> Model:
        return commit().without_guard("log_commit", "all_prepared")

    finding, lines = check(evolve(COMMIT, model=forgetful)), "\n".join(page(evolve(COMMIT, model=forgetful, mutants=())))

    assert finding.standing is ProofStatus.FAILED
    assert finding.detail == "not proved, --explain shows a counterexample: log_commit keeps a_commit_needs_every_vote"
    assert "    log_commit() breaks a_commit_needs_every_vote\n      with 1 Node\n" in lines


# ---- pages and the command


@pytest.mark.thorough
def test_a_page_tells_everything() -> None:
    parts = (
        "Claim: Two decisions name the same value.",
        "In every run of the model below, for all acceptors, quorums, rounds, values; rounds are totally ordered;",
        "Assumes: what an acceptor has promised and voted is never forgotten; nobody lies;",
        "changes, and is empty at the start: asked(Value), refused(Value), prepared(Round), promise(Node, Round)",
        "agreement                        ·     ·     ·        ·        ·       ·       ·      ·      +",
        "exploring it, with 3 nodes, 3 quorums, 3 rounds, 2 values: no violation in 39,957 states",
        "proving it fails: propose(",
        "the handler AdoptsTheLowest, which does it: refuted by guard propose.highest_vote",
        "18 propose(r3, n0n1, r1, x)   here the protocol stops it: guard highest_vote is false",
        "the protocol rules it out: axiom quorums_meet is false of these quorums",
        "guard promise.was_prepared survives: a promise that nobody asked for",
    )
    text = "\n".join(page(PAXOS))

    assert [part for part in parts if part not in text] == []


def test_the_command_lists_theorems_and_explains_them() -> None:
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "concordant.checks", "prove", "two_phase_commit", "--explain"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    for part in (
        "Claim: Nobody has committed while another has aborted. A commit is logged only when all are prepared.",
        "who_refused_is_not_prepared: A participant that refused cannot be among the votes of a commit.",
        "Mutant decides_alone: A participant that is prepared aborts by itself.",
        "attacking it, with 2 nodes: agreement",
        "two_phase_commit.agreement  proved",
    ):
        assert part in done.stdout


def test_a_wrong_name_gets_the_nearest_right_ones() -> None:
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "concordant.checks", "prove", "quorum"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "did you mean quorums" in done.stderr
