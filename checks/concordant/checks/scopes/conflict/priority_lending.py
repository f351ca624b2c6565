"""The scopes of lending by priority."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.conflict.priority_lending import DESK, PROMISES, system
from concordant.refimpl.machine import Ask as Asks
from concordant.spec.conflict import priority_lending as spec
from concordant.spec.conflict.priority_lending import Ask, GiveBack
from concordant.spec.vocabulary import Faults, Malformed, addresses

DISK, PRINTER, SCANNER, BOTH = (Ask(frozenset(some)) for some in (("disk",), ("printer",), ("scanner",), ("disk", "printer")))
ALL = Ask(frozenset(("disk", "printer", "scanner")))
GIVE = GiveBack()
ANYTHING = ((DISK, PRINTER, BOTH), (GIVE,))
PROMISED = (*PROMISES, spec.the_less_important_holds)

SCOPES = (
    Scope(
        "three_agents",
        "three agents, of which two are equals; each asks once for one or both of two resources, and gives back",
        system(ANYTHING, ANYTHING, ANYTHING, promises=PROMISED),
        Counts(209, 519, 7),
    ),
    Scope(
        "asked_again",
        "three agents, one of which asks twice; a wait is cancelled",
        system(
            ((DISK,), (GIVE,), (BOTH,), (GIVE,)),
            ((BOTH,), (GIVE,)),
            ((PRINTER,), (GIVE,)),
            faults=Faults(cancellations=1),
            promises=(*PROMISED, spec.a_wait_is_cancelled),
        ),
        Counts(131, 267, 10),
    ),
    Scope(
        "four_agents",
        "four agents of four ranks, two of which ask for both resources, and two for one",
        system(((BOTH,), (GIVE,)), ((DISK,), (GIVE,)), ((BOTH,), (GIVE,)), ((PRINTER,), (GIVE,)), ranks=(1, 4, 3, 2), promises=PROMISED),
        Counts(115, 242, 9),
    ),
    Scope(
        "three_resources",
        "four agents, one of which asks for all of three resources, and the others for one each",
        system(((ALL,), (GIVE,)), ((DISK,), (GIVE,)), ((PRINTER,), (GIVE,)), ((SCANNER,), (GIVE,)), ranks=(4, 3, 2, 1), promises=PROMISED),
        Counts(100, 231, 9),
    ),
    Scope(
        "malformed",
        "four agents, of which one has no rank; another gives back what it does not hold, and may ask for nothing",
        system(((GIVE,), (Malformed(Ask(frozenset())), DISK), (BOTH,), (GIVE,)), ((BOTH,), (GIVE,)), ((DISK,), (GIVE,)), ((PRINTER,),)),
        Counts(158, 377, 10),
    ),
    Scope(
        "twice",
        "three agents, of which two are equals; each asks twice for one or both of two resources, and gives back",
        system(ANYTHING * 2, ANYTHING * 2, ANYTHING * 2, promises=PROMISED),
        Counts(1_317, 3_468, 13),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND, THIRD = addresses("agent", 3)
SITUATIONS = (
    Situation(
        "waits_for_the_less_important",
        "The least important holds the disk; a more important one that needs both waits; an equal takes the printer meanwhile.",
        system(((DISK,), (GIVE,)), ((BOTH,), (GIVE,)), ((PRINTER,), (GIVE,))),
        (Asks(DESK, FIRST, DISK), Asks(DESK, SECOND, BOTH), Asks(DESK, THIRD, PRINTER)),
    ),
)
