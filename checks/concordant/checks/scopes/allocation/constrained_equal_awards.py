"""The scopes of constrained equal awards."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.constrained_equal_awards import mechanism, of_malformed_problems

SCOPES = (
    Grid("small", "up to three claimants, claims and estate from 0 to 3", mechanism(), (0, 1, 2, 3), Profiles(336, 1_665, 14_501)),
    Grid(
        "fractions",
        "up to three claimants, claims and estate of 0, 1/3 and 1",
        mechanism(),
        (0, Fraction(1, 3), 1),
        Profiles(117, 666, 4_217),
    ),
    Grid("malformed", "problems with one flaw", of_malformed_problems(), (0, 1), Profiles(128, 94, 256)),
)
