"""What goes wrong with a compromise: the documents' own, which divides by the weights, tells another method and checks nothing; and others.

The documents call functions for the median, the variance and the weights that they do not hold. The variance is taken to be that
of the whole population, and weights those of the requests.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from concordant.refimpl.conflict.compromise_value import MEAN, MEDIAN, WEIGHTED_MEAN, flaw, mean, median, weighted_mean
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import compromise_value as spec
from concordant.spec.conflict.compromise_value import Compromise, Conflict, Method, Outcome, conflicts
from concordant.spec.vocabulary import Amount, Draw, ratio

# ---- the documents' rule


def as_written(conflict: Conflict) -> Outcome:
    """Take the weighted mean, and tell the method that the spread of the values suggests."""
    weighed = sum(request.value * request.weight for request in conflict.requests)
    value = ratio(weighed, sum(request.weight for request in conflict.requests))
    return Compromise(value, suggested(conflict))


def suggested(conflict: Conflict) -> Method:
    """Suggest a method: the mean for close values, the median for scattered ones, else the weighted mean."""
    values = [request.value for request in conflict.requests]
    middle = ratio(sum(values), len(values))
    if max(values) - min(values) < Fraction(1, 10):
        return Method.MEAN
    variance = ratio(sum((value - middle) * (value - middle) for value in values), len(values))
    return Method.MEDIAN if variance > Fraction(1, 2) else Method.WEIGHTED_MEAN


def as_suggested(conflict: Conflict) -> Outcome:
    """Use the method that is suggested, and tell it."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    return {Method.MEAN: mean, Method.MEDIAN: median, Method.WEIGHTED_MEAN: weighted_mean}[suggested(conflict)](conflict)


# ---- other rules


def sound(rule: Callable[[Conflict, list[Amount]], Amount], method: Method) -> Callable[[Conflict], Outcome]:
    """Return a rule that refuses what is malformed, and makes its value of the requests, and of their values in order of arrival."""

    def compromise(conflict: Conflict) -> Outcome:
        reason = flaw(conflict)
        return Compromise(rule(conflict, [each.value for each in conflict.requests]), method) if reason is None else reason

    return compromise


