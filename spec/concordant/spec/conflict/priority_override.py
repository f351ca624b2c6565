"""Priority override: of agents that want the same resources the more important has all that it asks for, and the others queue.

Source: Svensson, "Strategy-Proof Allocation of Indivisible Goods", 1999, for serial dictatorship, which this is; Silberschatz, Galvin and
Gagne, "Operating System Concepts", for aging. A variable on which agents disagree is one resource: whoever holds it sets its value.
A larger priority is the more important one, and equals go by name. An agent is given all that it asks for or nothing, since with a part it
holds up others and cannot run. Priorities are assigned, not reported; what an agent reports is what it needs.
With aging, each round that was waited adds one to the rank. Without it no round is counted, and nothing is promised to whoever is
not the most important: it may be passed over for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Request:
    """What an agent needs, all of it; how important the agent is, and how many rounds it has waited."""

    agent: str
    needs: frozenset[str]
    priority: Amount
    waited: Amount = 0


@frozen
class Conflict:
    """All requests, in the order in which they came."""

    requests: tuple[Request, ...]


@frozen
class Granted:
    """Who holds each resource that is given away, and who waits, the next one first."""

    holders: Map[str, str]
    queue: tuple[str, ...]


Outcome: TypeAlias = Granted | Rejected
Rule: TypeAlias = Callable[[Conflict], Outcome]

NOBODY_ASKS = Rejected("nobody asks for anything")
DUPLICATE_AGENT = Rejected("an agent asks twice")
NOTHING_NEEDED = Rejected("an agent needs nothing")
NOT_EXACT = Rejected("a priority or a time is no exact amount")
NEGATIVE_TIME = Rejected("an agent has waited for less than no time")

REJECTED: Flaws[Conflict] = (
    (NOBODY_ASKS, lambda conflict: conflict.requests == ()),
    (DUPLICATE_AGENT, lambda conflict: any(one.agent == other.agent for one, other in combinations(conflict.requests, 2))),
    (NOTHING_NEEDED, lambda conflict: any(request.needs == frozenset() for request in conflict.requests)),
    (NOT_EXACT, lambda conflict: not all(is_amount(each.priority) and is_amount(each.waited) for each in conflict.requests)),
    (NEGATIVE_TIME, lambda conflict: any(request.waited < 0 for request in conflict.requests)),
)
"""What is rejected, and why."""


def goes_before(one: Request, other: Request) -> bool:
    """Tell whether one request is the more important of two: by its priority and what it has waited, then by name."""
    ahead = one.priority - other.priority + one.waited - other.waited
    return ahead > 0 or (ahead == 0 and one.agent < other.agent)


def held(outcome: Granted, agent: str) -> frozenset[str]:
    """Return what an agent holds."""
    return frozenset(resource for resource, holder in outcome.holders.items() if holder == agent)


# ---- clauses about one decision


@for_all
def all_or_nothing(conflict: Conflict, outcome: Outcome) -> Cases:
    """Each agent holds all that it needs, and no more, or nothing; and nobody else holds anything."""
    if isinstance(outcome, Granted):
        for request in conflict.requests:
            yield case(held(outcome, request.agent) in (request.needs, frozenset()), request=request, holders=outcome.holders)
        yield case(all(holder in agents(conflict) for holder in outcome.holders.values()), holders=outcome.holders)


@for_all
def everybody_is_answered_once(conflict: Conflict, outcome: Outcome) -> Cases:
    """Whoever does not hold what it needs is in the queue, once, and nobody else is."""
    if isinstance(outcome, Granted):
        waiting = sorted(request.agent for request in conflict.requests if held(outcome, request.agent) == frozenset())
        yield case(sorted(outcome.queue) == waiting, queue=outcome.queue, waiting=tuple(waiting))


@for_all
def only_the_more_important_come_first(conflict: Conflict, outcome: Outcome) -> Cases:
    """Whoever holds nothing shares a need with one that holds what it needs and is more important.

    So the most important agent is always served, and nobody could be given more without taking it from another (Pareto).
    """
    if isinstance(outcome, Granted):
        for late in conflict.requests:
            if held(outcome, late.agent) == frozenset():
                served = [each for each in conflict.requests if not late.needs.isdisjoint(held(outcome, each.agent))]
                yield case(any(goes_before(each, late) for each in served), late=late, holders=outcome.holders)


@for_all
def nobody_can_be_given_more(conflict: Conflict, outcome: Outcome) -> Cases:
    """What is left does not suffice for anybody who waits: whoever is given more takes it from another."""
    if isinstance(outcome, Granted):
        for request in conflict.requests:
            if held(outcome, request.agent) == frozenset():
                yield case(any(resource in outcome.holders for resource in request.needs), request=request, holders=outcome.holders)


@for_all
def the_queue_is_in_order(conflict: Conflict, outcome: Outcome) -> Cases:
    """Of two who wait, the more important is the earlier in the queue."""
    if isinstance(outcome, Granted):
        requests = {request.agent: request for request in conflict.requests}
        for one, other in combinations(outcome.queue, 2):
            yield case(goes_before(requests[one], requests[other]), earlier=one, later=other)


@for_all
def malformed_requests_are_rejected(conflict: Conflict, outcome: Outcome) -> Cases:
    """A conflict is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, conflict, outcome)


