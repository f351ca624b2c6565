"""The scopes of conflict detection."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.conflict_detection import detection, on_malformed
from concordant.spec.conflict.conflict_detection import careless, situations_at_large

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
