"""Conflict detection: of all requests at one time, which cannot all be met, and which can be granted at once.

Source: Holt, "Some Deadlock Properties of Computer Systems", 1972, for requests of units of resources; Tessier, Chaudron and Müller,
"Conflicting Agents", 2000, for kinds of conflict. Exclusive requests need units of their own; those that share a resource use the same
units. A resource may also be wanted in a state, such as a heating at 20 degrees: agents that want it in different states are in conflict
over a goal, whatever there is of it. Priority is no kind of conflict, but a way to end one: `priority_override`.
A request is an agent's, for a resource; one that is made twice is made once, of the sum. An agent is never in conflict with itself: what
is more than there is at all is told as excessive, and leaves the others alone. All is found and granted at one time, of one set of
requests: what is asked for later is looked at later.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import pairwise, product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Request:
    """How much of a resource an agent wants, alone or together with others that share it; and in which state, or None if in any."""

    agent: str
    resource: str
    amount: Amount
    exclusive: bool = True
    state: str | None = None


@frozen
class Situation:
    """All requests, in the order in which they came, and how much there is of each resource."""

    requests: tuple[Request, ...]
    capacities: Map[str, Amount]


class Kind(Enum):
    """Over what there is a conflict: the amount, or the state that the resource should be in."""

    AMOUNT = "amount"
    GOAL = "goal"


@frozen
class Conflict:
    """Agents, sorted by name, whose requests of one resource cannot all be met."""

    resource: str
    kind: Kind
    agents: tuple[str, ...]


@frozen
class Wish:
    """An agent and a resource of which it wants something."""

    agent: str
    resource: str


@frozen
class Found:
    """What is in conflict; what is granted; and what is more than there is. Conflicts and wishes are sorted, each by resource first."""

    conflicts: tuple[Conflict, ...]
    granted: tuple[Wish, ...]
    excessive: tuple[Wish, ...]


Outcome: TypeAlias = Found | Rejected
Rule: TypeAlias = Callable[[Situation], Outcome]

UNKNOWN_RESOURCE = Rejected("a request is for a resource that is not there")
NOT_EXACT = Rejected("a request or a capacity is no exact amount")
NOT_POSITIVE = Rejected("a request is for nothing, or less, or there is less than nothing of a resource")

REJECTED: Flaws[Situation] = (
    (UNKNOWN_RESOURCE, lambda situation: not all(each.resource in situation.capacities for each in situation.requests)),
    (NOT_EXACT, lambda situation: not all(map(is_amount, (*wanted(situation), *situation.capacities.values())))),
    (NOT_POSITIVE, lambda situation: min(wanted(situation), default=1) <= 0 or min(situation.capacities.values(), default=0) < 0),
)
"""What is rejected, and why."""


def wanted(situation: Situation) -> tuple[Amount, ...]:
    """List what is asked for."""
    return tuple(request.amount for request in situation.requests)


def wishes(situation: Situation) -> tuple[Wish, ...]:
    """Return who wants something of what, sorted by resource, and then by agent."""
    pairs = sorted({(request.resource, request.agent) for request in situation.requests})
    return tuple(Wish(agent, resource) for resource, agent in pairs)


def asked(situation: Situation, resource: str, *agents: str) -> tuple[Request, ...]:
    """Return what these agents ask of a resource."""
    return tuple(request for request in situation.requests if request.resource == resource and request.agent in agents)


def can_all_be_served(requests: tuple[Request, ...], capacity: Amount) -> bool:
    """Tell by trying every use of every unit whether there are enough: each is one exclusive request's, or is shared. Of whole units."""
    exclusive = [number for number, request in enumerate(requests) if request.exclusive]
    shared = max((request.amount for request in requests if not request.exclusive), default=0)
    return any(
        uses.count(None) >= shared and all(uses.count(number) >= requests[number].amount for number in exclusive)
        for uses in product((None, *exclusive), repeat=sum(1 for unit in range(MOST_UNITS) if unit < capacity))
    )


def is_small(situation: Situation) -> bool:
    """Tell whether all amounts are whole and few, so that every use of every unit can be tried."""
    amounts = (*wanted(situation), *situation.capacities.values())
    return all(any(amount == number for number in range(MOST_UNITS + 1)) for amount in amounts) and len(situation.requests) <= MOST_REQUESTS


MOST_UNITS, MOST_REQUESTS = 3, 4


