"""The scopes of hierarchies: a few shapes, and every one of four nodes."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.hierarchies.hierarchical_coordination import PROMISES, ROOT, USER, asked, system
from concordant.refimpl.machine import ANY, Ask, Fire, Receive, System
from concordant.spec.hierarchies.hierarchical_coordination import Coordinate, Down, GiveUp, History, Layers, Shape, Star, Tree, Up
from concordant.spec.hierarchies.hierarchical_coordination import clauses as spec
from concordant.spec.vocabulary import Draw, Faults, Network, addresses

FIRST, SECOND, THIRD = addresses("node", 4)[1:]
CHAIN, STAR, BRANCHES = asked(Tree(1), 1, 2), asked(Star(), 1, 2), asked(Tree(2), 1, 2, 3)
SHAPES: dict[int, tuple[Shape, ...]] = {
    1: (Tree(1), Star(), Layers((1,))),
    2: (Tree(1), Tree(2), Star(), Layers((1, 1)), Layers((2,))),
    3: (Tree(1), Tree(2), Tree(3), Star(), Layers((1, 2)), Layers((2, 1)), Layers((1, 1, 1))),
    4: (Layers((2, 2)),),
}
"""Of up to three agents each shape that they can have, and of four two layers of two."""


def arranged(draw: Draw, most: int) -> Coordinate:
    """Draw up to so many agents, and their shape."""
    count = draw.one_of("agents", range(1, most + 1))
    return asked(draw.one_of("shape", SHAPES[count]), *range(1, count + 1))


def in_time(draw: Draw) -> System[History]:
    """Return a hierarchy in which nothing is late."""
    request = arranged(draw, 4)
    return system(request, nodes=len(request.agents) + 1, faults=Faults(synchronous=True))


def lossy(draw: Draw) -> System[History]:
    """Return a hierarchy of up to four nodes, of whom an agent may crash, and of whose messages one may be lost."""
    request = arranged(draw, 3)
    return system(request, request, nodes=len(request.agents) + 1, network=Network(losses=1), faults=Faults(crashes=1, who=request.agents))


def faulty(draw: Draw) -> System[History]:
    """Return a tree of four nodes, arranged twice: messages come twice, or one is lost, or an agent crashes."""
    network, faults = draw.one_of(
        "which",
        (
            (Network(duplicating=True), Faults()),
            (Network(losses=1), Faults()),
            (Network(), Faults(crashes=1, who=(FIRST,))),
        ),
    )
    return system(BRANCHES, BRANCHES, nodes=4, network=network, faults=faults)


WRONG = (
    Coordinate(None, (FIRST,), Star()),
    Coordinate(FIRST, (SECOND,), Star()),
    asked(Star()),
    asked(Star(), 0),
    asked(Star(), 1, 2, 1),
    asked(Tree(0), 1),
    asked(Tree(-1), 1),
    asked(Layers(()), 1),
    asked(Layers((2,)), 1),
    asked(Layers((0, 1)), 1),
    asked(Layers((2, -1)), 1),
)
"""Requests with which something is wrong."""


def flawed(draw: Draw) -> System[History]:
    """Return a hierarchy that cannot be, and then one that can."""
    return system(draw.one_of("request", WRONG), asked(Star(), 1), nodes=2)


SCOPES = (
    Scope(
        "rivals",
        "a chain of three, arranged twice, and another user who asks the last of them to arrange the same",
        system(CHAIN, STAR, rival=SECOND, promises=(*PROMISES, spec.a_grandchild_is_credited, spec.an_agent_is_missing)),
        Counts(114, 268, 11),
    ),
    Scope(
        "two_ask",
        "two users who ask one node to arrange the same chain of two",
        system(asked(Tree(1), 1), nodes=2, rival=ROOT),
        Counts(25, 38, 6),
    ),
    Scope("chain", "a chain of four", system(asked(Tree(1), 1, 2, 3), nodes=4), Counts(77, 152, 11)),
    Scope(
        "crash_in_time",
        "a star of three, in time; an agent crashes",
        system(STAR, faults=Faults(crashes=1, who=(FIRST,), synchronous=True)),
        Counts(25, 41, 7),
    ),
    Family(
        "shapes",
        "every tree, star and layers of up to four nodes, and two layers of two, in time",
        in_time,
        Counts(196, 284, 10, members=16),
    ),
    Family(
        "faulty",
        "a tree of four, arranged twice; messages come twice, or one is lost, or an agent crashes",
        faulty,
        Counts(748, 1_858, 12, members=3),
    ),
    Family(
        "flawed",
        "what cannot be arranged: without a coordinator, with itself or another below it, or in no such shape",
        flawed,
        Counts(88, 88, 6, members=11),
    ),
    Family(
        "lossy",
        "every tree, star and layers of up to four nodes, arranged twice; a message is lost, and an agent crashes",
        lossy,
        Counts(11_719, 35_899, 13, members=15),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "late_and_not_counted",
        "The coordinator of a chain has given its child up, and told its client that all are missing; the reports that come then are not counted.",
        system(CHAIN),
        (
            Ask(ROOT, USER, ANY),
            Fire(ROOT, GiveUp()),
            Receive(FIRST, ROOT, Down),
            Receive(SECOND, FIRST, Down),
            Receive(FIRST, SECOND, Up),
            Receive(ROOT, FIRST, Up),
        ),
    ),
)
