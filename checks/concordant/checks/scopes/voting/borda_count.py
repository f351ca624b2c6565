"""The scopes of Borda's rule."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.voting.borda_count import any_electorate, malformed, mechanism

SCOPES = (
    Grid("small", "up to three options and three voters", mechanism(), expected=Profiles(272, 370, 5_137)),
    Grid(
        "truncated",
        "up to three options and two voters, who may list only some of them, or none",
        mechanism(3, 2, truncated=True),
        expected=Profiles(302, 325, 4_636),
    ),
    Grid("malformed", "elections that break the rules, each in one way", malformed(), expected=Profiles(16, 16, 32)),
    Grid(
        "blocks",
        "three options, one voter, and none or 1/2 of another for each ranking",
        any_electorate(),
        (0, Fraction(1, 2)),
        Profiles(384, 7_608, 11_916),
        size=Size.MEDIUM,
    ),
    Grid(
        "truncated_three",
        "up to three options and three voters, truncated",
        mechanism(truncated=True),
        expected=Profiles(4_523, 5_129, 82_936),
        size=Size.MEDIUM,
    ),
)
