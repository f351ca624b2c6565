"""Role assignment: each agent serves one role that it suits, or none; by the importance of roles, or so that the most are filled.

Source: Kuhn, "The Hungarian Method for the Assignment Problem", 1955, for the best assignment; Gerkey and Mataric, "A Formal Analysis and
Taxonomy of Task Allocation", 2004, for roles and agents; Gale and Shapley, "College Admissions and the Stability of Marriage", 1962, for
stability. There are two rules, since no rule promises both. *By importance*, the documents' way, is stable: each role in turn takes who
suits it best of those left, and none is passed over for a less critical one; but it may leave a role empty that could be filled.
*Fullest* fills as many roles as can be, of all ways to do so one that suits best in sum; but a critical role may be passed over for two
others. By importance, of equals the first in the list counts, of roles and of agents; of several fullest assignments that suit as well
any may be chosen, but where all are alike. The documents rank roles by criticality, then complexity: here whoever asks says one
number. An agent has at most one role, so that no capacity is left over to be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Role:
    """A role, how critical it is, and how well each agent suits it, in the order of the agents; 0 where one does not."""

    name: str
    criticality: Amount
    suitability: tuple[Amount, ...]


@frozen
class Staffing:
    """Who is there, and which roles are to be filled."""

    agents: tuple[str, ...]
    roles: tuple[Role, ...]


@frozen
class Assignment:
    """Who serves each role that is filled."""

    servers: Map[str, str]


Outcome: TypeAlias = Assignment | Rejected
Rule: TypeAlias = Callable[[Staffing], Outcome]

DUPLICATE_AGENT = Rejected("an agent is listed twice")
DUPLICATE_ROLE = Rejected("a role is listed twice")
NOT_ALL_RATED = Rejected("a role does not rate each agent once")
NOT_EXACT = Rejected("a criticality or suitability is no exact amount")
NEGATIVE = Rejected("a criticality or suitability is negative")

REJECTED: Flaws[Staffing] = (
    (DUPLICATE_AGENT, lambda staffing: any(one == other for one, other in combinations(staffing.agents, 2))),
    (DUPLICATE_ROLE, lambda staffing: any(one.name == other.name for one, other in combinations(staffing.roles, 2))),
    (NOT_ALL_RATED, lambda staffing: any(len(role.suitability) != len(staffing.agents) for role in staffing.roles)),
    (NOT_EXACT, lambda staffing: not all(is_amount(amount) for role in staffing.roles for amount in amounts(role))),
    (NEGATIVE, lambda staffing: any(amount < 0 for role in staffing.roles for amount in amounts(role))),
)
"""What is rejected, and why."""


def amounts(role: Role) -> tuple[Amount, ...]:
    """List what is said of a role in amounts."""
    return (role.criticality, *role.suitability)


def suits(staffing: Staffing, role: Role, outcome: Assignment) -> Amount:
    """Return how well whoever serves a role suits it; 0 where nobody does."""
    server = outcome.servers.get(role.name)
    return 0 if server is None else dict(zip(staffing.agents, role.suitability, strict=True))[server]


def ways(staffing: Staffing) -> Iterator[tuple[Amount, ...]]:
    """List how well roles are suited, 0 where they are empty, in every way in which agents serve one each; the first agents first."""
    nobody = len(staffing.agents)
    for places in product(range(nobody + 1), repeat=len(staffing.roles)):
        served = [place for place in places if place != nobody]
        if len(set(served)) == len(served):
            yield tuple((*role.suitability, 0)[place] for role, place in zip(staffing.roles, places, strict=True))


def filled(suited: tuple[Amount, ...]) -> int:
    """Count the roles that are filled."""
    return sum(1 for amount in suited if amount > 0)


# ---- clauses about one staffing


@for_all
def one_role_for_each_agent(staffing: Staffing, outcome: Outcome) -> Cases:
    """Whoever serves is listed, serves a role that is listed, and no other."""
    if isinstance(outcome, Assignment):
        servers = list(outcome.servers.values())
        yield case(set(outcome.servers) <= {role.name for role in staffing.roles}, servers=outcome.servers)
        yield case(set(servers) <= set(staffing.agents), servers=outcome.servers)
        yield case(len(set(servers)) == len(servers), servers=outcome.servers)


@for_all
def only_the_suitable_serve(staffing: Staffing, outcome: Outcome) -> Cases:
    """Nobody serves a role that it does not suit."""
    if isinstance(outcome, Assignment):
        for role in staffing.roles:
            if role.name in outcome.servers:
                yield case(suits(staffing, role, outcome) > 0, role=role, servers=outcome.servers)


@for_all
def nobody_idles_beside_an_empty_role(staffing: Staffing, outcome: Outcome) -> Cases:
    """Whoever suits a role that is empty serves another."""
    if isinstance(outcome, Assignment):
        for role in staffing.roles:
            for agent, suitability in zip(staffing.agents, role.suitability, strict=True):
                if role.name not in outcome.servers and suitability > 0:
                    yield case(agent in outcome.servers.values(), agent=agent, role=role, servers=outcome.servers)


@for_all
def no_role_is_passed_over(staffing: Staffing, outcome: Outcome) -> Cases:
    """Whoever would suit a role better than who serves it serves one as critical or more: the assignment is stable."""
    if isinstance(outcome, Assignment):
        importance = {server: role.criticality for role in staffing.roles for server in served_by(role, outcome)}
        for role in staffing.roles:
            for agent, suitability in zip(staffing.agents, role.suitability, strict=True):
                if suitability > suits(staffing, role, outcome):
                    fair = agent in importance and importance[agent] >= role.criticality
                    yield case(fair, role=role, agent=agent, servers=outcome.servers)


@for_all
def the_first_in_turn_has_the_best(staffing: Staffing, outcome: Outcome) -> Cases:
    """Whoever would suit a role better than who serves it, or as well and is listed earlier, serves one that comes first: as more critical, or listed earlier.

    So each role in its turn has who suits it best of those left, and of equals the first.
    """
    if isinstance(outcome, Assignment):
        for place, role in enumerate(staffing.roles):
            earlier = [other for where, other in enumerate(staffing.roles) if comes_first(other, role, listed_earlier=where < place)]
            for number, (agent, suitability) in enumerate(zip(staffing.agents, role.suitability, strict=True)):
                if would_be_taken(staffing, role, outcome, number):
                    fair = any(outcome.servers.get(other.name) == agent for other in earlier)
                    yield case(fair, role=role, agent=agent, suitability=suitability, servers=outcome.servers)


def comes_first(one: Role, other: Role, *, listed_earlier: bool) -> bool:
    """Tell whether one role has its turn before another."""
    return one.criticality > other.criticality or (one.criticality == other.criticality and listed_earlier)


def would_be_taken(staffing: Staffing, role: Role, outcome: Assignment, number: int) -> bool:
    """Tell whether an agent, by its place in the list, suits a role better than who serves it, or as well and is listed earlier."""
    own, suited = role.suitability[number], suits(staffing, role, outcome)
    is_earlier = role.name in outcome.servers and number < staffing.agents.index(outcome.servers[role.name])
    return own > suited or (own == suited and is_earlier)


@for_all
def equals_are_served_as_listed(staffing: Staffing, outcome: Outcome) -> Cases:
    """If all roles are as critical, and all agents suit all alike, the first role has the first agent, the second the second, and so on."""
    values = [amount for role in staffing.roles for amount in role.suitability]
    alike = all(role.criticality == staffing.roles[0].criticality for role in staffing.roles) and all(each == values[0] for each in values)
    if isinstance(outcome, Assignment) and values and values[0] > 0 and alike:
        pairs = zip((role.name for role in staffing.roles), staffing.agents, strict=False)
        yield case(outcome.servers == Map.of(dict(pairs)), servers=outcome.servers)


@for_all
def as_many_roles_as_can_be_are_filled(staffing: Staffing, outcome: Outcome) -> Cases:
    """No assignment fills more roles (tried for all)."""
    if isinstance(outcome, Assignment):
        most = max(filled(suited) for suited in ways(staffing))
        yield case(len(outcome.servers) == most, most=most, servers=outcome.servers)


@for_all
def no_full_assignment_suits_better(staffing: Staffing, outcome: Outcome) -> Cases:
    """Of the assignments that fill as many roles, none suits better in sum (tried for all)."""
    if isinstance(outcome, Assignment):
        own = sum(suits(staffing, role, outcome) for role in staffing.roles)
        best = max((sum(suited) for suited in ways(staffing) if filled(suited) == len(outcome.servers)), default=0)
        yield case(own >= best, own=own, best=best, servers=outcome.servers)


@for_all
def malformed_staffings_are_rejected(staffing: Staffing, outcome: Outcome) -> Cases:
    """A staffing is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, staffing, outcome)


