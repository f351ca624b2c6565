"""The proportional rule, and its version for whole units: pure functions from claims to awards."""

from __future__ import annotations

from concordant.refimpl.allocation.shared.claims import claimed, flaw
from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.allocation.proportional_allocation import CLAUSES, UNITS, WHOLE
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import CLAIMS, NOT_WHOLE, Awards, Outcome, Problem
from concordant.spec.vocabulary import Map, ratio


def proportional(problem: Problem) -> Outcome:
    """Meet all claims if there is enough, else cut each in the same proportion."""
    reason = flaw(problem)
    if reason is not None:
        return reason
    total = claimed(problem)
    if total <= problem.estate:
        return Awards(Map.of({claim.claimant: claim.amount for claim in problem.claims}))
    # More is claimed than the estate, which is not negative: so the divisor is positive.
    return Awards(Map.of({claim.claimant: ratio(claim.amount * problem.estate, total) for claim in problem.claims}))


def largest_remainder(problem: Problem) -> Outcome:
    """Round the proportional awards down, and give the units that remain to the largest remainders; ties are broken by name."""
    reason = flaw(problem)
    if reason is not None:
        return reason
    if any(amount % 1 != 0 for amount in (problem.estate, *(claim.amount for claim in problem.claims))):
        return NOT_WHOLE
    given, total = min(problem.estate, claimed(problem)), claimed(problem)
    if total == 0:
        return Awards(Map.of({claim.claimant: 0 for claim in problem.claims}))
    ranked = sorted(problem.claims, key=lambda claim: (-(claim.amount * given % total), claim.claimant))
    awards = {claim.claimant: claim.amount * given // total for claim in problem.claims}
    # The hard step. The remainders add up to fewer units than there are claimants with one, so that nobody gets two of them.
    for claim in ranked[: int(given - sum(awards.values()))]:
        awards[claim.claimant] += 1
    return Awards(Map.of(awards))


PROPORTIONAL_RULE = NamedRule("proportional", proportional, CLAIMS, CLAUSES)
LARGEST_REMAINDER_RULE = NamedRule("largest remainder", largest_remainder, UNITS, WHOLE)
"""Rounding down is none of what runs on symbols: this rule is shown on all small problems and on random ones, and not proved."""

# ---- what the rules do not promise

INFLATION = KnownViolation(
    claims.truthful_claims,
    "Whoever claims more gets more.",
    PROPORTIONAL_RULE.on(2),
    id="PRO-3",
    witness={"claimants": 2, "claimant0": 1, "claimant1": 1, "estate": 1, "who lies": "claimant0", "the lie": 9},
)
ONE_UNIT = KnownViolation(
    claims.equals_are_treated_equally,
    "One whole unit cannot be divided between two that claim it.",
    LARGEST_REMAINDER_RULE.on(3, range(6)),
    witness={"claimants": 2, "claimant0": 1, "claimant1": 1, "estate": 1},
)
ALABAMA = KnownViolation(
    claims.resource_monotone,
    "Of whole units, one more takes a unit from the smallest claimant, the Alabama paradox (Balinski and Young 1982).",
    LARGEST_REMAINDER_RULE.on(3, range(6)),
    witness={"claimants": 3, "claimant0": 1, "claimant1": 3, "claimant2": 3, "estate": 3, "growth": 1},
)
DIVIDED_ANEW = KnownViolation(
    claims.consistent,
    "When a claimant leaves with the whole units that it got, those of the others are divided differently.",
    LARGEST_REMAINDER_RULE.on(3, range(6)),
    witness={"claimants": 3, "claimant0": 3, "claimant1": 1, "claimant2": 1, "estate": 2, "leaves": "claimant2"},
)
