"""Compromise on a value: of the values that agents ask for one is made, by the mean, the weighted mean or the median.

Source: Grabisch, Marichal, Mesiar and Pap, "Aggregation Functions", 2009, for what a mean must keep; Moulin, "On
Strategy-Proofness and Single Peakedness", 1980, for the median. An agent's request is its peak, the value that it likes best, and
of two values on the same side of it the nearer is liked better.
The method is chosen by whoever calls, and told with the value; none is chosen by looking at the values, since what then decides
are the units in which they are written. Of an even number the median is the lower of the two in the middle, which somebody asked
for; halfway between them honesty does not pay. Weights are given, not reported; only the weighted mean takes notice of them.
Does not promise that either mean is told the truth: whoever exaggerates moves it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, Rejected, case, for_all, is_amount, rejection, relates


class Method(Enum):
    """How one value is made of many."""

    MEAN = "mean"
    WEIGHTED_MEAN = "weighted mean"
    MEDIAN = "median"


@frozen
class Request:
    """What one agent asks for, and how much it weighs."""

    agent: str
    value: Amount
    weight: Amount = 1


@frozen
class Conflict:
    """All requests about one value, in the order in which they came."""

    requests: tuple[Request, ...]


@frozen
class Compromise:
    """The value that stands for all, and how it was made."""

    value: Amount
    method: Method


Outcome: TypeAlias = Compromise | Rejected
Rule: TypeAlias = Callable[[Conflict], Outcome]

NOBODY_ASKS = Rejected("nobody asks for anything")
DUPLICATE_AGENT = Rejected("an agent asks twice")
NOT_EXACT = Rejected("a value or a weight is no exact amount")
NEGATIVE_WEIGHT = Rejected("a weight is negative")
NOBODY_WEIGHS = Rejected("nobody weighs anything")

REJECTED: Flaws[Conflict] = (
    (NOBODY_ASKS, lambda conflict: conflict.requests == ()),
    (DUPLICATE_AGENT, lambda conflict: any(one.agent == other.agent for one, other in combinations(conflict.requests, 2))),
    (NOT_EXACT, lambda conflict: not all(is_amount(each.value) and is_amount(each.weight) for each in conflict.requests)),
    (NEGATIVE_WEIGHT, lambda conflict: any(each.weight < 0 for each in conflict.requests)),
    (NOBODY_WEIGHS, lambda conflict: all(each.weight == 0 for each in conflict.requests)),
)
"""What is rejected, and why."""


def values(conflict: Conflict) -> tuple[Amount, ...]:
    """List what is asked for."""
    return tuple(request.value for request in conflict.requests)


# ---- clauses about one compromise


@for_all
def within_the_requests(conflict: Conflict, outcome: Outcome) -> Cases:
    """The value is no less than all that is asked for, and no more."""
    if isinstance(outcome, Compromise):
        within = min(values(conflict)) <= outcome.value <= max(values(conflict))
        yield case(within, value=outcome.value, asked=values(conflict))


@for_all
def agreement_stands(conflict: Conflict, outcome: Outcome) -> Cases:
    """If all ask for the same, that is the value."""
    if isinstance(outcome, Compromise) and all(one == other for one, other in combinations(values(conflict), 2)):
        yield case(outcome.value == values(conflict)[0], value=outcome.value, asked=values(conflict))


@for_all
def mean_of_the_requests(conflict: Conflict, outcome: Outcome) -> Cases:
    """The value times the number of requests is their sum, and the mean is told as the method."""
    if isinstance(outcome, Compromise):
        same = outcome.value * len(conflict.requests) == sum(values(conflict))
        yield case(same and outcome.method is Method.MEAN, outcome=outcome)


@for_all
def mean_by_weight(conflict: Conflict, outcome: Outcome) -> Cases:
    """By how much requests are above the value, times their weights, adds up to nothing; and the weighted mean is told."""
    if isinstance(outcome, Compromise):
        pull = sum(request.weight * (request.value - outcome.value) for request in conflict.requests)
        yield case(pull == 0 and outcome.method is Method.WEIGHTED_MEAN, outcome=outcome, pull=pull)


@for_all
def lower_median(conflict: Conflict, outcome: Outcome) -> Cases:
    """Fewer than half ask for less than the value, and at least half for no more, so that some ask for it; and the median is told."""
    if isinstance(outcome, Compromise):
        less = sum(1 for value in values(conflict) if value < outcome.value)
        no_more = sum(1 for value in values(conflict) if value <= outcome.value)
        middle = 2 * less < len(conflict.requests) <= 2 * no_more
        yield case(middle and outcome.method is Method.MEDIAN, outcome=outcome, asked=values(conflict))


@for_all
def malformed_requests_are_rejected(conflict: Conflict, outcome: Outcome) -> Cases:
    """A conflict is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, conflict, outcome)


# ---- clauses about several compromises


