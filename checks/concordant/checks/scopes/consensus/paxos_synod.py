"""The scopes of Paxos."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.paxos_synod import SAFETY, system
from concordant.spec.vocabulary import Faults, Network, addresses

RELIABLE = Network()
ACCEPTORS = addresses("acceptor", 3)
PROPOSERS = addresses("proposer", 1)
SYMMETRY = Reductions(symmetry=True)
REDUCED = Reductions(symmetry=True, leave_ignored=True)

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
        system(learners=0, network=RELIABLE, promises=SAFETY, patient=True),
        Counts(42_985, 178_102, 23),
        reductions=REDUCED,
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
        reductions=Reductions(leave_ignored=True),
    ),
)
