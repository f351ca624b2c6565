"""Exercise 4, done: all peers in turn, and whatever differs."""

from __future__ import annotations

from concordant.checks.lessons.gossip.rumour import HastyNode, system
from concordant.refimpl.messaging.gossip import Exchanges
from concordant.spec.messaging.gossip import Name
from concordant.spec.vocabulary import Address


class MyNode(HastyNode):
    """Leaves nobody out."""

    def partners(self) -> tuple[Address, ...]:
        """Return the peers with which it has exchanges, one after the other."""
        return self.peers

    def differ(self, mine: frozenset[Name], theirs: frozenset[Name]) -> bool:
        """Tell whether there is anything to give or to want, by what is known here and there."""
        return mine != theirs


PUSH = system(MyNode)
PULL = system(MyNode, exchanges=Exchanges.PULL)
BOTH = system(MyNode, exchanges=Exchanges.BOTH)
