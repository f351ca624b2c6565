"""The scopes of stores of checkpoints."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.recovery.state_checkpoint import STORE, UNTOLD, system
from concordant.spec.recovery.state_checkpoint import AgentState, GoOn, Load, Save
from concordant.spec.vocabulary import Faults, Malformed, Map, addresses

DRY: Map[tuple[str, int], bool] = Map.of({("é\n", -1): False})
ONE = AgentState(Map.of({1: "rain", 2: True}), (DRY, None))
TWO = AgentState(frozenset({1, "1", frozenset({(Map.of({0: 1}),)})}), ())
THREE = AgentState("?", (frozenset(), ((),)))
FIRST, SECOND, THIRD, LOAD = Save("ann", ONE), Save("ann", TWO), Save("ann", THREE), Load("ann")
UNWRITABLE = Malformed(Save("ann", AgentState((), (Fraction(1, 2),))))
ONCE, TWICE = (Faults(crashes=times, recoveries=times, who=(STORE,)) for times in (1, 2))

SCOPES = (
    Scope(
        "overtaken",
        "one state is saved after another, with two crashes",
        system((FIRST, SECOND, LOAD, LOAD), faults=TWICE, promises=UNTOLD),
        Counts(357, 517, 17),
    ),
    Scope(
        "two_kept",
        "of three states two are kept, with a crash",
        system((FIRST, SECOND, THIRD, LOAD), keep=2, faults=ONCE, promises=UNTOLD),
        Counts(173, 196, 19),
    ),
    Scope(
        "side_by_side",
        "two tasks save states of one agent, with a crash",
        system((FIRST, LOAD), (LOAD, SECOND), faults=ONCE, promises=UNTOLD),
        Counts(485, 696, 15),
    ),
    Scope("two_agents", "two agents save their states", system((FIRST, LOAD), (Save("bob", TWO), Load("bob"))), Counts(45, 64, 13)),
    Scope("ten", "a state is saved ten times", system((*(FIRST,) * 10, LOAD)), Counts(52, 51, 52)),
    Scope(
        "unwritable",
        "a state that cannot be written comes between, with a crash",
        system((FIRST, UNWRITABLE, LOAD), faults=ONCE, promises=UNTOLD),
        Counts(47, 53, 10),
    ),
    Scope(
        "twice_side_by_side",
        "two tasks save two states each of one agent, of which two are kept, with two crashes",
        system((FIRST, SECOND, LOAD), (THIRD, FIRST, LOAD), keep=2, faults=TWICE, promises=UNTOLD),
        Counts(18_498, 31_648, 27),
        size=Size.MEDIUM,
    ),
)

CLIENT = addresses("client", 1)[0]

SITUATIONS = (
    Situation(
        "renamed_and_not_yet_safe",
        "The draft has its new name, of which the disk does not know yet: after a crash the state is there, whole, or not at all.",
        system((FIRST, LOAD), faults=ONCE, promises=UNTOLD),
        (Ask(STORE, CLIENT, FIRST), *(Fire(STORE, GoOn()) for _ in range(3))),
    ),
)
