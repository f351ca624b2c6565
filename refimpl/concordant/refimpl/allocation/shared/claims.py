"""What rules that divide an estate share: what is refused, and what is claimed."""

from __future__ import annotations

from concordant.spec.allocation.shared.claims import DUPLICATE_CLAIMANT, NEGATIVE, NO_CLAIMANTS, NOT_EXACT, Problem
from concordant.spec.vocabulary import Amount, Rejected, is_amount


def flaw(problem: Problem) -> Rejected | None:
    """Return why a problem is refused; None where it is not."""
    claimants = [claim.claimant for claim in problem.claims]
    amounts = [problem.estate, *(claim.amount for claim in problem.claims)]
    if not claimants:
        return NO_CLAIMANTS
    if len(set(claimants)) < len(claimants):
        return DUPLICATE_CLAIMANT
    if not all(is_amount(amount) for amount in amounts):
        return NOT_EXACT
    if any(amount < 0 for amount in amounts):
        return NEGATIVE
    return None


def claimed(problem: Problem) -> Amount:
    """Return what is claimed altogether."""
    return sum(claim.amount for claim in problem.claims)
