"""What goes wrong with equal awards."""

from __future__ import annotations

from concordant.refimpl.allocation.constrained_equal_awards import EQUAL_AWARDS_RULE
from concordant.refimpl.allocation.proportional_allocation import proportional
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import constrained_equal_awards as spec
from concordant.spec.allocation.shared import claims
from concordant.spec.allocation.shared.claims import Awards, Outcome, Problem
from concordant.spec.vocabulary import Amount, Map, ratio


def equal_parts(problem: Problem) -> Outcome:
    """Give everybody an equal part, or its claim if that is less, and keep what is left of the parts."""
    part = ratio(problem.estate, len(problem.claims))
    return Awards(Map.of({claim.claimant: min(claim.amount, part) for claim in problem.claims}))


def in_order_of_arrival(problem: Problem) -> Outcome:
    """Serve claims as they came, each with its part of what is left."""
    left = problem.estate
    awards: dict[str, Amount] = {}
    for place, claim in enumerate(problem.claims):
        awards[claim.claimant] = min(claim.amount, ratio(left, len(problem.claims) - place))
        left -= awards[claim.claimant]
    return Awards(Map.of(awards))


def without_limit(problem: Problem) -> Outcome:
    """Give everybody an equal part, whatever it claims."""
    return Awards(Map.of({claim.claimant: ratio(problem.estate, len(problem.claims)) for claim in problem.claims}))


PROPORTIONAL = Pitfall(
    "constrained_equal_awards.Proportional",
    "The estate is divided in proportion to the claims: whoever claims more gets more.",
    breaks=claims.truthful_claims,
    subject=EQUAL_AWARDS_RULE.replaced_by(proportional).on(3),
    length=6,
)
FAVOURS_LARGE_CLAIMS = Pitfall(
    "constrained_equal_awards.FavoursLargeClaims",
    "The estate is divided in proportion to the claims: a small claim is cut although a larger one gets more.",
    breaks=spec.whoever_is_cut_has_no_less_than_anybody,
    subject=EQUAL_AWARDS_RULE.replaced_by(proportional).on(3),
    length=4,
)
EQUAL_PARTS = Pitfall(
    "constrained_equal_awards.EqualParts",
    "What a small claim leaves of its part is kept, although others are not satisfied.",
    breaks=claims.efficient,
    subject=EQUAL_AWARDS_RULE.replaced_by(equal_parts).on(3),
    length=4,
)
IN_ORDER_OF_ARRIVAL = Pitfall(
    "constrained_equal_awards.InOrderOfArrival",
    "Claims are served as they came: whoever came before a small claim gets nothing of what that leaves.",
    breaks=claims.order_of_claims_is_irrelevant,
    subject=EQUAL_AWARDS_RULE.replaced_by(in_order_of_arrival).on(3),
    length=5,
)
WITHOUT_LIMIT = Pitfall(
    "constrained_equal_awards.WithoutLimit",
    "Equal parts are given to everybody, more than it claims included.",
    breaks=claims.bounded_by_claims,
    subject=EQUAL_AWARDS_RULE.replaced_by(without_limit).on(3),
    length=3,
)
LOOKS_AT_NOTHING = Pitfall(
    "constrained_equal_awards.LooksAtNothing",
    "Claims are divided without being looked at: among nobody, by zero.",
    breaks=claims.malformed_problems_are_rejected,
    subject=EQUAL_AWARDS_RULE.replaced_by(equal_parts).on_malformed(),
    length=4,
    raises=True,
)
