"""The scopes of Borda's rule."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.voting.borda_count import BORDA_RULE
from concordant.spec.voting.shared.elections import (
    all_electorates,
    careless_elections,
    elections_at_large,
    elections_in_any_order,
    weighted_elections,
)

SCOPES = (
    Grid(
        "small",
        "up to three options and three voters; at random up to five and six",
        BORDA_RULE.on(3, 3),
        expected=Profiles(272, 370, 6_483),
        at_random=elections_at_large,
    ),
    Grid(
        "truncated",
        "up to three options and two voters, who may list only some of them, or none",
        BORDA_RULE.on(3, 2, truncated=True),
        expected=Profiles(302, 325, 6_202),
    ),
    Grid(
        "any_order",
        "up to three options, listed in any order, and two voters",
        BORDA_RULE.over(partial(elections_in_any_order, options=3, most=2)),
        expected=Profiles(528, 536, 10_960),
    ),
    Grid(
        "weighted",
        "two options and up to two ballots, each cast by 0, 1/2 or 2 voters",
        BORDA_RULE.over(partial(weighted_elections, options=2, most=2)),
        (0, Fraction(1, 2), 2),
        expected=Profiles(42, 49, 590),
        examples=20,
    ),
    Grid(
        "malformed",
        "elections that break the rules, each in one way; at random in several",
        BORDA_RULE.on_malformed(),
        expected=Profiles(38, 38, 76),
        at_random=careless_elections,
    ),
    Grid(
        "blocks",
        "three options, one voter, and none or 1/2 of another for each ranking",
        BORDA_RULE.over(all_electorates),
        (0, Fraction(1, 2)),
        Profiles(384, 7_608, 13_836),
        size=Size.MEDIUM,
    ),
    Grid(
        "truncated_three",
        "up to three options and three voters, truncated",
        BORDA_RULE.on(3, 3, truncated=True),
        expected=Profiles(4_523, 5_129, 107_687),
        size=Size.MEDIUM,
    ),
    Grid(
        "four_options",
        "up to four options and two voters",
        BORDA_RULE.on(4, 2),
        expected=Profiles(648, 683, 25_952),
        size=Size.MEDIUM,
    ),
)
