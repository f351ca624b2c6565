"""The scopes of guaranteed delivery."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.messaging.guaranteed_delivery import (
    BOUNDED,
    FOREVER,
    ON_DISK,
    ONCE_OR_MORE,
    ONCE_OR_NEVER,
    A,
    AtLeastOnce,
    AtMostOnce,
    B,
    C,
    Durable,
    system,
)
from concordant.spec.vocabulary import Faults, Network, Transmit

COPIES = Network(duplicating=True, losses=None)
ONE, TWO, THREE = (tuple(Transmit(B, message) for message in messages) for messages in ("a", "ab", "abc"))
RESTART = Faults(crashes=1, recoveries=1, who=(A, B))

SCOPES = (
    Scope("loss", "two messages; any number of messages is lost, and all come in any order", system(TWO), Counts(91, 390, 11)),
    Scope("copies", "the same, and messages are duplicated", system(TWO, network=COPIES), Counts(111, 473, 11)),
    Scope(
        "restarts",
        "two messages, losses and copies; the sender or the receiver crashes, and comes up again in a new epoch",
        system(TWO, network=COPIES, faults=RESTART),
        Counts(765, 3_149, 13),
    ),
    Scope(
        "epochs",
        "three messages and copies; the sender crashes twice, and each time comes up in a new epoch",
        system(THREE, network=Network(duplicating=True), faults=Faults(crashes=2, recoveries=2, who=(A,))),
        Counts(698, 2_605, 14),
    ),
    Scope(
        "cut_short",
        "one message; two crashes, also in the middle of a step",
        system(ONE, faults=Faults(crashes=2, recoveries=2, who=(A, B), mid_step=True)),
        Counts(184, 649, 9),
    ),
    Scope(
        "bystander",
        "a message to each of two receivers, of whom one crashes and comes up again; losses and copies",
        system((Transmit(B, "a"), Transmit(C, "b")), network=COPIES, faults=Faults(crashes=1, recoveries=1, who=(C,))),
        Counts(333, 1_591, 13),
    ),
    Scope(
        "gives_up",
        "a message is sent twice at most; losses and copies",
        system(TWO, attempts=2, network=COPIES, promises=BOUNDED),
        Counts(703, 2_783, 13),
    ),
    Scope(
        "gives_up_and_restarts",
        "the same of one message, with a crash of either end",
        system(ONE, attempts=2, network=COPIES, faults=RESTART, promises=BOUNDED),
        Counts(161, 379, 9),
    ),
    Scope(
        "gives_up_with_a_bystander",
        "the same with two receivers, of whom one crashes and comes up again",
        system(
            (Transmit(B, "a"), Transmit(C, "b")),
            attempts=1,
            network=COPIES,
            faults=Faults(crashes=1, recoveries=1, who=(C,)),
            promises=BOUNDED,
        ),
        Counts(819, 3_439, 13),
    ),
    Scope(
        "at_most_once",
        "two messages, each sent once; losses, copies, and a crash of either end",
        system(TWO, attempts=1, link=AtMostOnce, network=COPIES, faults=RESTART, promises=ONCE_OR_NEVER),
        Counts(141, 334, 9),
    ),
    Scope(
        "at_least_once",
        "a message, handed up as often as it comes; losses, copies, and a crash of either end",
        system(ONE, link=AtLeastOnce, network=COPIES, faults=RESTART, promises=ONCE_OR_MORE),
        Counts(113, 283, 9),
    ),
    Scope(
        "on_the_disk",
        "two messages, which are kept on the disk; losses, copies, and a crash of either end, also in the middle of a step",
        system(TWO, link=Durable, network=COPIES, faults=Faults(crashes=1, recoveries=1, who=(A, B), mid_step=True), promises=ON_DISK),
        Counts(555, 3_051, 12),
    ),
    Scope(
        "three_messages",
        "three messages, losses and copies; two crashes, of either end",
        system(THREE, network=COPIES, faults=Faults(crashes=2, recoveries=2, who=(A, B)), promises=FOREVER),
        Counts(36_803, 199_498, 20),
        size=Size.MEDIUM,
    ),
)
