"""The scopes of conflict detection."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.conflict_detection import detection, on_malformed, over
from concordant.spec.conflict.conflict_detection import AGENTS, RESOURCES, Request, Situation, careless, situations_at_large
from concordant.spec.vocabulary import Draw, Map


def three_agents(draw: Draw) -> Situation:
    """Draw a situation of three agents, each of which wants something of each of two resources, or nothing."""
    requests = []
    for agent, resource in product(AGENTS, RESOURCES):
        amount = draw.amount(f"{agent} wants of {resource}")
        if amount:
            requests.append(Request(agent, resource, amount))
    return Situation(tuple(requests), Map.of({resource: draw.one_of(f"there is of {resource}", (1, 2)) for resource in RESOURCES}))


SCOPES = (
    Grid(
        "small",
        "up to three requests of 1 or 2 of a disk of which there is 0 or 1; at random up to eight of two resources",
        detection(3),
        (0, 1),
        at_random=situations_at_large,
        expected=Profiles(842, 1_514, 8_224),
    ),
    Grid("two_resources", "up to two requests of two resources", detection(2, resources=2), (0, 1), expected=Profiles(548, 804, 5_180)),
    Grid(
        "three_agents",
        "three agents want 0 to 2 of each of two resources, of which there are 1 or 2",
        over(three_agents),
        (0, 1, 2),
        expected=Profiles(2_916, 11_668, 47_970),
        size=Size.MEDIUM,
    ),
    Grid(
        "goals",
        "up to two requests in some state or in any",
        detection(2, goals=True),
        (0, Fraction(3, 2)),
        expected=Profiles(602, 890, 4_339),
    ),
    Grid(
        "malformed",
        "two requests and one flaw; at random several",
        on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(192, 104, 384),
    ),
)
