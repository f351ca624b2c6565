"""The scopes of partial order: the group alone, and over the link that delivers what it is given."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.machine import over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.partial_ordering import EARLY, FREE, REFUSING, A, B, C, system
from concordant.spec.messaging import partial_ordering as spec
from concordant.spec.messaging.partial_ordering import Related
from concordant.spec.messaging.shared.broadcasts import Name
from concordant.spec.vocabulary import Faults, Network

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
OF_A, OF_B = frozenset({Name(A, 0)}), frozenset({Name(B, 0)})
ANSWER = ((A, Related("a")), (B, Related("b", OF_A)))
MIXED = ((A, Related("a")), (A, Related("b", OF_A, "x")), (B, Related("c", conflict="x")))

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
)
