"""The scopes of partial order: the group alone, and over the link that delivers what it is given."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.machine import System, over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.partial_ordering import EARLY, FREE, REFUSING, A, B, C, system
from concordant.spec.messaging import partial_ordering as spec
from concordant.spec.messaging.partial_ordering import Related
from concordant.spec.messaging.shared.broadcasts import Broadcasts, Name
from concordant.spec.vocabulary import Draw, Faults, Network

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
OF_A, OF_B = frozenset({Name(A, 0)}), frozenset({Name(B, 0)})
ANSWER = ((A, Related("a")), (B, Related("b", OF_A)))
MIXED = ((A, Related("a")), (A, Related("b", OF_A, "x")), (B, Related("c", conflict="x")))


def after_others(draw: Draw, name: Name, others: tuple[Name, ...]) -> Related:
    """Draw a message of this name that comes after any of others."""
    after = frozenset(other for other in others if draw.one_of(f"{name} after {other}", (False, True)))
    return Related(str(name), after)


def is_acyclic(relation: dict[Name, Related]) -> bool:
    """Tell whether no message comes after itself, also by way of others."""
    try:
        TopologicalSorter({name: message.after for name, message in relation.items()}).prepare()
    except CycleError:
        return False
    return True


def a_message_each(draw: Draw) -> System[Broadcasts] | None:
    """Draw any acyclic relation on three messages, one from each process."""
    names = tuple(Name(each, 0) for each in (A, B, C))
    asked = {name: after_others(draw, name, tuple(other for other in names if other != name)) for name in names}
    return system(tuple((name.origin, message) for name, message in asked.items())) if is_acyclic(asked) else None


def four_of_one(draw: Draw) -> System[Broadcasts]:
    """Draw any acyclic relation on four messages of one process, in the order in which it sends them, which is all that it may know."""
    names = tuple(Name(A, number) for number in range(4))
    return system(tuple((A, after_others(draw, name, names[: name.number])) for name in names), (A, B))


SCOPES = (
    Scope(
        "an_answer",
        "one sends a message, and another one that comes after it, perhaps too early; copies",
        system(ANSWER, network=COPIES, promises=(*EARLY, spec.is_refused)),
        Counts(18, 29, 7),
    ),
    Scope(
        "free",
        "two send the same message, with no relation; copies",
        system(((A, Related("a")), (B, Related("a"))), network=COPIES, promises=FREE),
        Counts(49, 80, 7),
    ),
    Scope(
        "of_one_class",
        "two send a message each, and one of them another that comes after the other's, all of one class; copies",
        system(
            ((A, Related("a", conflict="x")), (B, Related("b", conflict="x")), (A, Related("c", OF_B, "x"))),
            network=COPIES,
            promises=REFUSING,
        ),
        Counts(362, 1_045, 13),
    ),
    Scope(
        "of_two_classes",
        "one of two sends a message, and the other, the sequencer, one of another class and one of the same; copies",
        system(
            ((A, Related("a", conflict="x")), (B, Related("b", conflict="y")), (B, Related("c", conflict="x"))),
            (A, B),
            network=COPIES,
            promises=FREE,
        ),
        Counts(87, 127, 8),
    ),
    Scope(
        "mixed",
        "a message of a class comes after one of none, beside another of the class; copies",
        system(MIXED, network=COPIES, promises=EARLY),
        Counts(448, 1_147, 12),
    ),
    Scope(
        "losses",
        "a message of a class comes after one of none; losses and copies",
        system(MIXED[:2], network=LOST_COPIES),
        Counts(321, 1_029, 13),
    ),
    Scope(
        "crashes",
        "a message of a class comes after one of none; two crash for good, also in the middle of a step",
        system(MIXED[:2], faults=Faults(crashes=2, who=(A, B, C), mid_step=True)),
        Counts(241, 721, 8),
    ),
    Scope(
        "over_a_link",
        "a message of a class comes after one of none, over a link that repeats what is lost",
        over(system(MIXED[:2], (A, B)), delivery.layer(), network=delivery.LOSSY),
        Counts(483, 3_162, 15),
    ),
    Scope(
        "mixed_with_crashes",
        "a message of a class comes after one of none, beside another of the class; one crashes for good",
        system(MIXED, faults=Faults(crashes=1, who=(A, B, C), mid_step=True), promises=EARLY),
        Counts(3_071, 8_470, 12),
        size=Size.MEDIUM,
    ),
    Family(
        "every_relation_on_three",
        "the 25 acyclic relations on three messages, one from each process",
        a_message_each,
        Counts(3_906, 7_608, 10, members=25),
        size=Size.MEDIUM,
    ),
    Family(
        "every_relation_on_four",
        "four messages of one process in every acyclic relation, in all orders of arrival",
        four_of_one,
        Counts(2_727, 4_714, 9, members=64),
        size=Size.MEDIUM,
    ),
)
