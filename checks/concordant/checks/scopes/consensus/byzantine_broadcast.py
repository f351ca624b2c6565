"""The scopes of Byzantine broadcast."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.byzantine_broadcast import SAFETY, system
from concordant.refimpl.consensus.shared.byzantine import tells
from concordant.refimpl.machine import Forge, Receive
from concordant.spec.consensus.byzantine_broadcast import Echo, Initial, Ready
from concordant.spec.vocabulary import Address, Faults, Network, addresses

P0, P1, P2, P3 = addresses("process", 4)
SYMMETRY = Reductions(symmetry=True)
COPIES = Network(duplicating=True)

SCOPES = (
    Scope(
        "faults",
        "two processes, asked twice; messages are duplicated and lost, and one stops in the middle of a step",
        system(
            2,
            faulty=0,
            values=("x", "y"),
            asks=2,
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, who=(P0, P1), mid_step=True),
        ),
        Counts(219, 528, 6),
    ),
    Scope(
        "late_word",
        "four processes; the sender tells them x, and echoes it to the third, which may be ready before it is told; messages are duplicated",
        system(liars=(P0,), lies=(*tells((P1, P2, P3), Initial("x")), *tells((P3,), Echo("x"))), network=COPIES, promises=SAFETY),
        Counts(534, 3_244, 14),
    ),
    Scope(
        "stranger",
        "two processes; one that is no member says whatever it likes, and messages are duplicated",
        system(2, faulty=0, liars=(Address("stranger"),), network=COPIES),
        Counts(7, 11, 5),
    ),
    Scope(
        "liar",
        "four processes, one of which says that it is the sender, or ready; messages are duplicated",
        system(liars=(P3,), lies=tells((P0, P1, P2), Initial("x"), Ready("x")), network=COPIES),
        Counts(1_699, 14_130, 13),
    ),
    Scope(
        "lying_sender",
        "four processes; the sender tells x to two, y to the third and to one of the two, and helps x along; messages are duplicated",
        system(
            liars=(P0,),
            lies=(*tells((P1, P2), Initial("x"), Echo("x"), Ready("x")), *tells((P1, P3), Initial("y"))),
            network=COPIES,
        ),
        Counts(4_338, 39_968, 14),
    ),
    Scope(
        "three",
        "three processes, none of which lies",
        system(3, faulty=0),
        Counts(2_900, 15_067, 16),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "liar_and_copies",
        "four processes, one of which says whatever it likes; messages are duplicated",
        system(liars=(P3,), network=COPIES),
        Counts(3_741, 38_217, 13),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "lying_sender_and_copies",
        "four processes; the sender says whatever it likes, and messages are duplicated",
        system(liars=(P0,), values=("x", "y"), network=COPIES),
        Counts(88_521, 1_474_944, 18),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "lying_sender_at_large",
        "the same, but each message is received once",
        system(liars=(P0,), values=("x", "y")),
        Counts(138_411, 1_795_138, 18),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "liar_and_loss",
        "four processes, one of which says whatever it likes; one message is lost",
        system(liars=(P3,), network=Network(losses=1)),
        Counts(86_375, 755_549, 16),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
)

SITUATIONS = (
    Situation(
        "one_has_delivered",
        "With the liar's help the first two are ready and one of them has delivered; the third echoed another value, hears that two are ready, and is ready too.",
        system(liars=(P0,), values=("x", "y")),
        (
            Forge(P1, P0, Initial("x")),
            Forge(P2, P0, Initial("x")),
            Forge(P3, P0, Initial("y")),
            Forge(P1, P0, Echo("x")),
            Receive(P1, P2, Echo("x")),
            Forge(P2, P0, Echo("x")),
            Receive(P2, P1, Echo("x")),
            Forge(P1, P0, Ready("x")),
            Receive(P1, P2, Ready("x")),
            Receive(P3, P1, Ready("x")),
            Receive(P3, P2, Ready("x")),
        ),
    ),
)
