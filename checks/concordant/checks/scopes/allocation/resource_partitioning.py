"""The scopes of round robin, and of divide and choose."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.resource_partitioning import DIVIDE_AND_CHOOSE, ROUND_ROBIN
from concordant.spec.allocation.resource_partitioning import careless, divisions_at_large

SCOPES = (
    Grid(
        "small",
        "up to three agents take turns at up to two goods, values 0 and 1; at random up to five at up to six",
        ROUND_ROBIN.on(3, 2),
        (0, 1),
        at_random=divisions_at_large,
        expected=Profiles(101, 551, 2_252),
    ),
    Grid(
        "three_goods",
        "one or two agents take turns at up to three goods, values 0 and 1",
        ROUND_ROBIN.on(2, 3),
        (0, 1),
        expected=Profiles(100, 433, 1_531),
    ),
    Grid(
        "fractions",
        "one or two agents take turns at up to two goods, values 0, 1/2 and 2",
        ROUND_ROBIN.on(2, 2),
        (0, Fraction(1, 2), 2),
        expected=Profiles(104, 462, 1_455),
    ),
    Grid(
        "divide_and_choose",
        "two agents divide and choose among up to three goods, values 0 and 1; at random up to six",
        DIVIDE_AND_CHOOSE.on(2, 3, least=2),
        (0, 1),
        at_random=partial(divisions_at_large, least=2, most=2),
        expected=Profiles(85, 393, 1_690),
    ),
    Grid(
        "divide_and_choose_fractions",
        "two agents divide and choose among up to two goods, values 0, 1/2 and 2",
        DIVIDE_AND_CHOOSE.on(2, 2, least=2),
        (0, Fraction(1, 2), 2),
        expected=Profiles(91, 427, 1_526),
    ),
    Grid(
        "malformed",
        "two goods, two agents and one flaw; at random several",
        ROUND_ROBIN.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(72, 41, 144),
    ),
    Grid(
        "malformed_of_two",
        "the same where there must be two agents",
        DIVIDE_AND_CHOOSE.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(80, 47, 160),
    ),
)
