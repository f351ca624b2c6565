"""The scopes of time sharing: the rule on grids, and agents that keep to it."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.synchronization.time_sharing import on, on_malformed, system
from concordant.spec.vocabulary import Faults, addresses

SCOPES = (
    Scope("two_agents", "two agents, slots of two ticks", system(), Counts(18, 25, 12)),
    Scope("three_agents", "three agents, on a dial of two rounds", system(3, rounds=2), Counts(115, 198, 48)),
    Scope(
        "apart",
        "clocks differ by up to two, and so does the end of a use from that of its slot",
        system(3, 3, 2, skew=2),
        Counts(283, 632, 47),
    ),
    Scope(
        "crashes",
        "two agents crash, and come up again",
        system(faults=Faults(crashes=2, recoveries=2, who=addresses("agent", 2))),
        Counts(712, 2_011, 21),
    ),
    Grid("rule", "up to three agents, slot and guard from 0 to 2", on(3), (0, 1, 2), Profiles(27, 27, 126)),
    Grid("fractions", "up to four agents, slot and guard of 0, 1/3 and 1", on(4), (0, Fraction(1, 3), 1), Profiles(36, 36, 186)),
    Grid("malformed", "two agents, with one flaw", on_malformed(), (0, 1), Profiles(72, 40, 144), examples=20),
)