def an_absent_agent_weighs(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Divide by the weights of all agents that are known, one of whom asks for nothing here."""
    return ratio(sum(each.value * each.weight for each in conflict.requests), sum(each.weight for each in conflict.requests) + 1)


def a_weight_is_left_out(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Divide by the weights of all but the last, unless that is nothing."""
    weights = [each.weight for each in conflict.requests]
    return ratio(sum(each.value * each.weight for each in conflict.requests), sum(weights[:-1]) or sum(weights))


def one_less(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Divide by one less than there are, as for the variance of a sample."""
    return ratio(sum(values), max(1, len(values) - 1))


def rounded(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Round the mean down."""
    return sum(values) // len(values)


def without_the_farthest(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Leave out the value that is farthest from the mean, of three or more; of equally far ones, the highest."""
    middle = ratio(sum(values), len(values))
    kept = sorted(values, key=lambda value: (abs(value - middle), value))[: -1 if len(values) > 2 else None]
    return ratio(sum(kept), len(kept))


def leader_counts_twice(conflict: Conflict, values: list[Amount]) -> Amount:
    """Count the first by name twice."""
    leader = min(conflict.requests, key=lambda request: request.agent)
    return ratio(sum(values) + leader.value, len(values) + 1)


def halfway(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Take the mean of the two values in the middle."""
    ranked = sorted(values)
    return ratio(ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2], 2)


def upper(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Take the upper of the two values in the middle."""
    return sorted(values)[len(values) // 2]


def third(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Take what is a third of the way up."""
    return sorted(values)[(len(values) - 1) // 3]


def unsorted(conflict: Conflict, values: list[Amount]) -> Amount:  # noqa: ARG001
    """Take what came in the middle."""
    return values[(len(values) - 1) // 2]


def told_as(rule: Callable[[Conflict], Outcome], method: Method) -> Callable[[Conflict], Outcome]:
    """Return a rule that tells another method than it uses."""

    def compromise(conflict: Conflict) -> Outcome:
        outcome = rule(conflict)
        return evolve(outcome, method=method) if isinstance(outcome, Compromise) else outcome

    return compromise


ONE_TOO_MANY = WEIGHTED_MEAN.replaced_by(sound(an_absent_agent_weighs, Method.WEIGHTED_MEAN), "an absent agent weighs")
ONE_TOO_FEW = WEIGHTED_MEAN.replaced_by(sound(a_weight_is_left_out, Method.WEIGHTED_MEAN), "a weight is left out")
ONE_LESS_RULE = MEAN.replaced_by(sound(one_less, Method.MEAN), "one less")
HALFWAY_RULE = MEDIAN.replaced_by(sound(halfway, Method.MEDIAN), "halfway")
ROUNDED_RULE = MEAN.replaced_by(sound(rounded, Method.MEAN), "rounded")


def above_one(draw: Draw) -> Conflict:
    """Draw a conflict in which everybody asks for 1 or more, so that who lies may ask for less than all."""
    drawn = conflicts(draw, 2, weighted=False)
    return Conflict(tuple(evolve(request, value=request.value + 1) for request in drawn.requests))


# ---- the pitfalls

TELLS_ANOTHER_METHOD = Pitfall(
    "CMP-1",
    "The documents tell the method that they would suggest, and use the weighted mean.",
    breaks=spec.mean_by_weight,
    subject=WEIGHTED_MEAN.replaced_by(as_written).on(3, weighted=False),
    length=2,
)
TEXT = Pitfall(
    "CMP-2",
    "A value that is a text is multiplied and added, and the documents' rule crashes instead of failing.",
    breaks=spec.malformed_requests_are_rejected,
    subject=WEIGHTED_MEAN.replaced_by(as_written).on_malformed(("a value",), ("a text",)),
    length=4,
    raises=True,
)
NEGATIVE_WEIGHT = Pitfall(
    "CMP-3",
    "With a weight below zero the value lies outside of all requests.",
    breaks=spec.malformed_requests_are_rejected,
    subject=WEIGHTED_MEAN.replaced_by(as_written).on_malformed(("a weight",)),
    length=4,
)
NO_WEIGHT = Pitfall(
    "CMP-4",
    "If nobody weighs anything, the documents divide by zero.",
    breaks=spec.malformed_requests_are_rejected,
    subject=WEIGHTED_MEAN.replaced_by(as_written).on_malformed(("no weight",)),
    length=3,
    raises=True,
)
ONE_WEIGHT_TOO_MANY = Pitfall(
    "CMP-5",
    "The weight of an agent that asks for nothing is in the divisor: of 10 and 10 the mean is less than 10.",
    breaks=spec.agreement_stands,
    subject=ONE_TOO_MANY.on(2),
    length=3,
)
ONE_WEIGHT_TOO_MANY_LOWERS_IT = Pitfall(
    "CMP-5/below_all",
    "The same: the value is less than the least request.",
    breaks=spec.within_the_requests,
    subject=ONE_TOO_MANY.on(2),
    length=3,
)
ONE_WEIGHT_TOO_MANY_IS_NO_MEAN = Pitfall(
    "CMP-5/mean",
    "The same: all requests together pull the value up.",
    breaks=spec.mean_by_weight,
    subject=ONE_TOO_MANY.on(2),
    length=3,
)
ONE_WEIGHT_TOO_FEW = Pitfall(
    "compromise_value.AWeightIsLeftOut",
    "The weight of the last request is not in the divisor: of 10 and 10 the mean is more than 10.",
    breaks=spec.agreement_stands,
    subject=ONE_TOO_FEW.on(2),
    length=5,
)
ONE_WEIGHT_TOO_FEW_IS_NO_MEAN = Pitfall(
    "compromise_value.AWeightIsLeftOut/mean",
    "The same: all requests together pull the value down.",
    breaks=spec.mean_by_weight,
    subject=ONE_TOO_FEW.on(2),
    length=5,
)
SUGGESTED_BY_THE_UNIT = Pitfall(
    "CMP-6",
    "The method is chosen by the spread of the values: in tenths of the unit it is another.",
    breaks=spec.other_units_change_nothing,
    subject=MEAN.replaced_by(as_suggested).on(2),
    length=7,
)
SUGGESTED_BY_THE_UNIT_AND_TOLD = Pitfall(
    "CMP-6/told",
    "The method that is told is chosen by the spread of the values, whatever is used.",
    breaks=spec.other_units_change_nothing,
    subject=WEIGHTED_MEAN.replaced_by(as_written).on(2, weighted=False),
    length=5,
)
ONE_LESS = Pitfall(
    "compromise_value.OneLess",
    "The sum is divided by one less than there are requests.",
    breaks=spec.within_the_requests,
    subject=ONE_LESS_RULE.on(3, weighted=False),
    length=3,
)
ONE_LESS_IS_NO_MEAN = Pitfall(
    "compromise_value.OneLess/mean",
    "The same: times the number of requests it is more than their sum.",
    breaks=spec.mean_of_the_requests,
    subject=ONE_LESS_RULE.on(3, weighted=False),
    length=3,
)
ROUNDED_BY_THE_UNIT = Pitfall(
    "compromise_value.Halfway/rounded",
    "The median of two is halfway between them, and rounded down: what is lost depends on the unit.",
    breaks=spec.other_units_change_nothing,
    subject=MEDIAN.replaced_by(sound(rounded, Method.MEDIAN), "rounded halfway").on(2, weighted=False),
    length=4,
)
ROUNDED = Pitfall(
    "compromise_value.Rounded",
    "The mean is rounded down.",
    breaks=spec.mean_of_the_requests,
    subject=ROUNDED_RULE.on(3, weighted=False),
    length=3,
)
WEIGHTS_IGNORED = Pitfall(
    "compromise_value.WeightsIgnored",
    "All requests count the same, and the weighted mean is told.",
    breaks=spec.mean_by_weight,
    subject=WEIGHTED_MEAN.replaced_by(told_as(mean, Method.WEIGHTED_MEAN), "weights ignored").on(2),
    length=5,
)
OUTLIER_DROPPED = Pitfall(
    "compromise_value.WithoutTheFarthest",
    "The value farthest from the mean is left out: who asks for more may be left out for it, and the mean falls.",
    breaks=spec.monotone,
    subject=MEAN.replaced_by(sound(without_the_farthest, Method.MEAN), "without the farthest").on(3, weighted=False),
    length=6,
)
LEADER_COUNTS_TWICE = Pitfall(
    "compromise_value.LeaderCountsTwice",
    "The first by name counts twice.",
    breaks=spec.names_are_irrelevant,
    subject=MEAN.replaced_by(sound(leader_counts_twice, Method.MEAN), "leader counts twice").on(2, weighted=False),
    length=4,
)
HALFWAY = Pitfall(
    "compromise_value.Halfway",
    "Of an even number the median is halfway between the two in the middle: whoever is one of them moves it.",
    breaks=spec.truthful_requests,
    subject=HALFWAY_RULE.on(2, weighted=False),
    length=5,
)
HALFWAY_AT_ANY_SLOPE = Pitfall(
    "compromise_value.Halfway/any_slope",
    "The same, whatever the values are worth besides.",
    breaks=spec.no_lie_helps_whatever_is_single_peaked,
    subject=HALFWAY_RULE.on(2, weighted=False),
    length=5,
)
HALFWAY_FROM_BELOW = Pitfall(
    "compromise_value.Halfway/downwards",
    "The same, of an agent that gets more than it wants.",
    breaks=spec.no_lie_helps_whatever_is_single_peaked,
    subject=HALFWAY_RULE.over(above_one),
    length=5,
)
UPPER = Pitfall(
    "compromise_value.Upper",
    "Of an even number the median is the upper of the two in the middle: just as honest, and not what is promised.",
    breaks=spec.lower_median,
    subject=MEDIAN.replaced_by(sound(upper, Method.MEDIAN), "upper").on(2, weighted=False),
    length=3,
)
THIRD = Pitfall(
    "compromise_value.AThirdOfTheWayUp",
    "What is taken is a third of the way up, which most are above.",
    breaks=spec.lower_median,
    subject=MEDIAN.replaced_by(sound(third, Method.MEDIAN), "third").on(3, weighted=False),
    length=4,
)
UNSORTED = Pitfall(
    "compromise_value.Unsorted",
    "The median is taken of the requests as they came.",
    breaks=spec.order_of_requests_is_irrelevant,
    subject=MEDIAN.replaced_by(sound(unsorted, Method.MEDIAN), "unsorted").on(3, weighted=False),
    length=4,
)
TOLD_AS_ANOTHER = tuple(
    Pitfall(
        f"compromise_value.{told.name.title().replace('_', '')}Told/{rule.name.replace(' ', '_')}",
        f"The {rule.name} is taken, and told as the {told.value}.",
        breaks=breaks,
        subject=rule.replaced_by(told_as(rule.rule, told), f"{rule.name} told as {told.value}").on(2, weighted=False),
        length=2,
    )
    for rule, breaks, others in (
        (MEAN, spec.mean_of_the_requests, (Method.WEIGHTED_MEAN, Method.MEDIAN)),
        (WEIGHTED_MEAN, spec.mean_by_weight, (Method.MEAN, Method.MEDIAN)),
        (MEDIAN, spec.lower_median, (Method.MEAN, Method.WEIGHTED_MEAN)),
    )
    for told in others
)
