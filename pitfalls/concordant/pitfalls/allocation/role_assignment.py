"""What goes wrong with roles: the documents' greedy loop under the name of the best assignment, and what is wrong in it; and others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from concordant.refimpl.allocation.role_assignment import (
    by_importance,
    filling,
    fullest,
    importance,
    on_malformed,
)
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import role_assignment as spec
from concordant.spec.allocation.role_assignment import Assignment, Outcome, Role, Rule, Staffing
from concordant.spec.vocabulary import Amount, Map

# ---- the documents' loop


def with_efficiency(staffing: Staffing) -> Outcome:
    """Compute which part of the roles is filled, of no roles too."""
    outcome = by_importance(staffing)
    if isinstance(outcome, Assignment):
        Fraction(len(outcome.servers), len(staffing.roles))
    return outcome


def under_one_name(staffing: Staffing) -> Outcome:
    """Take what is said last of a role that is listed twice."""
    return by_importance(evolve(staffing, roles=tuple({role.name: role for role in staffing.roles}.values())))


def in_two_calls(rule: Rule) -> Rule:
    """Return a rule that is asked for the first role, and again for the rest, each time with all agents."""

    def twice(staffing: Staffing) -> Outcome:
        first, rest = rule(evolve(staffing, roles=staffing.roles[:1])), rule(evolve(staffing, roles=staffing.roles[1:]))
        if isinstance(first, Assignment) and isinstance(rest, Assignment):
            return Assignment(Map.of({**first.servers, **rest.servers}))
        return rule(staffing)

    return twice


def overbooked(staffing: Staffing) -> Outcome:
    """Multiply what an agent can do by what its first role leaves of it, however much that takes."""
    first = by_importance(evolve(staffing, roles=staffing.roles[:1]))
    if not isinstance(first, Assignment) or not first.servers:
        return by_importance(staffing)
    left = [1 - Fraction(3, 2) if agent in first.servers.values() else 1 for agent in staffing.agents]
    rest = tuple(
        evolve(role, suitability=tuple(each * part for each, part in zip(role.suitability, left, strict=True)))
        for role in staffing.roles[1:]
    )
    outcome = by_importance(evolve(staffing, roles=rest))
    return Assignment(Map.of({**first.servers, **outcome.servers})) if isinstance(outcome, Assignment) else outcome


def found_among_all(staffing: Staffing) -> Outcome:
    """Let the best of all agents be found for each role, also one that is no longer left."""
    outcome = by_importance(staffing)
    if isinstance(outcome, Assignment):
        left = list(staffing.agents)
        for role in staffing.roles:
            if any(role.suitability):
                left.remove(max(zip(role.suitability, staffing.agents, strict=True), key=lambda pair: pair[0])[1])
    return outcome


# ---- other rules


def in_turn(order: Callable[[list[Role]], list[Role]], key: Callable[[Amount, int], tuple[Amount, ...]], least: Amount = 1) -> Rule:
    """Return a rule by which roles take agents in another order, others, or such as do not suit them."""

    def rule(staffing: Staffing) -> Outcome:
        if not isinstance(outcome := by_importance(staffing), Assignment):
            return outcome
        left = list(range(len(staffing.agents)))
        servers: dict[str, str] = {}
        for role in order(list(staffing.roles)):
            fit = [agent for agent in left if role.suitability[agent] >= least]
            if fit:
                taken = max(fit, key=lambda agent: key(role.suitability[agent], agent))
                left.remove(taken)
                servers[role.name] = staffing.agents[taken]
        return Assignment(Map.of(servers))

    return rule


def most_critical_first(roles: list[Role]) -> list[Role]:
    """Order roles as they should be."""
    return sorted(roles, key=lambda role: -role.criticality)


def as_listed(roles: list[Role]) -> list[Role]:
    """Order roles as they are listed, however critical."""
    return roles


def last_listed_first(roles: list[Role]) -> list[Role]:
    """Of roles that are as critical, let the last listed come first."""
    return sorted(roles, key=lambda role: role.criticality)[::-1]


def best_first_listed(suitability: Amount, agent: int) -> tuple[Amount, int]:
    """Take who suits best, of equals the first."""
    return suitability, -agent


def best_last_listed(suitability: Amount, agent: int) -> tuple[Amount, int]:
    """Take who suits best, of equals the last."""
    return suitability, agent


def anyone(suitability: Amount, agent: int) -> tuple[Amount, ...]:  # noqa: ARG001
    """Take the first, however well it suits."""
    return (-agent,)


def only_the_best_of_all(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:
    """Let nobody serve a role who does not suit it best of all."""
    best = {
        role.name: max(zip(role.suitability, staffing.agents, strict=True), key=lambda pair: pair[0])[1]
        for role in staffing.roles
        if servers
    }
    return {role: agent for role, agent in servers.items() if agent == best[role]}


def from_the_end(staffing: Staffing) -> Outcome:
    """Fill as many roles as can be, and go through agents from the end of the list."""
    roles = tuple(evolve(role, suitability=role.suitability[::-1]) for role in staffing.roles)
    return fullest(Staffing(staffing.agents[::-1], roles))


def told(change: Callable[[Staffing, dict[str, str]], dict[str, str]], rule: Rule = by_importance) -> Rule:
    """Return a rule that tells otherwise who serves."""

    def otherwise(staffing: Staffing) -> Outcome:
        outcome = rule(staffing)
        return Assignment(Map.of(change(staffing, dict(outcome.servers)))) if isinstance(outcome, Assignment) else outcome

    return otherwise


def by_agent(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:  # noqa: ARG001
    """Tell the role of each agent instead of the agent of each role."""
    return {agent: role for role, agent in servers.items()}


def a_fallback(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:
    """Let somebody who is not there serve what is empty."""
    return {role.name: servers.get(role.name, "fallback") for role in staffing.roles}


def in_reserve(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:
    """Tell a role more, that nobody asked for, with somebody who serves no other."""
    return servers | dict(zip(["reserve"], (agent for agent in staffing.agents if agent not in servers.values()), strict=False))


def the_rest_too(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:
    """Where somebody serves, let those who are left serve what is empty."""
    empty = [role.name for role in staffing.roles if role.name not in servers]
    idle = [agent for agent in staffing.agents if agent not in servers.values()]
    return servers | dict(zip(empty, idle, strict=False)) if servers else servers


def only_favourites(staffing: Staffing, servers: dict[str, str]) -> dict[str, str]:
    """Leave a role empty where whoever suits it best serves another."""
    best = {role.name: max(role.suitability, default=0) for role in staffing.roles}
    own = {role.name: dict(zip(staffing.agents, role.suitability, strict=True)) for role in staffing.roles}
    return {role: agent for role, agent in servers.items() if own[role][agent] == best[role]}


def most_only(staffing: Staffing) -> Outcome:
    """Fill as many as can be, however well."""
    ones = tuple(evolve(role, suitability=tuple(min(each, 1) for each in role.suitability)) for role in staffing.roles)
    return fullest(evolve(staffing, roles=ones)) if isinstance(fullest(staffing), Assignment) else fullest(staffing)


def without_the_negative(staffing: Staffing) -> Outcome:
    """Take a negative amount for none."""
    outcome = by_importance(staffing)
    return Assignment(Map.of({})) if outcome == spec.NEGATIVE else outcome


# ---- the pitfalls

NO_ROLES = Pitfall(
    "ROL-1",
    "The part of the roles that is filled is computed of no roles: by zero.",
    breaks=spec.malformed_staffings_are_rejected,
    subject=importance(2, 2, with_efficiency),
    length=2,
    raises=True,
)
GREEDY = Pitfall(
    "ROL-2/optimal",
    "What is called optimal lets each role take who suits it best: a role stays empty, and an agent idles that another could have had.",
    breaks=spec.as_many_roles_as_can_be_are_filled,
    subject=filling(2, 2, by_importance),
    length=8,
)
LISTED_TWICE = Pitfall(
    "ROL-3",
    "A role that is listed twice is assigned under one name.",
    breaks=spec.malformed_staffings_are_rejected,
    subject=on_malformed(under_one_name),
    length=3,
)
OVERBOOKED = Pitfall(
    "ROL-4",
    "A role takes one and a half of its agent, which is left with less than nothing: who asks for a second role is refused.",
    breaks=spec.malformed_staffings_are_rejected,
    subject=importance(2, 2, overbooked),
    length=6,
)
IN_TWO_CALLS = Pitfall(
    "ROL-5",
    "Each call begins with all agents: one serves two roles.",
    breaks=spec.one_role_for_each_agent,
    subject=importance(2, 2, in_two_calls(by_importance)),
    length=6,
)
IN_TWO_CALLS_TOO_FULL = Pitfall(
    "ROL-5/fullest",
    "The same: more roles are filled than there are agents.",
    breaks=spec.as_many_roles_as_can_be_are_filled,
    subject=filling(2, 2, in_two_calls(fullest)),
    length=6,
)
GREEDY_SUM = Pitfall(
    "ROL-6/optimal",
    "The first role takes who suits it best, whatever that costs the second.",
    breaks=spec.no_full_assignment_suits_better,
    subject=filling(2, 2, by_importance),
    length=6,
)
FOUND_AMONG_ALL = Pitfall(
    "ROL-7",
    "Whoever is found may already serve, and cannot be taken off the list again.",
    breaks=spec.one_role_for_each_agent,
    subject=importance(2, 2, found_among_all),
    length=6,
    raises=True,
)
BY_AGENT = Pitfall(
    "role_assignment.ByAgent",
    "What is told is the role of each agent.",
    breaks=spec.one_role_for_each_agent,
    subject=importance(2, 2, told(by_agent)),
    length=4,
)
A_FALLBACK = Pitfall(
    "role_assignment.AFallback",
    "Where no agent suits a role somebody serves who is not there.",
    breaks=spec.one_role_for_each_agent,
    subject=importance(2, 2, told(a_fallback)),
    length=3,
)
IN_RESERVE = Pitfall(
    "role_assignment.InReserve",
    "Whoever is left serves in reserve, which nobody asked for.",
    breaks=spec.one_role_for_each_agent,
    subject=importance(2, 2, told(in_reserve)),
    length=2,
)
THE_REST_TOO = Pitfall(
    "role_assignment.TheRestToo",
    "One role is filled, and whoever is left serves the other, suitable or not.",
    breaks=spec.only_the_suitable_serve,
    subject=importance(2, 2, told(the_rest_too)),
    length=8,
)
UNSUITABLE = Pitfall(
    "role_assignment.Unsuitable",
    "Somebody always serves, if it suits the role or not.",
    breaks=spec.only_the_suitable_serve,
    subject=importance(2, 2, in_turn(most_critical_first, best_first_listed, 0)),
    length=4,
)
ONLY_FAVOURITES = Pitfall(
    "role_assignment.OnlyFavourites",
    "A role waits for who suits it best, although another would do.",
    breaks=spec.nobody_idles_beside_an_empty_role,
    subject=importance(2, 2, told(only_favourites)),
    length=8,
)
ONLY_FAVOURITES_PASSED_OVER = Pitfall(
    "role_assignment.OnlyFavourites/passed_over",
    "The same: a role is empty, although one that would do serves nobody, since the other serves a more critical one.",
    breaks=spec.no_role_is_passed_over,
    subject=importance(2, 2, told(only_favourites)),
    length=8,
)
AS_LISTED = Pitfall(
    "role_assignment.AsListed",
    "Roles take agents as they are listed, however critical they are.",
    breaks=spec.no_role_is_passed_over,
    subject=importance(2, 2, in_turn(as_listed, best_first_listed)),
    length=6,
)
ANYONE = Pitfall(
    "role_assignment.Anyone",
    "The first agent that suits a role takes it, although another suits it better, and idles.",
    breaks=spec.no_role_is_passed_over,
    subject=importance(2, 2, in_turn(most_critical_first, anyone)),
    length=5,
)
FULLEST_PASSES_OVER = Pitfall(
    "role_assignment.FullestPassesOver",
    "As many are filled as can be, and a critical role has who suits it less.",
    breaks=spec.no_role_is_passed_over,
    subject=importance(2, 2, fullest),
    length=6,
)
LAST_OF_EQUALS = Pitfall(
    "role_assignment.LastOfEquals",
    "Of agents that suit a role alike the last takes it.",
    breaks=spec.the_first_in_turn_has_the_best,
    subject=importance(2, 2, in_turn(most_critical_first, best_last_listed)),
    length=5,
)
LAST_AGENT_FIRST = Pitfall(
    "role_assignment.FromTheEnd",
    "As many roles are filled as can be, and of agents that suit them alike the last serves.",
    breaks=spec.equals_are_served_as_listed,
    subject=filling(2, 2, from_the_end),
    length=5,
)
LAST_ROLE_FIRST = Pitfall(
    "role_assignment.LastRoleFirst",
    "Of roles that are as critical the last listed comes first.",
    breaks=spec.the_first_in_turn_has_the_best,
    subject=importance(2, 2, in_turn(last_listed_first, best_first_listed)),
    length=6,
)
WAITS_FOR_THE_BEST = Pitfall(
    "role_assignment.WaitsForTheBest",
    "A role is left empty where who suits it best of all serves another, though somebody else suits it and idles.",
    breaks=spec.the_first_in_turn_has_the_best,
    subject=importance(2, 2, told(only_the_best_of_all)),
    length=8,
)
MOST_ONLY = Pitfall(
    "role_assignment.MostOnly",
    "As many roles are filled as can be, by whoever suits them at all.",
    breaks=spec.no_full_assignment_suits_better,
    subject=filling(2, 2, most_only),
    length=5,
)
NEGATIVE_IS_NONE = Pitfall(
    "role_assignment.NegativeIsNone",
    "A negative suitability is taken for none.",
    breaks=spec.malformed_staffings_are_rejected,
    subject=on_malformed(without_the_negative),
    length=4,
)
