"""Exercise 3: repair the two guards, and nothing else. `concordant check repair.py:SYSTEM` says what is still wrong."""

from __future__ import annotations

from concordant.checks.lessons.one_round.vote import Acceptor, Proposer, system


class MyProposer(Proposer):
    """Counts to a majority."""

    def is_majority(self, count: int) -> bool:
        """Tell whether so many votes choose a value."""
        return count >= len(self.acceptors) // 2


class MyAcceptor(Acceptor):
    """Is bound by its vote."""

    def may_vote(self, voted: str | None, value: str) -> bool:
        """Tell whether an acceptor that has voted for something, or for nothing yet, may vote for a value."""
        return True


SYSTEM = system(MyProposer, MyAcceptor)
THREE = system(MyProposer, MyAcceptor, values=("x", "y", "z"))
"""The same with three proposers, for exercise 4."""
