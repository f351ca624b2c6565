"""The scopes of capacity planning."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.capacity_planning import on_malformed, planning
from concordant.spec.allocation.capacity_planning import careless, plans_at_large

SCOPES = (
    Grid(
        "small",
        "all orders of up to four stages; at random up to six, listed in any order",
        planning(4),
        (0,),
        at_random=plans_at_large,
        expected=Profiles(75, 1_465, 2_351),
    ),
    Grid(
        "malformed", "three stages and one flaw; at random several", on_malformed(), (0,), at_random=careless, expected=Profiles(7, 7, 14)
    ),
)
