"""The scopes of priority override."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.priority_override import PRIORITY, PRIORITY_WITH_AGING
from concordant.spec.conflict.priority_override import aging_at_large, all_need_the_disk, careless, conflicts_at_large

SCOPES = (
    Grid(
        "small",
        "up to three agents that need one or two of two resources, priorities 0 and 1; at random up to six",
        PRIORITY.on(3),
        (0, 1),
        at_random=conflicts_at_large,
        expected=Profiles(258, 726, 6_400),
    ),
    Grid(
        "aging",
        "up to two agents, priorities and rounds that were waited 0 and 1/2",
        PRIORITY_WITH_AGING.on(2, aging=True),
        (0, Fraction(1, 2)),
        expected=Profiles(156, 328, 2_964),
    ),
    Grid(
        "starvation",
        "up to three agents that all need the disk, priorities 0, 1/2 and 2; at random up to five, with needs of their own",
        PRIORITY_WITH_AGING.over(all_need_the_disk),
        (0, Fraction(1, 2), 2),
        at_random=aging_at_large,
        expected=Profiles(39, 434, 1_023),
    ),
    Grid(
        "malformed",
        "two agents and one flaw; at random several",
        PRIORITY.on_malformed(),
        (0, 1),
        at_random=careless,
        expected=Profiles(120, 93, 240),
    ),
)