def fits(requests: tuple[Request, ...], capacity: Amount) -> bool:
    """Tell whether there is enough for all exclusive requests and for the largest of those that share."""
    shared = max((request.amount for request in requests if not request.exclusive), default=0)
    return sum(request.amount for request in requests if request.exclusive) + shared <= capacity


def states(requests: tuple[Request, ...]) -> set[str]:
    """Return in which states a resource is wanted."""
    return {request.state for request in requests if request.state is not None}


# ---- clauses about one situation


@for_all
def every_wish_is_answered_once(situation: Situation, outcome: Outcome) -> Cases:
    """Who wants something of a resource has it granted, is in conflict over it, or wants too much: one of the three."""
    if isinstance(outcome, Found):
        contested = sorted({(conflict.resource, agent) for conflict in outcome.conflicts for agent in conflict.agents})
        answers = sorted([*contested, *((wish.resource, wish.agent) for wish in (*outcome.granted, *outcome.excessive))])
        yield case(answers == [(wish.resource, wish.agent) for wish in wishes(situation)], outcome=outcome)


@for_all
def only_what_is_more_than_there_is_is_excessive(situation: Situation, outcome: Outcome) -> Cases:
    """A wish is excessive if, and only if, it could not be met if there were no others."""
    if isinstance(outcome, Found):
        for wish in wishes(situation):
            alone = asked(situation, wish.resource, wish.agent)
            too_much = not fits(alone, situation.capacities[wish.resource]) or len(states(alone)) > 1
            yield case((wish in outcome.excessive) == too_much, wish=wish, excessive=outcome.excessive)


@for_all
def what_is_granted_fits(situation: Situation, outcome: Outcome) -> Cases:
    """All that is granted can be met together (complete: no conflict is missed)."""
    if isinstance(outcome, Found):
        for resource in situation.capacities:
            granted = asked(situation, resource, *(wish.agent for wish in outcome.granted if wish.resource == resource))
            if granted:
                fit = fits(granted, situation.capacities[resource]) and len(states(granted)) < 2
                yield case(fit, resource=resource, granted=granted)


@for_all
def what_is_in_conflict_cannot_be_met(situation: Situation, outcome: Outcome) -> Cases:
    """A conflict is of at least two agents, whose requests cannot all be met, for the reason that is told (sound: none is invented)."""
    if isinstance(outcome, Found):
        for conflict in outcome.conflicts:
            requests = asked(situation, conflict.resource, *conflict.agents)
            real = len(states(requests)) > 1 if conflict.kind is Kind.GOAL else not fits(requests, situation.capacities[conflict.resource])
            yield case(real and len(set(conflict.agents)) > 1, conflict=conflict)


@for_all
def every_kind_is_told(situation: Situation, outcome: Outcome) -> Cases:
    """Whoever is in conflict over a resource is told so of the amount if that does not suffice, and of the state if several are wanted."""
    if isinstance(outcome, Found):
        for conflict in outcome.conflicts:
            requests = asked(situation, conflict.resource, *conflict.agents)
            kinds = {each.kind for each in outcome.conflicts if each.resource == conflict.resource}
            amount, goal = not fits(requests, situation.capacities[conflict.resource]), len(states(requests)) > 1
            yield case((Kind.AMOUNT in kinds) == amount and (Kind.GOAL in kinds) == goal, resource=conflict.resource, kinds=kinds)


@for_all
def as_trying_every_unit_finds(situation: Situation, outcome: Outcome) -> Cases:
    """Where units are whole and few: there is a conflict over the amount if, and only if, no use of the units serves all that could be served alone."""
    if isinstance(outcome, Found) and is_small(situation):
        for resource, capacity in situation.capacities.items():
            agents = sorted({each.agent for each in situation.requests if each.resource == resource})
            modest = [agent for agent in agents if Wish(agent, resource) not in outcome.excessive]
            requests = asked(situation, resource, *modest)
            told = any(each.resource == resource and each.kind is Kind.AMOUNT for each in outcome.conflicts)
            yield case(told != can_all_be_served(requests, capacity), resource=resource, requests=requests, conflicts=outcome.conflicts)


@for_all
def told_in_order(situation: Situation, outcome: Outcome) -> Cases:  # noqa: ARG001
    """Conflicts are told by resource, those over the amount first, and agents and wishes by name, each once."""
    if isinstance(outcome, Found):
        keys: list[list[tuple[str, str]]] = [
            [(each.resource, each.kind.value) for each in outcome.conflicts],
            *([(conflict.resource, agent) for agent in conflict.agents] for conflict in outcome.conflicts),
            *([(wish.resource, wish.agent) for wish in told] for told in (outcome.granted, outcome.excessive)),
        ]
        for each in keys:
            if len(each) > 1:
                yield case(all(one < other for one, other in pairwise(each)), outcome=outcome)


