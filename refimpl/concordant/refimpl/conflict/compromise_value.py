"""Three ways to make one value of many: pure functions from requests to a compromise."""

from __future__ import annotations

from concordant.refimpl.machine import KnownViolation, NamedRule
from concordant.spec.conflict.compromise_value import (
    CONFLICTS,
    DUPLICATE_AGENT,
    MEANS,
    MEDIANS,
    NEGATIVE_WEIGHT,
    NOBODY_ASKS,
    NOBODY_WEIGHS,
    NOT_EXACT,
    WEIGHTED_MEANS,
    Compromise,
    Conflict,
    Method,
    Outcome,
    no_lie_helps_whatever_is_single_peaked,
    truthful_requests,
)
from concordant.spec.vocabulary import Rejected, is_amount, ratio


def mean(conflict: Conflict) -> Outcome:
    """Divide the sum of the requests by their number."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    return Compromise(ratio(sum(request.value for request in conflict.requests), len(conflict.requests)), Method.MEAN)


def weighted_mean(conflict: Conflict) -> Outcome:
    """Divide the sum of the requests, each times its weight, by the sum of the weights."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    weighed = sum(request.value * request.weight for request in conflict.requests)
    return Compromise(ratio(weighed, sum(request.weight for request in conflict.requests)), Method.WEIGHTED_MEAN)


def median(conflict: Conflict) -> Outcome:
    """Take the request in the middle, of an even number the lower of the two."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    # The hard step. A request moves the value only from one side to the other, past the others in the middle: away from whoever
    # asks. So honesty pays.
    ranked = sorted(request.value for request in conflict.requests)
    return Compromise(ranked[(len(ranked) - 1) // 2], Method.MEDIAN)


def flaw(conflict: Conflict) -> Rejected | None:
    """Return why a conflict is refused; None where it is not."""
    weights = [request.weight for request in conflict.requests]
    if not conflict.requests:
        return NOBODY_ASKS
    if len({request.agent for request in conflict.requests}) < len(conflict.requests):
        return DUPLICATE_AGENT
    if not all(is_amount(amount) for amount in (*weights, *(request.value for request in conflict.requests))):
        return NOT_EXACT
    if any(weight < 0 for weight in weights):
        return NEGATIVE_WEIGHT
    return NOBODY_WEIGHS if sum(weights) == 0 else None


MEAN = NamedRule("mean", mean, CONFLICTS, MEANS)
WEIGHTED_MEAN = NamedRule("weighted mean", weighted_mean, CONFLICTS, WEIGHTED_MEANS)
MEDIAN = NamedRule("median", median, CONFLICTS, MEDIANS)

# ---- what the means do not promise

EXAGGERATION = KnownViolation(
    truthful_requests,
    "Of two who want 1 and 0, the first gets a half, and what it wants, 1, by asking for 2.",
    MEAN.on(2, weighted=False),
    id="CMP-7",
    witness={"agents": 2, "agent0": 1, "agent1": 0, "who lies": "agent0", "the lie": 2},
)
EXAGGERATION_BY_WEIGHT = KnownViolation(
    truthful_requests,
    "Of two who weigh the same and want 1 and 0, the first gets 1 by asking for 2.",
    WEIGHTED_MEAN.on(2),
    id="CMP-7/weighted",
    witness={"agents": 2, "agent0": 1, "agent0 weighs": 1, "agent1": 0, "agent1 weighs": 1, "who lies": "agent0", "the lie": 2},
)
ONE_SIDED = KnownViolation(
    no_lie_helps_whatever_is_single_peaked,
    "The first gets from a half to 1, what it wants, by asking for 2.",
    MEAN.on(2, weighted=False),
    witness={"agents": 2, "agent0": 1, "agent1": 0, "who lies": "agent0", "the lie": 2},
)
