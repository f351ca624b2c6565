"""The scopes of bargaining."""

from __future__ import annotations

from functools import partial
from itertools import permutations

from attrs import evolve

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.bargaining import bargaining, concede, nash, on_malformed, talking
from concordant.spec.conflict.bargaining import (
    AGENTS,
    Agreement,
    Problem,
    concessions,
    of_some_worth,
    problems,
    problems_at_large,
    worth_of,
)
from concordant.spec.vocabulary import Draw, Map


def three_by_three(draw: Draw) -> Problem:
    """Draw a problem of three agents, to each of which one of three agreements is worth 1, one 2 and one 3."""
    agents, names = (*AGENTS, "cid"), ("agreement0", "agreement1", "agreement2")
    orders = {agent: draw.one_of(f"in the order of {agent}", tuple(permutations(names))) for agent in agents}
    agreements = (Agreement(name, Map.of({agent: 1 + order.index(name) for agent, order in orders.items()})) for name in names)
    return Problem(agents, tuple(agreements), worth_of(draw, "to walk away", agents))


def all_gain(draw: Draw) -> Problem:
    """Draw a problem of two to four agents of any names, to each of whom every agreement is worth more than to walk away."""
    problem = problems_at_large(draw)
    least = problem.reservations
    agreements = (
        evolve(each, worth=Map.of({agent: least[agent] + 1 + worth for agent, worth in each.worth.items()})) for each in problem.agreements
    )
    return evolve(problem, agreements=tuple(agreements))


SCOPES = (
    Grid(
        "product",
        "two agents and up to two agreements, worth 1 to 3; at random up to four agents, all of whom gain by up to five agreements",
        bargaining(partial(of_some_worth, most=2)),
        (0, 1, 2),
        at_random=all_gain,
        examples=40,
        expected=Profiles(90, 680, 1_872),
    ),
    Grid(
        "walking_away",
        "two agents and up to two agreements, worth 0 or 1, as to walk away is; at random up to four agents and five agreements",
        bargaining(partial(problems, most=2)),
        (0, 1),
        at_random=problems_at_large,
        expected=Profiles(84, 561, 1_154),
    ),
    Grid(
        "talks",
        "two agents and up to two agreements, worth 0 or 1; at random up to seven agreements",
        talking(partial(problems, most=2)),
        (0, 1),
        at_random=partial(of_some_worth, most=7),
        expected=Profiles(84, 84, 323),
    ),
    Grid(
        "concessions",
        "two agents, listed either way, and five agreements between them",
        talking(concessions),
        (0, 1),
        expected=Profiles(64, 64, 1_060),
    ),
    Grid(
        "three_agents",
        "three agents, each of whom prefers three agreements in some order; to walk away is worth as much as the least of them, or less",
        bargaining(three_by_three),
        (0, 1),
        expected=Profiles(1_728, 22_368, 51_312),
        size=Size.MEDIUM,
    ),
    Grid("malformed", "two agents, two agreements and one flaw", on_malformed(nash), (0, 1), expected=Profiles(36, 36, 72)),
    Grid("malformed_talks", "the same, of talks", on_malformed(concede), (0, 1), expected=Profiles(36, 36, 72)),
)
