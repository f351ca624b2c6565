"""Roles by importance, and the fullest assignment: pure functions from suitability to who serves."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.spec.allocation.role_assignment import (
    BY_IMPORTANCE,
    DUPLICATE_AGENT,
    DUPLICATE_ROLE,
    FULL,
    FULLEST,
    NEGATIVE,
    NOT_ALL_RATED,
    NOT_EXACT,
    STABLE,
    Assignment,
    Outcome,
    Role,
    Rule,
    Staffing,
    as_many_roles_as_can_be_are_filled,
    malformed,
    malformed_staffings_are_rejected,
    no_full_assignment_suits_better,
    no_role_is_passed_over,
    order_of_roles_is_irrelevant,
    square,
    staffings,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, is_amount

Way: TypeAlias = tuple[int, Amount, tuple[tuple[str, int], ...]]
"""How many roles are filled, how well in sum, and who serves which."""


def by_importance(staffing: Staffing) -> Outcome:
    """Let each role, the most critical first, take who suits it best of those left."""
    reason = flaw(staffing)
    if reason is not None:
        return reason
    left = dict.fromkeys(range(len(staffing.agents)))
    servers: dict[str, str] = {}
    for role in sorted(staffing.roles, key=lambda role: role.criticality, reverse=True):
        # What it takes suits it no less than all that is left to those after it: none of them holds what it would rather have.
        taken = max(left, key=lambda agent: role.suitability[agent], default=None)
        if taken is not None and role.suitability[taken] > 0:
            del left[taken]
            servers[role.name] = staffing.agents[taken]
    return Assignment(Map.of(servers))


def fullest(staffing: Staffing) -> Outcome:
    """Fill as many roles as can be, and so that they are suited best in sum."""
    reason = flaw(staffing)
    if reason is not None:
        return reason
    # The hard step. Of all ways to fill the first roles, those with the same agents left go on alike: only the best of them is
    # kept.
    best: dict[frozenset[int], Way] = {frozenset(): (0, 0, ())}
    for role in staffing.roles:
        best = with_one_more(role, best)
    _, _, pairs = max(best.values(), key=lambda way: way[:2])
    return Assignment(Map.of({role: staffing.agents[agent] for role, agent in pairs}))


def with_one_more(role: Role, best: dict[frozenset[int], Way]) -> dict[frozenset[int], Way]:
    """Return for each set of agents the best way in which they, and no others, serve, one role more than before among those to fill."""
    longer: dict[frozenset[int], Way] = dict(best)
    for busy, (count, total, pairs) in best.items():
        for agent, suitability in enumerate(role.suitability):
            if suitability > 0 and agent not in busy:
                way = (count + 1, total + suitability, (*pairs, (role.name, agent)))
                busier = busy.union((agent,))
                held = longer.get(busier)
                if held is None or way[1] > held[1]:
                    longer[busier] = way
    return longer


def flaw(staffing: Staffing) -> Rejected | None:
    """Return why a staffing is refused; None where it is not."""
    if len(set(staffing.agents)) < len(staffing.agents):
        return DUPLICATE_AGENT
    if len({role.name for role in staffing.roles}) < len(staffing.roles):
        return DUPLICATE_ROLE
    if not all(len(role.suitability) == len(staffing.agents) for role in staffing.roles):
        return NOT_ALL_RATED
    said = [amount for role in staffing.roles for amount in (role.criticality, *role.suitability)]
    if not all(is_amount(amount) for amount in said):
        return NOT_EXACT
    return NEGATIVE if any(amount < 0 for amount in said) else None


def importance(roles: int, agents: int, rule: Rule = by_importance) -> Mechanism[Staffing, Outcome]:
    """Return a rule on up to so many roles and agents, with all that is promised where roles go by importance."""
    return Mechanism(rule, partial(staffings, roles=roles, agents=agents), BY_IMPORTANCE)


def filling(roles: int, agents: int, rule: Rule = fullest) -> Mechanism[Staffing, Outcome]:
    """Return a rule on up to so many roles and agents, with all that is promised of the fullest assignment."""
    return Mechanism(rule, partial(staffings, roles=roles, agents=agents), FULLEST)


def importance_in_squares(size: int) -> Mechanism[Staffing, Outcome]:
    """Return the rule on as many roles as agents, where no two roles are as critical."""
    return Mechanism(by_importance, partial(square, size=size), STABLE)


def filling_in_squares(size: int) -> Mechanism[Staffing, Outcome]:
    """Return the same where as many roles are filled as can be."""
    return Mechanism(fullest, partial(square, size=size), FULL)


def on_malformed(rule: Rule = by_importance) -> Mechanism[Staffing, Outcome]:
    """Return a rule on staffings with a flaw."""
    return Mechanism(rule, malformed, (malformed_staffings_are_rejected,))


# ---- what the rules do not promise

ALIKE = {"roles": 2, "agents": 1, "criticality of role0": 0, "agent0 for role0": 1, "criticality of role1": 0, "agent0 for role1": 1}
THE_ONLY_ONE_TAKEN = {
    "roles": 2,
    "agents": 2,
    "criticality of role0": 0,
    "agent0 for role0": 1,
    "agent1 for role0": 1,
    "criticality of role1": 0,
    "agent0 for role1": 1,
    "agent1 for role1": 0,
}

A_ROLE_IS_LEFT_EMPTY = KnownViolation(
    as_many_roles_as_can_be_are_filled,
    "The first role takes the one agent that the second could have had, and another idles.",
    importance(2, 2),
    id="ROL-2",
    witness=THE_ONLY_ONE_TAKEN,
)
THE_BEST_IS_TAKEN_FIRST = KnownViolation(
    no_full_assignment_suits_better,
    "The first role takes the agent that suits it a little better, and the second has one that hardly suits it.",
    importance(2, 2),
    id="ROL-6",
    witness={
        **THE_ONLY_ONE_TAKEN,
        "agent0 for role0": 3,
        "agent1 for role0": 2,
        "agent0 for role1": 3,
        "agent1 for role1": 1,
    },
)
FIRST_COME = KnownViolation(
    order_of_roles_is_irrelevant,
    "Of two roles that are as critical the one that is listed first has the agent that both want.",
    importance(2, 1),
    id="ROL-8",
    witness={**ALIKE, "moved to the front": 1},
)
FIRST_COME_TO_BE_FILLED = KnownViolation(
    order_of_roles_is_irrelevant,
    "The same where as many are filled as can be.",
    filling(2, 1),
    id="ROL-8/fullest",
    witness={**ALIKE, "moved to the front": 1},
)
PASSED_OVER = KnownViolation(
    no_role_is_passed_over,
    "A critical role has who suits it less, so that another can be filled.",
    filling(2, 2),
    witness={**THE_ONLY_ONE_TAKEN, "criticality of role0": 1, "agent0 for role0": 2},
)
