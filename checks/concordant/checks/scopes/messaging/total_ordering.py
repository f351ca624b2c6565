"""The scopes of total order: the group alone, and over the link that delivers what it is given."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Receive, over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.total_ordering import PROMISES, A, B, C, system
from concordant.spec.messaging import total_ordering as spec
from concordant.spec.messaging.shared.broadcasts import Name
from concordant.spec.messaging.shared.sequencing import Carried
from concordant.spec.vocabulary import Faults, Network

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
PAIR = (A, B)
WAITING = (spec.comes_early, spec.nothing_waits_needlessly)
OF_A_PAIR = tuple(clause for clause in PROMISES if clause not in (spec.another_comes_first, *WAITING))

SCOPES = (
    Scope(
        "all_send",
        "three send a message each, the sequencer among them; copies",
        system(((A, "a"), (B, "b"), (C, "c")), network=COPIES),
        Counts(1_069, 3_750, 12),
    ),
    Scope(
        "one_sends_thrice",
        "one sends the sequencer the same message three times; copies",
        system(((A, "a"), (A, "a"), (A, "a")), PAIR, network=COPIES, promises=(*OF_A_PAIR, *WAITING)),
        Counts(57, 107, 10),
    ),
    Scope(
        "sequencer_sends_twice",
        "the sequencer sends another the same message twice, and is sent it too; copies",
        system(((A, "a"), (B, "a"), (B, "a")), PAIR, network=COPIES),
        Counts(64, 124, 8),
    ),
    Scope("losses", "two of three send a message each; losses and copies", system(network=LOST_COPIES), Counts(3_337, 13_442, 15)),
    Scope(
        "crashes",
        "two of three send a message each; one crashes for good, also in the middle of a step",
        system(faults=Faults(crashes=1, who=(A, B, C), mid_step=True)),
        Counts(463, 1_111, 9),
    ),
    Scope(
        "over_a_link",
        "one sends the sequencer a message over a link that repeats what is lost",
        over(system(((A, "a"),), PAIR, promises=OF_A_PAIR), delivery.layer(), network=delivery.LOSSY),
        Counts(66, 289, 10),
    ),
    Scope(
        "two_over_a_link",
        "two send a message each, one of them the sequencer, over the link",
        over(system(group=PAIR, promises=(*OF_A_PAIR, *WAITING)), delivery.layer(), network=delivery.LOSSY),
        Counts(1_682, 11_148, 15),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_crash",
        "two of three send a message each; any two crash for good, also in the middle of a step",
        system(faults=Faults(crashes=2, who=(A, B, C), mid_step=True)),
        Counts(1_030, 3_164, 9),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "a_later_place_comes_first",
        "Two messages have their places, and the second comes first to who sent it: it waits for the other, as all do.",
        system(),
        (
            Ask(A, ANY, ANY),
            Ask(B, ANY, ANY),
            Receive(C, A, ANY),
            Receive(C, B, ANY),
            Receive(B, C, Carried(Name(B, 0), ANY, ANY, ANY, 1)),
            Receive(B, C, ANY),
        ),
    ),
)
