"""The scopes of Clarke's pivot rule."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.clarke_mechanism import PIVOT_RULE
from concordant.spec.auctions.clarke_mechanism import careless, polls_at_large, polls_in_any_order

SCOPES = (
    Grid(
        "three_agents",
        "up to three agents and two options, values 0 and 1; at random up to five and four",
        PIVOT_RULE.on(3, 2),
        (0, 1),
        Profiles(98, 354, 2_652),
        at_random=polls_at_large,
    ),
    Grid("three_options", "up to two agents and three options, values 0 and 1", PIVOT_RULE.on(2, 3), (0, 1), Profiles(98, 354, 2_924)),
    Grid(
        "fractions",
        "up to two agents and two options, values 0, 1/3 and 1",
        PIVOT_RULE.on(2, 2),
        (0, Fraction(1, 3), 1),
        Profiles(102, 363, 3_186),
        examples=20,
    ),
    Grid(
        "three_of_each",
        "up to three agents and three options, values 0 and 1",
        PIVOT_RULE.on(3, 3),
        (0, 1),
        Profiles(682, 2_674, 27_548),
        size=Size.MEDIUM,
    ),
    Grid(
        "any_order",
        "up to two agents and two options, in any order, values 0 and 1",
        PIVOT_RULE.over(partial(polls_in_any_order, agents=2, options=2)),
        (0, 1),
        expected=Profiles(82, 82, 1_852),
        examples=20,
    ),
    Grid(
        "malformed",
        "two agents, two options and one flaw; at random several",
        PIVOT_RULE.on_malformed(),
        (0, 1),
        Profiles(480, 202, 960),
        at_random=careless,
    ),
)
