"""Sentences that say other than the formulas that are proved, or supposed: printed as before, they were called proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import z3
from attrs import evolve

from concordant.proofs.consensus.two_phase_commit.claim import COMMIT as PROOF
from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.consensus.two_phase_commit.meaning import NODE, TwoPhaseCommit, node
from concordant.proofs.kernel.meaning import Said
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.proofs import check
from concordant.proofs.kernel.spelling import spelled
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.messaging.gossip.spreading import SPREADS
from concordant.spec.consensus.two_phase_commit import Refused
from concordant.spec.vocabulary import Address

BESIDE_ANOTHER = "is on record beside something else"
SORT = z3.DeclareSort("Sort")
P, Q = (z3.Function(name, SORT, SORT, z3.BoolSort()) for name in "pq")


def test_a_claim_that_says_less_than_its_sentence_is_not_proved() -> None:
    """Nobody has committed while another has aborted, unless that one has committed, too: an attack breaks that as well."""
    claim = commit().invariants["agreement"]

    def says_less(s: State) -> Term:
        node = commit().sorts["Node"]
        return forall(node, node, lambda n, k: z3.Or(z3.Not(z3.And(s.committed(n), s.aborted(k))), s.committed(k)))

    def model() -> Model:
        return evolve(commit(), invariants={**commit().invariants, "agreement": evolve(claim, formula=says_less)})

    assert f"“conjunct agreement: {claim.why}” {BESIDE_ANOTHER}" in check(evolve(PROOF, model=model)).detail


class OfOneNode(TwoPhaseCommit):
    """A meaning that supposes of participants what its sentence does not say."""

    background = TwoPhaseCommit.background | {
        "the coordinator is no participant": z3.And(
            TwoPhaseCommit.background["the coordinator is no participant"],
            forall(NODE, NODE, lambda n, k: n == k),
        )
    }


class TellsLess(TwoPhaseCommit):
    """A meaning in which to have refused is to have refused or prepared."""

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        said = super().saying(s, me, what, asked)
        if said is None or not isinstance(what, Refused):
            return said
        return {sentence: z3.Or(term, s.prepared(node(me))) for sentence, term in said.items()}


class OfOtherCasts(TwoPhaseCommit):
    """A meaning whose casts suppose what their texts do not say."""

    roles = (
        evolve(
            TwoPhaseCommit.roles[0],
            casts=tuple(evolve(each, facts=(*each.facts, z3.Bool("it is fine weather"))) for each in TwoPhaseCommit.roles[0].casts),
        ),
        *TwoPhaseCommit.roles[1:],
    )


@pytest.mark.parametrize(
    ("meaning", "sentence"),
    [
        (OfOneNode, "given that the coordinator is no participant"),
        (TellsLess, "Refused: it has refused"),
        (OfOtherCasts, "cast 3 participants"),
    ],
)
def test_a_meaning_whose_sentences_say_other_than_its_formulas_is_not_proved(meaning: type[TwoPhaseCommit], sentence: str) -> None:
    assert f"“{sentence}” {BESIDE_ANOTHER}" in stability_theorem(meaning()).prove().detail


def test_what_lemmas_suppose_is_what_their_sentences_say() -> None:
    (first, *rest) = SPREADS.lemmas
    given, term = next(iter(first.hypotheses.items()))
    more = evolve(first, hypotheses={**first.hypotheses, given: z3.And(term, z3.Bool("it is fine weather"))})

    assert f"“{first.name}: given that {given}” {BESIDE_ANOTHER}" in evolve(SPREADS, lemmas=(more, *rest)).check().detail


def test_where_a_sentence_is_about_several_shapes_it_counts_which_formula_is_about_which() -> None:
    class TheOpposite(TwoPhaseCommit):
        def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
            other = type(what)(not what.commit) if hasattr(what, "commit") else what
            return super().saying(s, me, other, asked)

    assert f"“Resolved: it is what was logged” {BESIDE_ANOTHER}" in stability_theorem(TheOpposite()).prove().detail


def x_before_y(says: Callable[[Term, Term], Term]) -> Term:
    return forall(SORT, SORT, lambda x, y: says(x, y))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x_before_y(P), x_before_y(lambda x, y: P(y, x))),
        (x_before_y(lambda x, y: z3.Implies(P(x, y), Q(x, y))), x_before_y(lambda x, y: z3.Implies(Q(x, y), P(x, y)))),
        (x_before_y(lambda x, y: z3.And(P(x, y), z3.Or(Q(x, y), P(y, x)))), x_before_y(lambda x, y: z3.Or(z3.And(P(x, y), Q(x, y)), P(y, x)))),
        (z3.ForAll([z3.Const("x", SORT)], P(z3.Const("x", SORT), z3.Const("y", SORT))), z3.ForAll([z3.Const("y", SORT)], P(z3.Const("y", SORT), z3.Const("y", SORT)))),
        (z3.And(*(P(z3.Const(f"x{n}", SORT), z3.Const(f"y{n}", SORT)) for n in range(90))), z3.And(*(P(z3.Const(f"x{n}", SORT), z3.Const(f"y{n % 89}", SORT)) for n in range(90)))),
        (z3.Not(z3.BoolVal(True)), z3.BoolVal(True)),
        (z3.Int("a") < z3.Int("b"), z3.Int("a") <= z3.Int("b")),
    ],
    ids=["places", "direction", "brackets", "free and bound", "a long one", "not", "numbers"],
)  # fmt: skip
def test_another_formula_is_another_text(one: Term, other: Term) -> None:
    assert spelled(one) != spelled(other)
