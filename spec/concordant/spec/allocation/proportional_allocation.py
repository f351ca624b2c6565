"""Proportional allocation: when less is there than is claimed, everybody gets the same part of its claim.

Source: O'Neill, "A Problem of Rights Arbitration from the Talmud", 1982; Thomson's survey, 2003. Of whole units, by largest
remainders: Hamilton's method (Balinski and Young, "Fair Representation", 1982), ties broken by name.
Does not promise that claimants tell the truth: whoever claims more gets more. `constrained_equal_awards` is the rule for that.
Nor is one unit divided equally between two that claim it, or a larger number of units to everybody's gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

from concordant.spec.allocation.shared.claims import (
    NOT_WHOLE,
    REJECTED,
    Awards,
    Claim,
    Outcome,
    Problem,
    amounts,
    bounded_by_claims,
    claimants,
    claimed,
    consistent,
    efficient,
    equals_are_treated_equally,
    every_claimant_gets_an_award,
    feasible,
    in_any_order,
    malformed,
    malformed_problems_are_rejected,
    misreport,
    no_gain_by_merging,
    no_gain_by_splitting,
    not_negative,
    order_of_claims_is_irrelevant,
    order_preserving,
    resource_monotone,
    utility,
)
from concordant.spec.common.names import some_names
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, case, for_all, ratio, rejection


@for_all
def everybody_gets_the_same_part(problem: Problem, outcome: Outcome) -> Cases:
    """All get the same part of their claims, and all of them where there is enough."""
    if isinstance(outcome, Awards):
        for one, other in combinations(problem.claims, 2):
            same = outcome.of[one.claimant] * other.amount == outcome.of[other.claimant] * one.amount
            yield case(same, one=one, other=other, awards=outcome.of)
        if claimed(problem) <= problem.estate:
            for claim in problem.claims:
                yield case(outcome.of[claim.claimant] == claim.amount, claim=claim, awards=outcome.of)


def exact(problem: Problem, claim: Claim) -> Amount:
    """Return what a claimant would get if units could be cut."""
    scarce = claimed(problem) > problem.estate
    return ratio(claim.amount * problem.estate, claimed(problem)) if scarce else claim.amount


@for_all
def quota(problem: Problem, outcome: Outcome) -> Cases:
    """Whoever is to get a part of a unit gets the whole unit or nothing of it: awards are proportional to within one unit."""
    if isinstance(outcome, Awards):
        for claim in problem.claims:
            off = outcome.of[claim.claimant] - exact(problem, claim)
            yield case(-1 < off < 1, claim=claim, award=outcome.of[claim.claimant])


@for_all
def larger_remainders_come_first(problem: Problem, outcome: Outcome) -> Cases:
    """Nobody is rounded up before one with a larger remainder, or an equal one and an earlier name."""
    if isinstance(outcome, Awards):
        for one, other in permutations(problem.claims, 2):
            up, down = (outcome.of[each.claimant] - exact(problem, each) for each in (one, other))
            if up > 0 > down:  # rounded up, it was short of a unit by this; rounded down, by a whole unit less that
                yield case((up, one.claimant) < (1 + down, other.claimant), up=one, down=other, awards=outcome.of)


@for_all
def units_are_whole(problem: Problem, outcome: Outcome) -> Cases:  # noqa: ARG001  # the signature of the kind
    """No unit is cut into pieces."""
    if isinstance(outcome, Awards):
        for claimant, award in outcome.of.items():
            yield case(is_whole(award), claimant=claimant, award=award)


def is_whole(amount: Amount) -> bool:
    """Tell whether an amount is of whole units."""
    return Fraction(amount).denominator == 1


REJECTED_OF_UNITS: Flaws[Problem] = (*REJECTED, (NOT_WHOLE, lambda problem: not all(map(is_whole, amounts(problem)))))
"""What is rejected where units are whole."""


@for_all
def cut_units_are_rejected(problem: Problem, outcome: Outcome) -> Cases:
    """Where units are whole, a problem is rejected for a part of a unit too, claimed or there to divide."""
    yield from rejection(REJECTED_OF_UNITS, problem, outcome)


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
    malformed_problems_are_rejected,
    *OF_ALL_RULES,
    everybody_gets_the_same_part,
    equals_are_treated_equally,
    resource_monotone,
    no_gain_by_splitting,
    no_gain_by_merging,
    consistent,
)
WHOLE = (cut_units_are_rejected, *OF_ALL_RULES, quota, larger_remainders_come_first, units_are_whole)

# ---- problems of whole units


def counted(draw: Draw, most: int, options: Sequence[Amount]) -> Problem:
    """Draw a problem of up to `most` claimants, whose amounts are some of a few."""
    names = [f"claimant{number}" for number in range(draw.one_of("claimants", range(1, most + 1)))]
    return Problem(tuple(Claim(name, draw.one_of(name, options)) for name in names), draw.one_of("estate", options))


def counted_in_any_order(draw: Draw, most: int, options: Sequence[Amount]) -> Problem:
    """Draw such a problem, whose claims came in any order of the claimants' names."""
    return in_any_order(draw, counted(draw, most, options))


def counted_at_large(draw: Draw) -> Problem:
    """Draw a problem of up to six claimants of any names, and up to a hundred units, or to three, where many are equal; or of so many as no float can tell apart."""
    names, units = some_names(draw, "claimant", 1, 6), range(1 + draw.one_of("units", (3, 100)))
    times = draw.one_of("times", (1, 10**18 + 9))
    claims = tuple(Claim(name, times * draw.one_of(f"{name} claims", units)) for name in names)
    return Problem(claims, times * draw.one_of("estate", units))


UNITS = Domain(counted, malformed, cut_units_are_rejected, claimants, misreport, utility)