@for_all
def malformed_situations_are_rejected(situation: Situation, outcome: Outcome) -> Cases:
    """A situation is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, situation, outcome)


# ---- clauses about several situations


@relates
def order_of_requests_is_irrelevant(rule: Rule, situation: Situation, draw: Draw) -> Cases:
    """Whoever asks earlier gains nothing by it."""
    if situation.requests:
        place = draw.one_of("moved to the front", range(len(situation.requests)))
        moved = (situation.requests[place], *situation.requests[:place], *situation.requests[place + 1 :])
        yield case(rule(evolve(situation, requests=moved)) == rule(situation), moved=situation.requests[place])


# ---- situations

RESOURCES, STATES = ("disk", "heating"), (None, "cold", "warm")


def situations(draw: Draw, most: int, *, resources: int = 1, goals: bool = False) -> Situation:
    """Draw a situation of up to `most` requests for resources; with goals, each in some state or in any."""
    requests = []
    for number in range(draw.one_of("requests", range(most + 1))):
        agent = draw.one_of(f"agent of {number}", AGENTS[: number + 1])
        resource = draw.one_of(f"resource of {number}", RESOURCES[:resources])
        exclusive = draw.one_of(f"{number} is exclusive", (True, False))
        state = draw.one_of(f"state of {number}", STATES) if goals else None
        requests.append(Request(agent, resource, 1 + draw.amount(f"{number} wants 1 and"), exclusive, state))
    return Situation(tuple(requests), Map.of({resource: draw.amount(f"there is of {resource}") for resource in RESOURCES[:resources]}))


AGENTS = ("ann", "bob", "cid")


def situations_at_large(draw: Draw) -> Situation:
    """Draw a situation of up to eight requests of up to five agents of any names, for two resources of which there is something."""
    names, requests = some_names(draw, "agent", 1, 5), []
    for number in range(draw.one_of("requests", range(9))):
        agent, resource = draw.one_of(f"agent of {number}", names), draw.one_of(f"resource of {number}", RESOURCES)
        exclusive, state = draw.one_of(f"{number} is exclusive", (True, False)), draw.one_of(f"state of {number}", (None, *STATES))
        requests.append(Request(agent, resource, 1 + draw.amount(f"{number} wants 1 and"), exclusive, state))
    return Situation(tuple(requests), Map.of({resource: draw.amount(f"there is of {resource}") for resource in RESOURCES}))


FLAWS = ("another resource", "the last for another resource", "an amount", "the last amount", "a capacity", "nothing")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Situation:
    """Draw a situation of two requests with one of these flaws."""
    first, second = (Request(agent, "disk", 1 + draw.amount(f"{agent} wants 1 and")) for agent in AGENTS[:2])
    capacities = Map.of({"disk": draw.amount("there is of disk")})
    match draw.one_of("flaw", flaws):
        case "another resource":
            return Situation((evolve(first, resource="printer"), second), capacities)
        case "the last for another resource":
            return Situation((first, evolve(second, resource="printer")), capacities)
        case "an amount" | "the last amount" as which:
            wrong = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
            if which == "an amount":
                return Situation((evolve(first, amount=wrong), second), capacities)
            return Situation((first, evolve(second, amount=wrong)), capacities)
        case "a capacity":
            return Situation((first, second), Map.of({"disk": NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]}))
        case _:
            return Situation((first, evolve(second, amount=0)), capacities)


def careless(draw: Draw) -> Situation:
    """Draw a situation with any flaws, or none: what is told is the first."""
    requests = (
        Request(
            draw.one_of(f"agent of {number}", AGENTS),
            draw.one_of(f"resource of {number}", ("disk", "disk", "printer")),
            perhaps(draw, f"request {number}"),
        )
        for number in range(draw.one_of("requests", range(4)))
    )
    return Situation(tuple(requests), Map.of({"disk": perhaps(draw, "there is of disk")}))


CLAUSES = (
    malformed_situations_are_rejected,
    every_wish_is_answered_once,
    only_what_is_more_than_there_is_is_excessive,
    what_is_granted_fits,
    what_is_in_conflict_cannot_be_met,
    every_kind_is_told,
    as_trying_every_unit_finds,
    told_in_order,
    order_of_requests_is_irrelevant,
)