# ---- clauses about several decisions


@relates
def order_of_requests_is_irrelevant(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """Whoever asks earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(conflict.requests)))
    moved = (conflict.requests[place], *conflict.requests[:place], *conflict.requests[place + 1 :])
    yield case(rule(evolve(conflict, requests=moved)) == rule(conflict), moved=conflict.requests[place])


@relates
def resources_are_treated_alike(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """If two resources exchange their names, whoever had one has the other (neutrality)."""
    one, other = draw.one_of("exchange their names", tuple(combinations(RESOURCES, 2)))
    renamed = {one: other, other: one}
    requests = (evolve(each, needs=frozenset(renamed.get(need, need) for need in each.needs)) for each in conflict.requests)
    before, after = rule(conflict), rule(evolve(conflict, requests=tuple(requests)))
    if isinstance(before, Granted):
        holders = Map.of({renamed.get(resource, resource): holder for resource, holder in before.holders.items()})
        yield case(after == Granted(holders, before.queue), before=before, after=after)


@relates
def nobody_harms_others_for_nothing(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """If another request brings an agent what it had, all others have what they had (Svensson: nobody is bossy)."""
    agent = draw.one_of("who lies", agents(conflict))
    honest, lying = rule(conflict), rule(misreport(conflict, agent, draw))
    if isinstance(honest, Granted) and isinstance(lying, Granted) and held(honest, agent) == held(lying, agent):
        yield case(honest.holders == lying.holders, agent=agent, honest=honest, lying=lying)


@relates
def nobody_starves(rule: Rule, conflict: Conflict, draw: Draw) -> Cases:
    """An agent is passed over at most as often as its priority is below the highest, and once more for each other agent.

    Everybody asks again and again: whoever was served begins to wait anew. Once an agent has waited so long that no newcomer ranks
    above it, those who still do were there before it, and in each round the first of them is served and falls behind.
    """
    agent = draw.one_of("who waits", agents(conflict))
    own = next(request.priority for request in conflict.requests if request.agent == agent)
    bound = max(request.priority for request in conflict.requests) - own + len(conflict.requests) - 1
    now = Conflict(tuple(evolve(request, waited=0) for request in conflict.requests))
    for rounds in range(PLAYED):
        outcome = rule(now)
        if isinstance(outcome, Rejected):
            return
        served = held(outcome, agent) != frozenset()
        if served or rounds + 1 > bound:
            yield case(served, agent=agent, rounds=rounds, bound=bound, then=now)
            return
        waited = {each.agent: 0 if held(outcome, each.agent) else each.waited + 1 for each in now.requests}
        now = Conflict(tuple(evolve(each, waited=waited[each.agent]) for each in now.requests))


def agents(conflict: Conflict) -> tuple[str, ...]:
    """List who asks."""
    return tuple(request.agent for request in conflict.requests)


def misreport(conflict: Conflict, agent: str, draw: Draw) -> Conflict:
    """Draw other needs of one agent."""
    lie = draw.one_of("the lie", NEEDS)
    return evolve(conflict, requests=tuple(evolve(each, needs=lie) if each.agent == agent else each for each in conflict.requests))


def utility(conflict: Conflict, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent that needs what it asks for in the conflict: 1 if it holds all of that."""
    if isinstance(outcome, Rejected):
        return 0
    needs = next(request.needs for request in conflict.requests if request.agent == agent)
    return 1 if needs <= held(outcome, agent) else 0


# ---- conflicts

RESOURCES = ("disk", "printer")
FEW, PLAYED = 3, 8
"""The highest priority with aging; and how many rounds are played to see who starves, enough for five agents of such priorities."""
NEEDS = tuple(frozenset(some) for count in (1, 2) for some in combinations(RESOURCES, count))


def conflicts(draw: Draw, most: int, *, aging: bool = False) -> Conflict:
    """Draw a conflict of up to `most` agents; with aging, all have waited for some time."""
    names = [f"agent{number}" for number in range(draw.one_of("agents", range(1, most + 1)))]
    requests = []
    for name in names:
        needs, priority = draw.one_of(f"{name} needs", NEEDS), draw.amount(name, at_most=FEW if aging else None)
        requests.append(Request(name, needs, priority, draw.amount(f"{name} has waited") if aging else 0))
    return Conflict(tuple(requests))


def conflicts_at_large(draw: Draw) -> Conflict:
    """Draw a conflict of up to six agents of any names, some of a priority below zero."""
    requests = []
    for name in some_names(draw, "agent", 1, 6):
        priority = draw.amount(name) - draw.one_of(f"{name} is below by", (0, 2))
        requests.append(Request(name, draw.one_of(f"{name} needs", NEEDS), priority))
    return Conflict(tuple(requests))


def aging_at_large(draw: Draw) -> Conflict:
    """Draw a conflict of up to five agents of any names and few priorities."""
    names = some_names(draw, "agent", 1, 5)
    requests = (Request(name, draw.one_of(f"{name} needs", NEEDS), draw.amount(name, at_most=FEW)) for name in names)
    return Conflict(tuple(requests))


def all_need_the_disk(draw: Draw) -> Conflict:
    """Draw a conflict of up to three agents that need the same."""
    names = [f"agent{number}" for number in range(draw.one_of("agents", range(1, 4)))]
    return Conflict(tuple(Request(name, NEEDS[0], draw.amount(name, at_most=FEW)) for name in names))


FLAWS = ("nobody asks", "one asks twice", "no needs", "the last has no needs", "a priority", "the last priority", "a time", "the last time")
KINDS = tuple(NO_AMOUNTS)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = KINDS) -> Conflict:
    """Draw a conflict of two agents with one of these flaws; where an amount is none, one of these kinds."""
    first, second = (Request(name, NEEDS[0], draw.amount(name)) for name in ("agent0", "agent1"))
    match draw.one_of("flaw", flaws):
        case "nobody asks":
            return Conflict(())
        case "one asks twice":
            return Conflict((first, second, first))
        case "no needs":
            return Conflict((evolve(first, needs=frozenset()), second))
        case "the last has no needs":
            return Conflict((first, evolve(second, needs=frozenset())))
        case "a priority" | "the last priority" as which:
            wrong = NO_AMOUNTS[draw.one_of("it is", tuple(kind for kind in kinds if kind != "negative"))]  # a priority may be negative
            return Conflict((evolve(first, priority=wrong), second) if which == "a priority" else (first, evolve(second, priority=wrong)))
        case which:
            wrong = NO_AMOUNTS[draw.one_of("it is", kinds)]
            return Conflict((evolve(first, waited=wrong), second) if which == "a time" else (first, evolve(second, waited=wrong)))


def careless(draw: Draw) -> Conflict:
    """Draw a conflict with any flaws, or none: what is told is the first."""
    requests = (
        Request(
            draw.one_of(f"agent {place}", ("ann", "bob", "cid")),
            draw.one_of(f"needs {place}", (*NEEDS, frozenset[str]())),
            perhaps(draw, f"priority {place}"),
            perhaps(draw, f"time {place}"),
        )
        for place in range(draw.one_of("requests", range(4)))
    )
    return Conflict(tuple(requests))


REQUESTS = Domain(conflicts, malformed, malformed_requests_are_rejected, agents, misreport, utility)
truthful_needs = REQUESTS.truthful

CLAUSES = (
    malformed_requests_are_rejected,
    all_or_nothing,
    everybody_is_answered_once,
    only_the_more_important_come_first,
    nobody_can_be_given_more,
    the_queue_is_in_order,
    order_of_requests_is_irrelevant,
    resources_are_treated_alike,
    nobody_harms_others_for_nothing,
    truthful_needs,
)
WITH_AGING = (*CLAUSES, nobody_starves)
