"""The scopes of Paxos."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.paxos_synod import SAFETY, system
from concordant.refimpl.machine import System
from concordant.spec.consensus.paxos_synod import Record
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE = Network()
ACCEPTORS = addresses("acceptor", 3)
LOSSY, DUPLICATING = Network(losses=1), Network(duplicating=True)
PROPOSERS = addresses("proposer", 1)
SYMMETRY = Reductions(symmetry=True)
REDUCED = Reductions(symmetry=True, leave_ignored=True)
IGNORING = Reductions(leave_ignored=True)


def duel(acceptors: int, network: Network = RELIABLE, crashes: int = 0) -> System[Record]:
    """Return two proposers, patient, so many acceptors, of which so many crash and come back, and no learner."""
    who = ACCEPTORS[:acceptors] if crashes else ()
    return system(
        learners=0,
        acceptors=acceptors,
        network=network,
        faults=Faults(crashes=crashes, recoveries=crashes, who=who),
        promises=SAFETY,
        patient=True,
    )


SCOPES = (
    Scope(
        "learning",
        "one proposer, three acceptors, a learner; messages are duplicated and come in any order",
        system((("x",),)),
        Counts(2_009, 19_809, 17),
    ),
    Scope(
        "retransmission",
        "the same without duplication; two messages are lost, and what got no answer is sent again",
        system((("x",),), network=Network(losses=2), faults=Faults(synchronous=True)),
        Counts(2_951, 13_751, 24),
        reductions=SYMMETRY,
    ),
    Scope(
        "lost_promises",
        "one proposer; messages are duplicated, and two are lost in all their copies",
        system((("x",),), learners=0, network=Network(duplicating=True, losses=2)),
        Counts(4_697, 43_887, 18),
        reductions=SYMMETRY,
    ),
    Scope(
        "recovery",
        "an acceptor crashes, also in the middle of a step, and comes back with promise and vote",
        system(
            (("x",),),
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=ACCEPTORS, mid_step=True),
            promises=SAFETY,
            patient=True,
        ),
        Counts(1_574, 6_268, 15),
        reductions=REDUCED,
    ),
    Scope(
        "duel",
        "two proposers and three acceptors; messages come in any order",
        duel(3),
        Counts(42_985, 178_102, 23),
        reductions=REDUCED,
    ),
    Scope(
        "rivals_and_loss",
        "two proposers and two acceptors, both of which every quorum needs; one message is lost",
        duel(2, LOSSY),
        Counts(2_188, 6_468, 19),
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_copies",
        "the same without loss; messages are duplicated and come in any order",
        duel(2, DUPLICATING),
        Counts(5_204, 52_376, 25),
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_recovery",
        "the same without either; an acceptor crashes and comes back with promise and vote",
        duel(2, crashes=1),
        Counts(2_880, 9_394, 21),
        reductions=IGNORING,
    ),
    Scope(
        "three_rivals",
        "three proposers and two acceptors, both of which every quorum needs; messages come in any order",
        system((("x",), ("y",), ("z",)), acceptors=2, learners=0, network=RELIABLE, promises=SAFETY, patient=True),
        Counts(42_516, 157_456, 28),
        size=Size.MEDIUM,
        reductions=IGNORING,
    ),
    Scope(
        "any_loss",
        "one proposer; messages are duplicated and any number is lost",
        system((("x",),), learners=0, network=Network(duplicating=True, losses=None)),
        Counts(58_581, 676_017, 25),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "twice",
        "a proposer asks again after its first value is chosen, while an acceptor crashes in the middle of a step and comes back",
        system(
            (("x", "y"),),
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=ACCEPTORS, mid_step=True),
            promises=SAFETY,
            patient=True,
        ),
        Counts(32_476, 121_681, 24),
        size=Size.MEDIUM,
        reductions=REDUCED,
    ),
    Scope(
        "forgetful_proposer",
        "a proposer crashes in the middle of a step and comes back with nothing but its round",
        system(
            (("x", "y"),),
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=PROPOSERS, mid_step=True),
            promises=SAFETY,
            patient=True,
        ),
        Counts(2_534_497, 9_387_520, 27),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_loss",
        "two proposers and three acceptors; one message is lost",
        duel(3, LOSSY),
        Counts(1_114_706, 5_715_784, 24),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_copies",
        "two proposers and three acceptors; messages are duplicated and come in any order",
        duel(3, DUPLICATING),
        Counts(1_634_437, 26_122_174, 32),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_recovery",
        "two proposers and three acceptors, one of which crashes and comes back with promise and vote",
        duel(3, crashes=1),
        Counts(1_257_050, 6_152_280, 25),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
)
