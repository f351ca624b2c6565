"""What the lesson's fourth exercise is graded with: acceptors, of which one may crash, and four that are wrong."""

from __future__ import annotations

from typing import TypeAlias

from concordant.pitfalls.consensus.paxos_synod.voting import Amnesiac, KeepsItsPromiseOnly, PromisesAnyBallot, VotesWithoutAPromise
from concordant.refimpl.consensus.paxos_synod import Acceptor, system
from concordant.refimpl.machine import System
from concordant.spec.consensus.paxos_synod import History
from concordant.spec.vocabulary import Clause, Faults, Network, addresses

Proposals: TypeAlias = tuple[tuple[str, ...], ...]


def _crashing(acceptor: type[Acceptor], clause: Clause, proposals: Proposals, acceptors: int) -> System[History]:
    faults = Faults(crashes=1, recoveries=1, who=addresses("acceptor", 1))
    return system(
        proposals, acceptors=acceptors, learners=0, network=Network(), faults=faults, acceptor=acceptor, promises=(clause,), patient=True
    )


def rivals(acceptor: type[Acceptor], clause: Clause) -> System[History]:
    """Let two proposers ask two acceptors, so that ballots cross."""
    return _crashing(acceptor, clause, (("x",), ("y",)), 2)


def spare(acceptor: type[Acceptor], clause: Clause) -> System[History]:
    """Let a proposer ask three acceptors, so that one may be asked for a vote that was not asked for a promise."""
    return _crashing(acceptor, clause, (("x",),), 3)


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return systems with right acceptors."""
    return rivals(Acceptor, clause), spare(Acceptor, clause)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong systems by what they do."""
    return {
        "promises a ballot below the one that it has promised": rivals(PromisesAnyBallot, clause),
        "votes without promising": spare(VotesWithoutAPromise, clause),
        "forgets its vote in a crash": spare(KeepsItsPromiseOnly, clause),
        "forgets all in a crash": spare(Amnesiac, clause),
    }
