"""The scopes of several pools."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.synchronization.ordered_pools import BACK, POOLS, THERE, system
from concordant.spec.synchronization.ordered_pools import GoesOn, Use
from concordant.spec.vocabulary import addresses

SCOPES = (
    Scope("opposite", "two agents name two pools in opposite orders, twice", system((THERE, BACK), (BACK, THERE)), Counts(49, 68, 13)),
    Scope(
        "three",
        "three agents, each of which needs two of three pools",
        system((Use(("a", "b")),), (Use(("b", "c")),), (Use(("c", "a")),)),
        Counts(70, 127, 10),
    ),
)

FIRST, SECOND = addresses("agent", 2)

SITUATIONS = (
    Situation(
        "the_second_waits_with_nothing",
        "Two name two pools in opposite orders. The second needs the disk first, too, and has nothing while it waits for it.",
        system(),
        (Ask(POOLS, FIRST, THERE), Ask(POOLS, SECOND, BACK), Fire(POOLS, GoesOn(FIRST))),
    ),
)
