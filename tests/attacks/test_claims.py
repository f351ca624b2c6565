"""Attacks on what is said to be proved: texts that say more than their formulas, sizes or bridges do. Each was once called proved."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import z3
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.bridge import cross
from concordant.checks.exploration.explore import Reductions
from concordant.checks.questions import bridge as question
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocol
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.proofs.consensus.paxos_synod.handlers import HANDLERS as OF_PAXOS
from concordant.proofs.consensus.two_phase_commit.bridge import BRIDGE
from concordant.proofs.consensus.two_phase_commit.claim import COMMIT, commit
from concordant.proofs.consensus.two_phase_commit.handlers import HANDLERS as OF_COMMIT
from concordant.proofs.consensus.two_phase_commit.meaning import TwoPhaseCommit
from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.meaning import ME, Said
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.pages import page
from concordant.proofs.kernel.proofs import check, gates
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import Finding, ProofStatus
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION
from concordant.refimpl.consensus.two_phase_commit import Participating, system
from concordant.spec.auctions.shared.auctions import truthful_bidding
from concordant.spec.consensus.two_phase_commit import Phase
from concordant.spec.vocabulary import Address

And, Not = z3.And, z3.Not


def weaker() -> Model:
    """Return two-phase commit with the sentence of agreement over a formula about one participant."""
    m = commit()

    def of_one(s: State) -> Term:
        return forall(m.sorts["Node"], lambda n: Not(And(s.committed(n), s.aborted(n))))

    m.invariants["agreement"] = evolve(m.invariants["agreement"], formula=of_one)
    return m


def test_a_claim_whose_formula_says_less_is_noticed_since_no_attack_breaks_it() -> None:
    assert check(evolve(COMMIT, model=weaker)) == Finding(ProofStatus.FAILED, "no attack breaks agreement")


def test_no_action_counts_as_taken_that_is_so_only_where_the_axioms_are_false() -> None:
    def model() -> Model:
        m, idle = commit(), z3.Function("idle", commit().sorts["Node"], z3.BoolSort())
        m.rigid("idle", m.sorts["Node"])
        m.axiom("all_idle", "everybody is idle", forall(m.sorts["Node"], lambda n: idle(n)))
        return m.with_guards("prepare", lambda s, n: {"is_busy": Not(s.idle(n))})

    nobody_idle = Universe({"Node": ("n0",)}, {"idle": frozenset()})
    wrong = list(gates(evolve(COMMIT, model=model, start=nobody_idle, real=(), mutants=())))

    assert "axiom all_idle of two_phase_commit is false with {'Node': ('n0',)}" in wrong
    assert "no real system is named of which the axioms would be true" in wrong
    assert "action prepare never fired" not in wrong


def test_the_page_of_a_proof_shows_the_formula_beside_the_sentence() -> None:
    lines = list(page(evolve(COMMIT, model=weaker, mutants=())))

    assert lines[lines.index("    agreement (claimed): Nobody has committed while another has aborted.") + 1] == (
        "      ForAll(n, Not(And(committed(n), aborted(n))))"
    )


@pytest.mark.parametrize(
    ("mechanism", "said", "missing"),
    [
        (SECOND_PRICE_AUCTION.on(2), "one to five bidders", "bidders up to 2, 1 to 2 bidders, that 1 to 5 bidders are too many"),
        (SECOND_PRICE_AUCTION.on(2), "any number of bidders, two of a kind", "1 to 2 bidders, any draw of how many bidders"),
    ],
    ids=["another number", "a number of something else"],
)
def test_a_theorem_by_running_says_no_more_than_it_was_run_with(mechanism: Any, said: str, missing: str) -> None:
    finding = by_running("x.y", truthful_bidding, mechanism, f"all real amounts; {said}").prove()

    assert finding.standing is ProofStatus.FAILED
    assert f"do not say {missing}, on " in finding.detail


def test_what_is_assumed_of_requests_and_of_processes_is_said() -> None:
    (proposer,) = (each for each in OF_PAXOS if each.id == "paxos_synod.proposer_takes_steps_of_the_model")

    assert proposer.quantifiers.endswith(
        "; of Propose, that nobody has asked for the value before, no other proposer is asked for it"
        "; nothing is proved of what Unknown says"
        "; sets are gone through in the order in which they were made"
        "; given that no two acceptors are one node, any majority of the acceptors is a quorum"
    )


class Assumes(TwoPhaseCommit):
    """The meaning in which the coordinator has aborted where a participant is prepared, which is assumed and nowhere proved."""

    def state(self, s: State, me: Address, state: Any) -> Said:
        said = super().state(s, me, state)
        is_prepared = isinstance(state, Participating) and state.phase is Phase.PREPARED
        return {**said, "it is aborted": s.abort_logged()} if is_prepared and s is self.now else said


class Hears(TwoPhaseCommit):
    """The meaning in which a vote says more of who is heard than of who sends it."""

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        said = super().message(s, source, message)
        return {**said, "all is logged": s.commit_logged()} if said is not None and source is not ME else said


@pytest.mark.parametrize(
    ("meaning", "what"),
    [
        (Assumes(), "Participating(PREPARED, False) means something else in another state"),
        (Hears(), "Vote(True) means something else of another sender"),
    ],
    ids=["of a state", "of a message"],
)
def test_a_meaning_that_assumes_what_is_not_proved_is_found_out(meaning: TwoPhaseCommit, what: str) -> None:
    finding = stability_theorem(meaning).prove()

    assert finding.standing is ProofStatus.FAILED
    assert what in finding.detail


# ---- bridges


def test_a_bridge_that_looks_away_from_one_participant_is_refused_without_symmetry_too() -> None:
    blind = evolve(BRIDGE, local=lambda at, state: () if at.number == 1 else BRIDGE.local(at, state))

    with pytest.raises(UntrueSymmetry, match="the bridge tells participant0 and participant1 apart, by what their states stand for"):
        cross(blind, system(), Reductions())


def test_a_bridge_that_no_scope_crosses_is_not_crossed() -> None:
    of = protocol("two_phase_commit")
    nothing = Protocol(of.stem, of.title, partial(_without_scopes, of))

    (asked,) = question.ask(nothing)

    assert asked.answer(Means()).conclusion is Conclusion.NOT_AS_CLAIMED


def _without_scopes(of: Protocol, of_slice: str) -> Any:
    return () if of_slice == "checks.scopes" else of.load(of_slice)


def test_the_page_of_a_handler_shows_what_is_assumed_of_who_takes_part_as_a_formula_too() -> None:
    (coordinator, _) = OF_COMMIT

    assert coordinator.explain is not None
    lines = [line.strip() for line in coordinator.explain()]
    assert "Given of 3 participants: (me = coordinator)." in lines
    assert "Given that the coordinator is no participant: not(is a participant(coordinator))." in lines
