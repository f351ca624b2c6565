"""The rule of constrained equal awards: a pure function from claims to awards."""

from __future__ import annotations

from concordant.refimpl.allocation.shared.claims import flaw
from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.allocation.constrained_equal_awards import CLAUSES
from concordant.spec.allocation.shared.claims import CLAIMS, Awards, Outcome, Problem, no_gain_by_splitting
from concordant.spec.vocabulary import Amount, Map, ratio


def equal_awards(problem: Problem) -> Outcome:
    """Divide equally among those who are left, the smallest claim first, which takes no more than it claims."""
    reason = flaw(problem)
    if reason is not None:
        return reason
    left = problem.estate
    ranked = sorted(problem.claims, key=lambda claim: claim.amount)
    awards: dict[str, Amount] = {}
    for place, claim in enumerate(ranked):
        # The hard step. What a small claim leaves of its equal part is divided among the larger ones, who have not been served yet.
        award = min(claim.amount, ratio(left, len(ranked) - place))
        awards[claim.claimant] = award
        left -= award
    return Awards(Map.of(awards))


EQUAL_AWARDS_RULE = NamedRule("constrained equal awards", equal_awards, CLAIMS, CLAUSES)

SPLITTING = KnownViolation(
    no_gain_by_splitting,
    "Everybody gets the same, so that whoever appears as two gets twice as much; only the proportional rule prevents that (O'Neill 1982).",
    EQUAL_AWARDS_RULE.on(3),
    witness={"claimants": 3, "claimant0": 1, "claimant1": 1, "claimant2": 1, "estate": 1, "pool their claims": (0, 1)},
)
