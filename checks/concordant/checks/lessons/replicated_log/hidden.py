"""What the lesson's sixth exercise is graded with: the repaired servers, also where a message is lost, and four that are wrong."""

from __future__ import annotations

from concordant.checks.lessons.replicated_log.replica import FIRST, THIRD, THREE_TERMS, TWO_AT_THE_FIRST, TWO_TERMS, HastyServer, system
from concordant.checks.lessons.replicated_log.solved.repair import MyServer
from concordant.pitfalls.consensus.raft.replicating import PutsNewEntriesFirst
from concordant.refimpl.consensus.raft import Leader, State
from concordant.refimpl.machine import System
from concordant.spec.consensus.raft import History, Position
from concordant.spec.vocabulary import Clause, Network


class VotesForAll(MyServer):
    """Votes for whoever stands."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        """Say yes."""
        return True


class ComparesLengths(MyServer):
    """Votes for whoever has a log as long as its own."""

    def is_up_to_date(self, last: Position, own: Position) -> bool:
        """Compare indices alone."""
        return last.index >= own.index


class CountsOldEntries(MyServer):
    """Commits whatever a majority stores."""

    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        """Count, whatever the term of the entry."""
        return HastyServer.may_commit(self, state, role, index)


def late(clause: Clause) -> System[History]:
    """Let a message be lost, so that somebody may still lead whose term is over."""
    return system(MyServer, clause, asked=((FIRST, ("x", "z")),), stands=THREE_TERMS, ways=((FIRST, THIRD),), network=Network(losses=1))


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return the repaired servers, which promise a clause besides."""
    return system(MyServer, clause), late(clause)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong servers by what they do, in systems as small as show it."""
    return {
        "votes for whoever stands": system(VotesForAll, clause, stands=TWO_TERMS),
        "votes for whoever has a log that is long enough": system(ComparesLengths, clause, asked=TWO_AT_THE_FIRST, stands=THREE_TERMS),
        "counts copies of an entry of an earlier term": system(CountsOldEntries, clause),
        "puts new entries before older ones": system(PutsNewEntriesFirst, clause, asked=TWO_AT_THE_FIRST, stands=THREE_TERMS),
    }