def served_by(role: Role, outcome: Assignment) -> tuple[str, ...]:
    """List who serves a role: one, or none."""
    return (outcome.servers[role.name],) if role.name in outcome.servers else ()


# ---- a clause about several staffings


@relates
def order_of_roles_is_irrelevant(rule: Rule, staffing: Staffing, draw: Draw) -> Cases:
    """However roles are listed, the same agents serve them."""
    if staffing.roles:
        place = draw.one_of("moved to the front", range(len(staffing.roles)))
        moved = (staffing.roles[place], *staffing.roles[:place], *staffing.roles[place + 1 :])
        before, after = rule(staffing), rule(evolve(staffing, roles=moved))
        yield case(before == after, before=before, after=after)


# ---- staffings


def staffings(draw: Draw, roles: int, agents: int) -> Staffing:
    """Draw a staffing of up to so many roles and agents."""
    names = tuple(f"role{number}" for number in range(draw.one_of("roles", range(roles + 1))))
    return staffing_of(draw, names, tuple(f"agent{number}" for number in range(draw.one_of("agents", range(agents + 1)))))


def staffing_of(draw: Draw, roles: tuple[str, ...], agents: tuple[str, ...]) -> Staffing:
    """Draw how critical roles are, and how well agents suit them."""
    return Staffing(
        agents,
        tuple(
            Role(name, draw.amount(f"criticality of {name}"), tuple(draw.amount(f"{agent} for {name}") for agent in agents))
            for name in roles
        ),
    )


