"""The scopes of proportional allocation."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.proportional_allocation import LARGEST_REMAINDER_RULE, PROPORTIONAL_RULE
from concordant.spec.allocation.proportional_allocation import counted, counted_at_large, counted_in_any_order, cut_units_are_rejected
from concordant.spec.allocation.shared.claims import careless, problems_at_large, problems_in_any_order

SCOPES = (
    Grid(
        "small",
        "up to three claimants, claims and estate from 0 to 3; at random up to six",
        PROPORTIONAL_RULE.on(3),
        (0, 1, 2, 3),
        Profiles(336, 1_928, 12_443),
        at_random=problems_at_large,
    ),
    Grid(
        "fractions",
        "up to three claimants, claims and estate of 0, 1/3 and 1",
        PROPORTIONAL_RULE.on(3),
        (0, Fraction(1, 3), 1),
        Profiles(117, 715, 3_872),
        examples=20,
    ),
    Grid(
        "whole_units",
        "up to three claimants and five whole units; at random up to six and a hundred",
        LARGEST_REMAINDER_RULE.on(3, range(6)),
        at_random=counted_at_large,
        expected=Profiles(1_548, 4_356, 34_413),
    ),
    Grid(
        "cut_units",
        "whole units, of which halves are claimed",
        LARGEST_REMAINDER_RULE.promising(cut_units_are_rejected).over(partial(counted, most=2, options=(0, Fraction(1, 2), 1))),
        expected=Profiles(36, 36, 72),
    ),
    Grid(
        "any_order",
        "up to three claimants whose claims came in any order, claims and estate 0 and 1",
        PROPORTIONAL_RULE.over(partial(problems_in_any_order, most=3)),
        (0, 1),
        expected=Profiles(116, 292, 3_845),
        examples=20,
    ),
    Grid(
        "whole_units_in_any_order",
        "up to three claimants whose claims came in any order, and two whole units",
        LARGEST_REMAINDER_RULE.over(partial(counted_in_any_order, most=3, options=range(3))),
        expected=Profiles(549, 549, 11_922),
    ),
    Grid(
        "malformed",
        "problems with one flaw; at random several",
        PROPORTIONAL_RULE.on_malformed(),
        (0, 1),
        Profiles(240, 164, 480),
        at_random=careless,
    ),
    Grid(
        "malformed_whole_units",
        "the same, of whole units; at random several flaws",
        LARGEST_REMAINDER_RULE.on_malformed(),
        (0, 1),
        Profiles(240, 164, 480),
        at_random=careless,
    ),
)
