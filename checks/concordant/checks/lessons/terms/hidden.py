"""What the lesson's sixth exercise is graded with: the repaired servers and the reference, and four that are wrong."""

from __future__ import annotations

from concordant.checks.lessons.terms.leaders import HastyServer, elections_of, system
from concordant.checks.lessons.terms.solved.repair import MyServer
from concordant.pitfalls.consensus.raft.electing import CountsOldVotes, CountsVotesTwice, KeepsItsVoters
from concordant.refimpl.consensus.raft import Server
from concordant.refimpl.consensus.raft import system as reference
from concordant.refimpl.machine import System
from concordant.spec.consensus.raft import History
from concordant.spec.vocabulary import Clause, Faults, Network, addresses

(FIRST,) = addresses("server", 1)


class LeadsByItself(MyServer):
    """Takes half of all for enough, rounded down."""

    def is_majority(self, count: int) -> bool:
        """Round down."""
        return HastyServer.is_majority(self, count)


def again(server: type[Server], clause: Clause) -> System[History]:
    """Let one of four stand twice, and two messages be lost, so that it may be a vote short."""
    timely, network = Faults(synchronous=True), Network(losses=2)
    whole = reference((), servers=4, candidates=(FIRST, FIRST), network=network, faults=timely, server=server, promises=(clause,))
    return elections_of(whole)


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return the repaired servers, and four of the reference, which promise a clause besides."""
    return system(MyServer, clause), again(Server, clause)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong servers by what they do, in systems as small as show it."""
    return {
        "leads with its own vote alone": system(LeadsByItself, clause),
        "counts a vote that comes twice for two": elections_of(
            reference((), servers=4, candidates=(FIRST,), network=Network(duplicating=True), server=CountsVotesTwice, promises=(clause,))
        ),
        "stands again with the votes of the term before": again(KeepsItsVoters, clause),
        "counts a vote of an earlier term": elections_of(
            reference((), servers=2, candidates=(FIRST, FIRST), network=Network(), server=CountsOldVotes, promises=(clause,))
        ),
    }
