"""The proportional rule, and its version for whole units: pure functions from claims to awards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from concordant.refimpl.machine import Fails, Mechanism
from concordant.spec.allocation import proportional_allocation as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import NOT_WHOLE, Awards, Claim, Outcome, Problem, Rule, fault, malformed, problems
from concordant.spec.vocabulary import Amount, Draw, Map, ratio


def proportional(problem: Problem) -> Outcome:
    """Meet all claims if there is enough, else cut each in the same proportion."""
    reason = fault(problem)
    if reason is not None:
        return reason
    total = problem.total()
    if total <= problem.estate:
        return Awards(Map.of({claim.claimant: claim.amount for claim in problem.claims}))
    # More is claimed than the estate, which is not negative: so the divisor is positive.
    return Awards(Map.of({claim.claimant: ratio(claim.amount * problem.estate, total) for claim in problem.claims}))


def largest_remainder(problem: Problem) -> Outcome:
    """Round the proportional awards down, and give the units that remain to the largest remainders; ties are broken by name."""
    reason = fault(problem)
    if reason is not None:
        return reason
    if any(amount % 1 != 0 for amount in (problem.estate, *(claim.amount for claim in problem.claims))):
        return NOT_WHOLE
    given, total = min(problem.estate, problem.total()), problem.total()
    if total == 0:
        return Awards(Map.of({claim.claimant: 0 for claim in problem.claims}))
    ranked = sorted(problem.claims, key=lambda claim: (-(claim.amount * given % total), claim.claimant))
    awards = {claim.claimant: claim.amount * given // total for claim in problem.claims}
    # The remainders add up to fewer units than there are claimants with one, so that nobody gets two of them.
    for claim in ranked[: int(given - sum(awards.values()))]:
        awards[claim.claimant] += 1
    return Awards(Map.of(awards))


# ---- with the problems on which they are judged


def mechanism(most: int = 3, rule: Rule = proportional) -> Mechanism[Problem, Outcome]:
    """Return the division among up to so many claimants; or by another rule, to see what that breaks."""
    return Mechanism(rule, partial(problems, most=most), spec.CLAUSES)


def of_whole_units(most: int = 3, units: int = 5, rule: Rule = largest_remainder) -> Mechanism[Problem, Outcome]:
    """Return the division of up to so many whole units among up to so many claimants.

    Rounding down is none of what runs on symbols: this rule is shown on all small problems and on random ones, and not proved.
    """
    return Mechanism(rule, partial(counted, most=most, options=range(units + 1)), spec.WHOLE)


def of_cut_units(rule: Rule = largest_remainder) -> Mechanism[Problem, Outcome]:
    """Return the division of whole units where halves of them may be claimed, or be there."""
    return Mechanism(rule, partial(counted, most=2, options=(0, Fraction(1, 2), 1)), (spec.cut_units_are_rejected,))


def of_malformed_problems(rule: Rule = proportional) -> Mechanism[Problem, Outcome]:
    """Return the division of what cannot be divided."""
    return Mechanism(rule, malformed, spec.MALFORMED)


def counted(draw: Draw, most: int, options: Sequence[Amount]) -> Problem:
    """Draw a problem of 1 to so many claimants, whose amounts are some of a few."""
    names = [f"claimant{number}" for number in range(draw.one_of("claimants", range(1, most + 1)))]
    return Problem(tuple(Claim(name, draw.one_of(name, options)) for name in names), draw.one_of("estate", options))


# ---- what the rules do not promise

INFLATION = Fails(
    claims.truthful_claims,
    "Whoever claims more gets more.",
    mechanism(),
    id="PRO-3",
    witness={"claimants": 2, "claimant0": 1, "claimant1": 1, "estate": 1, "who lies": "claimant0", "the lie": 9},
)
ONE_UNIT = Fails(
    claims.equals_are_treated_equally,
    "One whole unit cannot be divided between two that claim it.",
    of_whole_units(),
    witness={"claimants": 2, "claimant0": 1, "claimant1": 1, "estate": 1},
)
ALABAMA = Fails(
    claims.resource_monotone,
    "Of whole units, one more takes a unit from the smallest claimant, the Alabama paradox (Balinski and Young 1982).",
    of_whole_units(),
    witness={"claimants": 3, "claimant0": 1, "claimant1": 3, "claimant2": 3, "estate": 3, "growth": 1},
)
DIVIDED_ANEW = Fails(
    claims.consistent,
    "When a claimant leaves with the whole units that it got, those of the others are divided differently.",
    of_whole_units(),
    witness={"claimants": 3, "claimant0": 3, "claimant1": 1, "claimant2": 1, "estate": 2, "leaves": "claimant2"},
)
