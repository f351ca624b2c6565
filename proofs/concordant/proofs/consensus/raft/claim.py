"""Raft by induction over a model of any size.

Assumes: a server never forgets its term, its vote, nor what its disk has of its log; nobody lies; the servers are fixed.
Model: what servers have said stays said, since messages may be lost, duplicated and late. A step of the code is up to four actions:
it enters a term, stores an entry, says so, and applies what it is told is committed. What a server has applied it forgets in a crash, and
applies again.
Not covered: clients, but that what they are told is committed is; that anybody is elected, or anything committed. That every handler, whatever
its state and input, takes steps of this model is proved for logs of up to one entry, on request two (`handlers`); longer ones are explored,
and tied to the model there.
"""

from __future__ import annotations

from concordant.proofs.consensus.raft.model import raft, universe
from concordant.proofs.consensus.raft.mutants import MUTANTS
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Proof

RAFT = Proof(
    stem="raft",
    title="safety",
    about=__doc__,
    model=raft,
    start=universe(2, 1, 1, 1),
    real=tuple(universe(nodes, 2, 2, 1) for nodes in range(1, 8)),
    mutants=MUTANTS,
)

SAFETY = proved(RAFT)
