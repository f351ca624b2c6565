"""The scopes of constrained equal awards."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.constrained_equal_awards import EQUAL_AWARDS_RULE
from concordant.spec.allocation.shared.claims import careless, problems_at_large, problems_in_any_order

SCOPES = (
    Grid(
        "small",
        "up to three claimants, claims and estate from 0 to 3; at random up to six",
        EQUAL_AWARDS_RULE.on(3),
        (0, 1, 2, 3),
        Profiles(336, 1_665, 13_925),
        at_random=problems_at_large,
    ),
    Grid(
        "fractions",
        "up to three claimants, claims and estate of 0, 1/3 and 1",
        EQUAL_AWARDS_RULE.on(3),
        (0, Fraction(1, 3), 1),
        Profiles(117, 666, 4_028),
        examples=20,
    ),
    Grid(
        "any_order",
        "up to three claimants whose claims came in any order, claims and estate 0 and 1",
        EQUAL_AWARDS_RULE.over(partial(problems_in_any_order, most=3)),
        (0, 1),
        expected=Profiles(116, 286, 3_591),
        examples=20,
    ),
    Grid(
        "malformed",
        "problems with one flaw; at random several",
        EQUAL_AWARDS_RULE.on_malformed(),
        (0, 1),
        Profiles(240, 164, 480),
        at_random=careless,
    ),
)
