"""The scopes of Paxos."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Scope
from concordant.refimpl.paxos_synod import SAFETY, system
from concordant.spec.vocabulary import Network

RELIABLE = Network()
REDUCED = Reductions(symmetry=True, leave_ignored=True)

SCOPES = (
    Scope(
        "learning",
        "one proposer, three acceptors, a learner; messages are duplicated and come in any order",
        system((("x",),)),
    ),
    Scope(
        "duel",
        "two proposers, three acceptors; messages come in any order",
        system(learners=0, network=RELIABLE, promises=SAFETY, patient=True),
        reductions=REDUCED,
    ),
)
