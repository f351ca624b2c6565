"""Exercise 3, done: the value of the highest vote that was told, and no vote below a promise."""

from __future__ import annotations

from concordant.checks.lessons.ballots.synod import OpenAcceptor, OpenProposer, system
from concordant.spec.consensus.paxos_synod import Ballot, Vote


class MyProposer(OpenProposer):
    """Proposes what may be chosen already."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        """Choose what to propose. Each vote has a ballot and a value."""
        return max(votes, key=lambda vote: vote.ballot).value if votes else own


class MyAcceptor(OpenAcceptor):
    """Keeps its promise."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:
        """Tell whether an acceptor may vote in a ballot when it has promised one."""
        return ballot >= promised


SYSTEM = system(MyProposer, MyAcceptor)
