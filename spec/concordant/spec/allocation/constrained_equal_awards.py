"""Constrained equal awards: everybody gets the same, but nobody more than it claims (max-min fairness).

Source: Maimonides, "Laws of Lending and Borrowing"; Thomson's survey of claims problems, 2003; Sprumont, "The Division Problem
with Single-Peaked Preferences", 1991, for its truthfulness. What the proportional rule does not promise, this one does, and
the reverse: nobody gains by a false claim, and whoever appears as two may gain.
"""

from __future__ import annotations

from concordant.spec.allocation.shared.claims import (
    Awards,
    Outcome,
    Problem,
    bounded_by_claims,
    consistent,
    efficient,
    equals_are_treated_equally,
    every_claimant_gets_an_award,
    feasible,
    malformed_problems_are_rejected,
    no_gain_by_merging,
    not_negative,
    order_of_claims_is_irrelevant,
    order_preserving,
    resource_monotone,
    truthful_claims,
)
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def whoever_is_cut_has_no_less_than_anybody(problem: Problem, outcome: Outcome) -> Cases:
    """Whoever does not get all that it claims gets no less than anybody else."""
    if isinstance(outcome, Awards):
        for claim in problem.claims:
            award = outcome.of[claim.claimant]
            if award < claim.amount:
                yield case(all(award >= other for other in outcome.of.values()), claim=claim, awards=outcome.of)


CLAUSES = (
    malformed_problems_are_rejected,
    every_claimant_gets_an_award,
    feasible,
    efficient,
    bounded_by_claims,
    not_negative,
    order_preserving,
    equals_are_treated_equally,
    whoever_is_cut_has_no_less_than_anybody,
    order_of_claims_is_irrelevant,
    resource_monotone,
    no_gain_by_merging,
    consistent,
    truthful_claims,
)
