"""The scopes of FIFO order: the layer alone, and over the link that delivers what it is given."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.machine import over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.fifo_ordering import BOUNDED, IMPATIENT, PATIENT, A, B, C, Impatient, system
from concordant.spec.messaging.fifo_ordering import Numbered, a_restart_leaves_a_gap, two_come_early
from concordant.spec.vocabulary import Faults, Network, Send, Transmit

COPIES = Network(duplicating=True)
LOST_COPIES = Network(duplicating=True, losses=None)
TWO, THREE, FOUR = (tuple((A, Transmit(B, message)) for message in messages) for messages in ("ab", "abc", "abcd"))
RESTART = Faults(crashes=1, recoveries=1, who=(A, B))
LIES = (Send(B, Numbered(0, 0, "x")), Send(B, Numbered(0, 1, "y")), Send(B, Numbered(0, 1, "z")), Send(B, Numbered(1, 1, "x")))

SCOPES = (
    Scope("any_order", "three messages, in any order, and copies of them", system(THREE, network=COPIES), Counts(15, 24, 7)),
    Scope(
        "two_senders",
        "two messages of each of two senders to the same receiver",
        system((*TWO, (C, Transmit(B, "c")), (C, Transmit(B, "d"))), promises=(*PATIENT, two_come_early)),
        Counts(49, 112, 9),
    ),
    Scope(
        "restarts",
        "three messages and copies; two crashes, of the sender or the receiver",
        system(
            THREE,
            network=COPIES,
            faults=Faults(crashes=2, recoveries=2, who=(A, B)),
            promises=(*BOUNDED, a_restart_leaves_a_gap),
        ),
        Counts(427, 858, 11),
    ),
    Scope(
        "a_new_epoch",
        "four messages and room for all; the sender crashes, also in the middle of a step: what is held is a gap",
        system(
            FOUR,
            room=3,
            faults=Faults(crashes=1, recoveries=1, who=(A,), mid_step=True),
            promises=(*BOUNDED, a_restart_leaves_a_gap),
        ),
        Counts(278, 609, 11),
    ),
    Scope(
        "bystander",
        "two messages to one receiver and one to another, which crashes and comes up again; copies",
        system((*TWO, (A, Transmit(C, "c"))), network=COPIES, faults=Faults(crashes=1, recoveries=1, who=(C,))),
        Counts(45, 98, 9),
    ),
    Scope(
        "a_liar",
        "two messages and copies, beside a sender that lies about numbers and epochs",
        system(TWO, network=COPIES, lies=LIES),
        Counts(56, 148, 7),
    ),
    Scope(
        "little_room",
        "three messages, of which one can be held: what finds no room is a gap",
        system(THREE, room=1, promises=BOUNDED),
        Counts(16, 24, 7),
    ),
    Scope(
        "losses",
        "three messages, losses and copies; what stays away until a deadline is a gap",
        system(THREE, ordering=Impatient, network=LOST_COPIES, promises=IMPATIENT),
        Counts(105, 260, 10),
    ),
    Scope(
        "losses_and_restarts",
        "two messages, losses and copies, and a crash of either",
        system(TWO, ordering=Impatient, network=LOST_COPIES, faults=RESTART, promises=IMPATIENT),
        Counts(165, 343, 9),
    ),
    Scope(
        "over_a_link",
        "two messages over a link that repeats them, on a network that loses and duplicates; a crash of either",
        over(system(TWO), delivery.layer(), network=LOST_COPIES, faults=RESTART),
        Counts(765, 3_149, 13),
    ),
    Scope(
        "over_a_link_that_gives_up",
        "the same without crashes, over a link that sends each message twice at most: what it gives up may be a gap",
        over(
            system(TWO, ordering=Impatient, promises=IMPATIENT),
            delivery.layer(promises=delivery.BOUNDED, attempts=2),
            network=delivery.LOSSY,
        ),
        Counts(701, 2_755, 12),
    ),
    Scope(
        "three_over_a_link",
        "three messages over the link, and two crashes",
        over(system(THREE), delivery.layer(), network=LOST_COPIES, faults=Faults(crashes=2, recoveries=2, who=(A, B))),
        Counts(36_803, 199_498, 20),
        size=Size.MEDIUM,
    ),
    Scope(
        "four_with_losses",
        "four messages, losses and copies; what stays away until a deadline is a gap",
        system(FOUR, ordering=Impatient, network=LOST_COPIES, promises=IMPATIENT),
        Counts(393, 1_324, 13),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_senders_and_a_restart",
        "two messages of each of two senders to the same receiver, and copies; a crash of the receiver or a sender",
        system((*TWO, (C, Transmit(B, "c")), (C, Transmit(B, "d"))), network=COPIES, faults=RESTART),
        Counts(315, 815, 11),
        size=Size.MEDIUM,
    ),
)
