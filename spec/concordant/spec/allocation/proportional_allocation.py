"""Proportional allocation: when less is there than is claimed, everybody gets the same part of its claim.

Source: O'Neill, "A Problem of Rights Arbitration from the Talmud", 1982; Thomson's survey, 2003. Of whole units, by largest
remainders: Hamilton's method (Balinski and Young, "Fair Representation", 1982), ties broken by name.
Does not promise that claimants tell the truth: whoever claims more gets more. `constrained_equal_awards` is the rule for that.
Nor is one unit divided equally between two that claim it, or a larger number of units to everybody's gain.
"""

from __future__ import annotations

from concordant.spec.allocation.shared.claims import (
    NOT_WHOLE,
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
    no_gain_by_splitting,
    not_negative,
    order_of_claims_is_irrelevant,
    order_preserving,
    resource_monotone,
)
from concordant.spec.vocabulary import Cases, case, for_all


@for_all
def everybody_gets_the_same_part(problem: Problem, outcome: Outcome) -> Cases:
    """All get the same part of their claims, and all of them where there is enough."""
    if isinstance(outcome, Awards):
        given = min(problem.estate, problem.total())
        for claim in problem.claims:
            award = outcome.of[claim.claimant]
            yield case(award * problem.total() == claim.amount * given, claim=claim, award=award)


@for_all
def quota(problem: Problem, outcome: Outcome) -> Cases:
    """Whoever is to get a part of a unit gets the whole unit or nothing of it: awards are proportional to within one unit."""
    if isinstance(outcome, Awards):
        given, total = min(problem.estate, problem.total()), problem.total()
        for claim in problem.claims:
            off = outcome.of[claim.claimant] * total - claim.amount * given
            yield case(-total < off < total or off == 0, claim=claim, award=outcome.of[claim.claimant])


@for_all
def units_are_whole(problem: Problem, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No unit is cut into pieces."""
    if isinstance(outcome, Awards):
        for claimant, award in outcome.of.items():
            yield case(award % 1 == 0, claimant=claimant, award=award)


@for_all
def cut_units_are_rejected(problem: Problem, outcome: Outcome) -> Cases:
    """A claim to a part of a unit is rejected where units are whole, and so is a part of a unit as the estate."""
    if any(amount % 1 != 0 for amount in (problem.estate, *(claim.amount for claim in problem.claims))):
        yield case(outcome == NOT_WHOLE, outcome=outcome)


OF_ALL_RULES = (
    every_claimant_gets_an_award,
    feasible,
    efficient,
    bounded_by_claims,
    not_negative,
    order_preserving,
    order_of_claims_is_irrelevant,
)
CLAUSES = (
    *OF_ALL_RULES,
    everybody_gets_the_same_part,
    equals_are_treated_equally,
    resource_monotone,
    no_gain_by_splitting,
    no_gain_by_merging,
    consistent,
)
WHOLE = (*OF_ALL_RULES, quota, units_are_whole)
MALFORMED = (malformed_problems_are_rejected,)
