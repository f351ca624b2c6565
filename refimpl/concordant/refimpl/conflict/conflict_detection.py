"""Conflict detection: a pure function from requests to conflicts and grants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from concordant.refimpl.machine import Mechanism
from concordant.spec.conflict.conflict_detection import (
    CLAUSES,
    FLAWS,
    NOT_EXACT,
    NOT_POSITIVE,
    UNKNOWN_RESOURCE,
    Conflict,
    Found,
    Kind,
    Outcome,
    Request,
    Rule,
    Situation,
    Wish,
    malformed,
    malformed_situations_are_rejected,
    situations,
)
from concordant.spec.vocabulary import Amount, Draw, Rejected, is_amount


def detect(situation: Situation) -> Outcome:
    """Look at one resource after the other: who wants too much, and whether what the others want can all be met."""
    reason = flaw(situation)
    if reason is not None:
        return reason
    conflicts: list[Conflict] = []
    granted: list[Wish] = []
    excessive: list[Wish] = []
    for resource in sorted({request.resource for request in situation.requests}):
        capacity = situation.capacities[resource]
        by_agent: dict[str, list[Request]] = {}
        for request in situation.requests:
            if request.resource == resource:
                by_agent.setdefault(request.agent, []).append(request)
        modest = sorted(agent for agent, requests in by_agent.items() if not kinds(requests, capacity))
        excessive += [Wish(agent, resource) for agent in sorted(by_agent) if agent not in modest]
        found = kinds([request for agent in modest for request in by_agent[agent]], capacity)
        conflicts += [Conflict(resource, kind, tuple(modest)) for kind in found]
        granted += [Wish(agent, resource) for agent in modest if not found]
    return Found(tuple(conflicts), tuple(granted), tuple(excessive))


def kinds(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Return why some requests of one resource cannot all be met; nothing if they can."""
    states = {request.state for request in requests if request.state is not None}
    return [
        *([Kind.AMOUNT] if demand(requests) > capacity else []),
        *([Kind.GOAL] if len(states) > 1 else []),
    ]


def demand(requests: Sequence[Request]) -> Amount:
    """Return how much all need together: those that share a resource use the same of it."""
    shared = [request.amount for request in requests if not request.exclusive]
    return sum(request.amount for request in requests if request.exclusive) + max(shared, default=0)


def flaw(situation: Situation) -> Rejected | None:
    """Return why a situation is refused; None where it is not."""
    wanted = [request.amount for request in situation.requests]
    if not all(request.resource in situation.capacities for request in situation.requests):
        return UNKNOWN_RESOURCE
    if not all(is_amount(amount) for amount in (*wanted, *situation.capacities.values())):
        return NOT_EXACT
    if any(amount <= 0 for amount in wanted) or any(capacity < 0 for capacity in situation.capacities.values()):
        return NOT_POSITIVE
    return None


def over(profiles: Callable[[Draw], Situation], rule: Rule = detect) -> Mechanism[Situation, Outcome]:
    """Return a rule on some situations, with all that detection promises."""
    return Mechanism(rule, profiles, CLAUSES)


def detection(most: int, rule: Rule = detect, *, resources: int = 1, goals: bool = False) -> Mechanism[Situation, Outcome]:
    """Return a rule on situations of up to `most` requests."""
    return over(partial(situations, most=most, resources=resources, goals=goals), rule)


def on_malformed(rule: Rule = detect, flaws: tuple[str, ...] = FLAWS) -> Mechanism[Situation, Outcome]:
    """Return a rule on situations with one of these flaws."""
    return Mechanism(rule, partial(malformed, flaws=flaws), (malformed_situations_are_rejected,))
