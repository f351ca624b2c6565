"""The rule of constrained equal awards: a pure function from claims to awards."""

from __future__ import annotations

from functools import partial

from concordant.refimpl.machine import Fails, Mechanism
from concordant.spec.allocation.constrained_equal_awards import CLAUSES
from concordant.spec.allocation.shared.claims import (
    Awards,
    Outcome,
    Problem,
    Rule,
    fault,
    malformed,
    malformed_problems_are_rejected,
    no_gain_by_splitting,
    problems,
)
from concordant.spec.vocabulary import Amount, Map, ratio


def equal_awards(problem: Problem) -> Outcome:
    """Divide equally among those who are left, the smallest claim first, which takes no more than it claims."""
    reason = fault(problem)
    if reason is not None:
        return reason
    left = problem.estate
    ranked = sorted(problem.claims, key=lambda claim: claim.amount)
    awards: dict[str, Amount] = {}
    for place, claim in enumerate(ranked):
        # What a small claim leaves of its equal part is divided among the larger ones, who have not been served yet.
        award = min(claim.amount, ratio(left, len(ranked) - place))
        awards[claim.claimant] = award
        left -= award
    return Awards(Map.of(awards))


def mechanism(most: int = 3, rule: Rule = equal_awards) -> Mechanism[Problem, Outcome]:
    """Return the division among up to so many claimants; or by another rule, to see what that breaks."""
    return Mechanism(rule, partial(problems, most=most), CLAUSES)


def of_malformed_problems(rule: Rule = equal_awards) -> Mechanism[Problem, Outcome]:
    """Return the division of what cannot be divided."""
    return Mechanism(rule, malformed, (malformed_problems_are_rejected,))


SPLITTING = Fails(
    no_gain_by_splitting,
    "Everybody gets the same, so that whoever appears as two gets twice as much; only the proportional rule prevents that (O'Neill 1982).",
    mechanism(),
    witness={"claimants": 3, "claimant0": 1, "claimant1": 1, "claimant2": 1, "estate": 1, "pool their claims": (0, 1)},
)
