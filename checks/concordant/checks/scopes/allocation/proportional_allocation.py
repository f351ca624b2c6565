"""The scopes of proportional allocation."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.proportional_allocation import (
    largest_remainder,
    mechanism,
    of_cut_units,
    of_malformed_problems,
    of_whole_units,
)

SCOPES = (
    Grid("small", "up to three claimants, claims and estate from 0 to 3", mechanism(), (0, 1, 2, 3), Profiles(336, 1_928, 12_032)),
    Grid(
        "fractions",
        "up to three claimants, claims and estate of 0, 1/3 and 1",
        mechanism(),
        (0, Fraction(1, 3), 1),
        Profiles(117, 715, 3_717),
    ),
    Grid("whole_units", "up to three claimants and five whole units", of_whole_units(), expected=Profiles(1_548, 4_356, 31_392)),
    Grid("cut_units", "whole units, of which halves are claimed", of_cut_units(), expected=Profiles(36, 36, 60)),
    Grid("malformed", "problems with one flaw", of_malformed_problems(), (0, 1), Profiles(128, 94, 256)),
    Grid("malformed_whole_units", "the same, of whole units", of_malformed_problems(largest_remainder), (0, 1), Profiles(128, 94, 256)),
)
