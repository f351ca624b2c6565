"""The scopes of causal order: the group alone, and over the link that delivers what it is given."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Receive, over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.causal_ordering import CONCURRENT, A, B, C, system
from concordant.spec.messaging.shared.broadcasts import BroadcastsWithoutOrder
from concordant.spec.vocabulary import Faults, Network

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
PAIR = (A, B)

SCOPES = (
    Scope("two_send", "two of three send a message each", system(), Counts(45, 78, 7)),
    Scope(
        "all_send",
        "three send a message each; copies",
        system(((A, "a"), (B, "b"), (C, "c")), network=COPIES, promises=CONCURRENT),
        Counts(690, 1_683, 10),
    ),
    Scope(
        "two_messages_each",
        "two send each other two equal messages each; copies",
        system(((A, "a"), (A, "a"), (B, "a"), (B, "a")), PAIR, network=COPIES),
        Counts(165, 304, 9),
    ),
    Scope(
        "losses",
        "two of three send a message each; losses and copies",
        system(network=LOST_COPIES),
        Counts(609, 1_746, 11),
    ),
    Scope(
        "crashes",
        "two of three send a message each; two crash for good, also in the middle of a broadcast",
        system(faults=Faults(crashes=2, who=(A, B), mid_step=True)),
        Counts(357, 912, 7),
    ),
    Scope(
        "over_a_link",
        "two messages from one to another, over a link that repeats what is lost",
        over(system(((A, "a"), (A, "b")), PAIR), delivery.layer(), network=delivery.LOSSY),
        Counts(91, 390, 11),
    ),
    Scope(
        "three_over_a_link",
        "two of three send a message each, over the link",
        over(system(), delivery.layer(), network=delivery.LOSSY),
        Counts(20_899, 186_356, 19),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_send_twice",
        "two of three send two messages each",
        system(((A, "a"), (A, "b"), (B, "a"), (B, "b")), promises=CONCURRENT),
        Counts(2_517, 7_806, 13),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_send_twice_and_one_once",
        "two of three send two messages each, and the third one; in which order they are handed up is not remembered",
        system(((A, "a"), (A, "b"), (B, "a"), (B, "b"), (C, "a")), history=BroadcastsWithoutOrder()),
        Counts(43_437, 161_991, 16),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "an_answer_overtakes_its_question",
        "One asks, another answers, and to the third the answer comes first: it is held until the question is there.",
        system(),
        (Ask(A, ANY, ANY), Receive(B, A, ANY), Ask(B, ANY, ANY), Receive(C, B, ANY), Receive(C, A, ANY)),
    ),
)
