"""The scopes of capacity planning."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.capacity_planning import on_malformed, over, planning
from concordant.spec.allocation.capacity_planning import careless, crossing, plans_at_large

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
        "crossing",
        "five stages of which two wait for one that waits for two, listed from any of them on, either way",
        over(crossing),
        (0,),
        expected=Profiles(10, 360, 450),
    ),
    Grid(
        "malformed", "three stages and one flaw; at random several", on_malformed(), (0,), at_random=careless, expected=Profiles(8, 8, 16)
    ),
)
