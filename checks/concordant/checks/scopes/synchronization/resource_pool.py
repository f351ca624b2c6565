"""The scopes of pools."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Cancel
from concordant.refimpl.synchronization.resource_pool import POOL, system
from concordant.spec.synchronization.resource_pool import Acquire, Release
from concordant.spec.vocabulary import Faults, addresses

TAKE, GIVE = Acquire(), Release()

SCOPES = (
    Scope(
        "one_unit", "three agents take and give back the one unit, twice", system(3, 1, (TAKE, GIVE, TAKE, GIVE)), Counts(417, 1_092, 13)
    ),
    Scope(
        "two_units",
        "three agents take one of two units, give it back, and take one for good",
        system(3, 2, (TAKE, GIVE, TAKE)),
        Counts(248, 504, 11),
    ),
    Scope(
        "cancelled",
        "three agents give the one unit back twice; two waits are cancelled",
        system(3, 1, (TAKE, GIVE, GIVE, TAKE), faults=Faults(cancellations=2)),
        Counts(1_045, 2_742, 15),
    ),
    Scope("four", "four agents take the one unit, and give it back", system(4, 1), Counts(378, 1_200, 9)),
    Scope(
        "failed",
        "three agents ask for one more than the one unit; one of them is said to have failed, perhaps before it asked, and a wait is cancelled",
        system(3, 1, (TAKE, TAKE, GIVE), failed=addresses("agent", 1), faults=Faults(cancellations=1)),
        Counts(1_078, 3_666, 13),
    ),
    Scope(
        "four_for_two",
        "four agents take one of two units, and give it back; a wait is cancelled",
        system(4, 2, faults=Faults(cancellations=1)),
        Counts(697, 2_164, 10),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND, THIRD = addresses("agent", 3)

SITUATIONS = (
    Situation(
        "the_next_in_line_leaves",
        "One agent holds the one unit, and of two who wait the first gives up: the unit goes to the other when it is given back.",
        system(3, 1, faults=Faults(cancellations=1)),
        (
            Ask(POOL, FIRST, TAKE),
            Ask(POOL, SECOND, TAKE),
            Ask(POOL, THIRD, TAKE),
            Cancel(POOL, SECOND),
            Ask(POOL, FIRST, GIVE),
        ),
    ),
)