def square(draw: Draw, size: int) -> Staffing:
    """Draw how well so many agents suit as many roles, each less critical than the one before."""
    agents = tuple(f"agent{number}" for number in range(size))
    return Staffing(
        agents,
        tuple(
            Role(f"role{number}", size - number, tuple(draw.amount(f"{agent} for role{number}") for agent in agents))
            for number in range(size)
        ),
    )


def staffings_at_large(draw: Draw) -> Staffing:
    """Draw a staffing of up to four roles and agents of any names."""
    return staffing_of(draw, some_names(draw, "role", 0, 4), some_names(draw, "agent", 0, 4))


FLAWS = (
    "an agent twice",
    "a role twice",
    "a rating missing",
    "the last rating missing",
    "a rating too many",
    "a criticality",
    "a suitability",
    "the last suitability",
)


def malformed(draw: Draw) -> Staffing:
    """Draw a staffing of two roles and two agents with one flaw."""
    first, second = (Role(f"role{number}", 1, (1, draw.amount(f"agent1 for role{number}"))) for number in range(2))
    sound = Staffing(("agent0", "agent1"), (first, second))
    match draw.one_of("flaw", FLAWS):
        case "an agent twice":
            return Staffing(
                ("agent0", "agent1", "agent0"), tuple(evolve(role, suitability=(*role.suitability, 1)) for role in (first, second))
            )
        case "a role twice":
            return evolve(sound, roles=(first, second, first))
        case "a rating missing":
            return evolve(sound, roles=(evolve(first, suitability=(1,)), second))
        case "the last rating missing":
            return evolve(sound, roles=(first, evolve(second, suitability=(1,))))
        case "a rating too many":
            return evolve(sound, roles=(first, evolve(second, suitability=(1, 1, 1))))
        case "a criticality":
            return evolve(sound, roles=(evolve(first, criticality=wrong(draw)), second))
        case "a suitability":
            return evolve(sound, roles=(evolve(first, suitability=(wrong(draw), 1)), second))
        case _:
            return evolve(sound, roles=(first, evolve(second, suitability=(1, wrong(draw)))))


def wrong(draw: Draw) -> Amount:
    """Draw what is no amount."""
    amount: Amount = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
    return amount


def careless(draw: Draw) -> Staffing:
    """Draw a staffing with any flaws, or none: what is told is the first."""
    agents = tuple(draw.one_of(f"agent {place}", ("ann", "bob", "cid")) for place in range(draw.one_of("agents", range(3))))
    roles = []
    for place in range(draw.one_of("roles", range(3))):
        suitability = tuple(perhaps(draw, f"suitability {number} for {place}") for number in range(len(agents)))
        short = draw.one_of(f"ratings of {place} are short", (False, False, False, True))
        name = draw.one_of(f"role {place}", ("cook", "guard", "pilot"))
        roles.append(Role(name, perhaps(draw, f"criticality {place}"), suitability[1:] if short else suitability))
    return Staffing(agents, tuple(roles))


SERVED = (malformed_staffings_are_rejected, one_role_for_each_agent, only_the_suitable_serve, nobody_idles_beside_an_empty_role)
STABLE = (*SERVED, no_role_is_passed_over)
FULL = (*SERVED, as_many_roles_as_can_be_are_filled, no_full_assignment_suits_better)
BY_IMPORTANCE, FULLEST = (*STABLE, the_first_in_turn_has_the_best), (*FULL, equals_are_served_as_listed)