@relates
def order_of_requests_is_irrelevant(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """Whoever asks earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(conflict.requests)))
    moved = (conflict.requests[place], *conflict.requests[:place], *conflict.requests[place + 1 :])
    yield case(rule(evolve(conflict, requests=moved)) == rule(conflict), moved=conflict.requests[place])


@relates
def names_are_irrelevant(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """If two agents exchange their names, the value stays."""
    if len(conflict.requests) > 1:
        one, other = draw.one_of("exchange their names", tuple(combinations(agents(conflict), 2)))
        renamed = {one: other, other: one}
        requests = tuple(evolve(request, agent=renamed.get(request.agent, request.agent)) for request in conflict.requests)
        yield case(rule(Conflict(requests)) == rule(conflict), one=one, other=other)


@relates
def monotone(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """If one asks for more, the value is no less."""
    agent = draw.one_of("who asks for more", agents(conflict))
    before, more = rule(conflict), draw.amount("more")
    after = rule(asking(conflict, agent, next(each.value for each in conflict.requests if each.agent == agent) + more))
    if isinstance(before, Compromise) and isinstance(after, Compromise):
        yield case(after.value >= before.value, agent=agent, more=more, before=before, after=after)


@relates
def other_units_change_nothing(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """Written in another unit, and counted from another origin, the requests come to the same value, by the same method."""
    unit, origin = draw.one_of("the unit is worth", (Fraction(1, 10), Fraction(2))), draw.amount("counted from")
    before = rule(conflict)
    after = rule(Conflict(tuple(evolve(request, value=request.value * unit - origin) for request in conflict.requests)))
    if isinstance(before, Compromise):
        yield case(after == Compromise(before.value * unit - origin, before.method), before=before, after=after)


def asking(conflict: Conflict, agent: str, value: Amount) -> Conflict:
    """Return the conflict in which one agent asks for another value."""
    return Conflict(tuple(evolve(each, value=value) if each.agent == agent else each for each in conflict.requests))


def agents(conflict: Conflict) -> tuple[str, ...]:
    """List who asks."""
    return tuple(request.agent for request in conflict.requests)


def misreport(conflict: Conflict, agent: str, draw: Draw) -> Conflict:
    """Draw another request of one agent."""
    return asking(conflict, agent, draw.amount("the lie"))


def utility(conflict: Conflict, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent that wants what it asks for in the conflict: less, the farther it is."""
    if isinstance(outcome, Rejected):  # a lie never makes a request malformed, so that this is compared with itself only
        return 0
    peak = next(request.value for request in conflict.requests if request.agent == agent)
    return min(peak - outcome.value, outcome.value - peak)


@relates
def no_lie_helps_whatever_is_single_peaked(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """Whoever lies gets what it would have got, or a value farther away on the same side of its own.

    That is truthfulness for every single-peaked preference at once, however steep it falls on either side.
    """
    agent = draw.one_of("who lies", agents(conflict))
    peak = next(request.value for request in conflict.requests if request.agent == agent)
    honest, lying = rule(conflict), rule(misreport(conflict, agent, draw))
    if isinstance(honest, Compromise) and isinstance(lying, Compromise):
        farther = peak <= honest.value <= lying.value or peak >= honest.value >= lying.value
        yield case(farther, agent=agent, peak=peak, honest=honest, lying=lying)


# ---- conflicts


def conflicts(draw: Draw, most: int, *, weighted: bool = True) -> Conflict:
    """Draw a conflict of up to `most` agents; not weighted, all weigh the same."""
    names = [f"agent{number}" for number in range(draw.one_of("agents", range(1, most + 1)))]
    return Conflict(tuple(Request(name, draw.amount(name), draw.amount(f"{name} weighs") if weighted else 1) for name in names))


def conflicts_at_large(draw: Draw) -> Conflict:
    """Draw a conflict of up to seven agents of any names, who ask for values below zero, too."""
    names, requests = some_names(draw, "agent", 1, 7), []
    for name in names:
        value = draw.amount(name)
        below = draw.one_of(f"{name} asks below zero", (False, True))
        requests.append(Request(name, 0 - value if below else value, draw.amount(f"{name} weighs")))
    return Conflict(tuple(requests))


FLAWS = ("nobody asks", "one asks twice", "a value", "the only value", "a weight", "the last weight", "no weight")


KINDS = tuple(NO_AMOUNTS)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = KINDS) -> Conflict:
    """Draw a conflict of two agents with one of these flaws; where an amount is none, one of these kinds."""
    first, second = Request("agent0", draw.amount("agent0")), Request("agent1", draw.amount("agent1"))
    match draw.one_of("flaw", flaws):
        case "nobody asks":
            return Conflict(())
        case "one asks twice":
            return Conflict((first, second, first))
        case "a value" | "the only value" as which:
            kind = draw.one_of("it is", tuple(kind for kind in kinds if kind != "negative"))  # a value may be negative
            wrong = evolve(second, value=NO_AMOUNTS[kind])
            return Conflict((first, wrong) if which == "a value" else (wrong,))
        case "a weight" | "the last weight" as which:
            wrong = NO_AMOUNTS[draw.one_of("it is", kinds)]
            weights = (wrong, 2) if which == "a weight" else (2, wrong)
            return Conflict((evolve(first, weight=weights[0]), evolve(second, weight=weights[1])))
        case _:
            return Conflict((evolve(first, weight=0), evolve(second, weight=0)))


def careless(draw: Draw) -> Conflict:
    """Draw a conflict with any flaws, or none: what is told is the first."""
    places = range(draw.one_of("requests", range(4)))
    return Conflict(
        tuple(
            Request(draw.one_of(f"agent {place}", ("ann", "bob", "cid")), perhaps(draw, f"value {place}"), perhaps(draw, f"weight {place}"))
            for place in places
        )
    )


CONFLICTS = Domain(conflicts, malformed, malformed_requests_are_rejected, agents, misreport, utility)
truthful_requests = CONFLICTS.truthful

COMMON = (
    malformed_requests_are_rejected,
    within_the_requests,
    agreement_stands,
    order_of_requests_is_irrelevant,
    names_are_irrelevant,
    monotone,
    other_units_change_nothing,
)
MEANS = (*COMMON, mean_of_the_requests)
WEIGHTED_MEANS = (*COMMON, mean_by_weight)
MEDIANS = (*COMMON, lower_median, no_lie_helps_whatever_is_single_peaked, truthful_requests)
