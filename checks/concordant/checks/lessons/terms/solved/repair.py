"""Exercise 3, done: one vote in a term, and more than half of all servers."""

from __future__ import annotations

from concordant.checks.lessons.terms.leaders import HastyServer, system
from concordant.spec.vocabulary import Address


class MyServer(HastyServer):
    """Votes once in a term, and counts all servers."""

    def may_vote(self, vote: Address | None, candidate: Address) -> bool:
        """Tell whether it may vote for a candidate. `vote`: for whom it has voted in this term; None: for nobody yet."""
        return vote is None or vote == candidate

    def is_majority(self, count: int) -> bool:
        """Tell whether so many votes are enough, its own among them. All servers are its peers and itself."""
        return count > (len(self.peers) + 1) // 2


SYSTEM = system(MyServer)
